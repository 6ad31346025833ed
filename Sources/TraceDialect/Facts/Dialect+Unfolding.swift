package import TraceModel

extension Dialect {
    /// A record that stands for a span that still runs, as an unfinished record of that span; others as they are.
    ///
    /// Logfire sends such a record when a span begins, as a child of the span, with the real parent in an attribute.
    package static func unfolded(_ record: Span) -> Span {
        guard let real = record.parentSpanID,
            record.attributes.value(of: "logfire.span_type")?.stringValue == "pending_span"
        else { return record }
        var span = record
        span.spanID = real
        span.parentSpanID = record.attributes.value(of: "logfire.pending_parent_id")?.stringValue
            .flatMap { SpanID(hex: $0) }.flatMap { $0.isValid && $0 != real ? $0 : nil }
        // The end of such a record is its start.
        span.endUnixNano = nil
        span.attributes.removeAll { ["logfire.span_type", "logfire.pending_parent_id"].contains($0.key) }
        span.marks.subtract([.endBeforeStart, .selfParent])
        span.marks.insert(.unfinished)
        return span
    }
}
