package import TraceModel

/// What a further record of a trace id and span id is to the span that is known.
package enum SpanRevision: Sendable {
    /// It says nothing new.
    case known
    /// It says more: the span as both tell it.
    case revised(Span)
    /// They contradict each other: two spans have one id.
    case conflict

    /// Judges a record that arrives for a span that is known.
    ///
    /// Names, parents, starts and ends that both state must agree. Only of a span that grows may the ends differ: then
    /// what the later one says is all of the earlier one and more. Everything else is united, and whoever tells of the
    /// finished or longer span is believed; of equals, whoever says more. So the order of arrival does not matter.
    package static func merge(_ known: Span, _ arriving: Span) -> SpanRevision {
        guard agree(known.name, arriving.name), agree(known.parentSpanID, arriving.parentSpanID),
            agree(known.startUnixNano, arriving.startUnixNano)
        else { return .conflict }
        if let end = known.endUnixNano, let other = arriving.endUnixNano, end != other {
            let (early, late) = end < other ? (known, arriving) : (arriving, known)
            guard hasGrown(early, late) else { return .conflict }
        }
        var union = SpanUnion(known, arriving)
        union.unite()
        return union.isChanged ? .revised(union.span) : .known
    }

    private static func agree(_ first: String, _ second: String) -> Bool {
        first.isEmpty || second.isEmpty || first.utf8.elementsEqual(second.utf8)
    }

    private static func agree<Value: Equatable>(_ first: Value?, _ second: Value?) -> Bool {
        first == nil || second == nil || first == second
    }

    /// Whether the longer of two records is the same span later on: nothing of it got less, and something more.
    private static func hasGrown(_ early: Span, _ late: Span) -> Bool {
        var isMore = false
        let later = Dictionary(late.attributes.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        for attribute in early.attributes {
            guard let value = later[attribute.key] else { continue }
            switch ValueRelation(attribute.value, value) {
            case .same: break
            case .grown: isMore = true
            case .shrunk, .other: return false
            }
        }
        let keys = Set(early.attributes.map(\.key))
        isMore = isMore || later.keys.contains { !keys.contains($0) }
        isMore = isMore || late.events.count > early.events.count || late.links.count > early.links.count
        if early.status.code != late.status.code {
            guard early.status.code == .unset else { return false }
            isMore = true
        }
        return isMore
    }
}
