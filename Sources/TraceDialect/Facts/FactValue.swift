import TraceModel

/// What a transform made of an attribute's value.
enum FactValue {
    case text(String)
    case count(Int64)
    case words([String])
    case kind(SpanKind)
    case truth(Bool)
    /// A number that is too large or too small to calculate with.
    case outOfRange

    var text: String? {
        if case .text(let text) = self { return text }
        return nil
    }

    var count: Int64? {
        if case .count(let count) = self { return count }
        return nil
    }

    var words: [String]? {
        switch self {
        case .words(let words): words
        case .text(let word): [word]
        default: nil
        }
    }

    var truth: Bool? {
        if case .truth(let truth) = self { return truth }
        return nil
    }
}
