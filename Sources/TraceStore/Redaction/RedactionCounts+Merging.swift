import TraceAssembly
import TraceDialect
import TraceModel

extension RedactionCounts {
    /// Of what was replaced in a record, the part that is new to the span that it was merged into.
    ///
    /// Texts that both records hold were counted with the first; what was added is told by its placeholders.
    func added(from known: Span, to span: Span) -> RedactionCounts {
        if isEmpty { return self }
        return added(Self.placeholders(in: known), Self.placeholders(in: span))
    }

    /// Of what was replaced in a record, the part that it brought to a span.
    func added(by change: SpanUnion.Change) -> RedactionCounts {
        if isEmpty { return self }
        return added(Self.placeholders(in: change.removed), Self.placeholders(in: change.added))
    }

    private func added(_ before: [String: Int], _ after: [String: Int]) -> RedactionCounts {
        var added = RedactionCounts()
        for (rule, count) in byRule {
            let new = min(count, (after[rule] ?? 0) - (before[rule] ?? 0))
            if new > 0 { added.add(rule, new) }
        }
        return added
    }

    /// How often placeholders of each label stand in a span.
    private static func placeholders(in span: Span) -> [String: Int] {
        var values: [AttributeValue] = [.string(span.name), .string(span.status.message), .map(span.attributes)]
        values += span.links.map { .map($0.attributes) }
        for event in span.events { values += [.string(event.name), .map(event.attributes), event.body ?? .empty] }
        return placeholders(in: values)
    }

    private static func placeholders(in values: [AttributeValue]) -> [String: Int] {
        var counts: [String: Int] = [:]
        func count(_ text: String) {
            guard text.utf8.contains(UInt8(ascii: "[")) else { return }
            for (_, placeholder) in RedactionPlaceholder.all(in: text) { counts[placeholder.label, default: 0] += 1 }
        }
        for step in values.lazy.flatMap({ AttributeWalk($0) }) {
            switch step {
            case .key(let text), .string(let text): count(text)
            case .bytes, .other, .beginArray, .beginMap, .end: break
            }
        }
        return counts
    }
}

extension SpanRedaction {
    /// What became of the texts of records that are one span; nil where one of them came as it was.
    ///
    /// - Parameter change: what the second one brought to the span.
    static func merged(
        _ known: SpanRedaction?, _ arriving: SpanRedaction?, _ change: SpanUnion.Change
    ) -> SpanRedaction? {
        guard var merged = known, let arriving else { return nil }
        merged.counts.add(arriving.counts.added(by: change))
        return merged
    }
}
