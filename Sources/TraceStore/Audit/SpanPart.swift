import TraceDialect
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

/// Gathers the texts of nested values.
enum TextWalk {
    static func strings(of attributes: [Attribute], into strings: inout [String]) {
        for attribute in attributes {
            strings.append(attribute.key)
            self.strings(of: attribute.value, into: &strings)
        }
    }

    static func strings(of value: AttributeValue, into strings: inout [String]) {
        for step in AttributeWalk(value) {
            switch step {
            case .key(let text), .string(let text): strings.append(text)
            case .bytes(let bytes): strings.append(String(decoding: bytes, as: UTF8.self))
            case .other, .beginArray, .beginMap, .end: break
            }
        }
    }
}

extension RedactionPlaceholder {
    /// The label of the first placeholder of a text.
    static func label(in text: String?) -> String? {
        text.flatMap { all(in: $0).first?.placeholder.label }
    }
}
