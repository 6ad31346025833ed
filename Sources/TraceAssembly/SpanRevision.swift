package import TraceModel

/// What a further record of a trace id and span id is to the span that is known.
package enum SpanRevision: Sendable {
    /// It says nothing new.
    case known
    /// It says more: the span as both tell it.
    case revised(Span)
    /// They contradict each other: two spans have one id.
    case conflict

    /// Judges a record that arrives for a span that is known, as `SpanUnion.take` does.
    package static func merge(_ known: Span, _ arriving: Span) -> SpanRevision {
        var union = SpanUnion(known)
        switch union.take(arriving) {
        case .known: return .known
        case .conflict: return .conflict
        case .revised: return .revised(union.span)
        }
    }
}
