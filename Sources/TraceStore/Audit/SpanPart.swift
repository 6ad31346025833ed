import TraceModel

/// The columns of a span's payload.
enum SpanPart: String, CaseIterable {
    case attributes
    case events
    case links
    case statusMessage = "status_message"
    case traceState = "trace_state"

    /// The span with this part only.
    func alone(of span: Span) -> Span {
        var part = Span(
            traceID: span.traceID, spanID: span.spanID, name: "", startUnixNano: span.startUnixNano,
            endUnixNano: span.endUnixNano)
        switch self {
        case .attributes: part.attributes = span.attributes
        case .events: part.events = span.events
        case .links: part.links = span.links
        case .statusMessage: part.status = span.status
        case .traceState: part.traceState = span.traceState
        }
        return part
    }
}
