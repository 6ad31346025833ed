import TraceDialect
import TraceModel

extension RedactionCounts {
    /// Of what was replaced in a record, the part that is new to the span that it was merged into.
    ///
    /// Texts that both records hold were counted with the first; what was added is told by its placeholders.
    func added(from known: Span, to span: Span) -> RedactionCounts {
        if isEmpty { return self }
        let (before, after) = (Self.placeholders(in: known), Self.placeholders(in: span))
        var added = RedactionCounts()
        for (rule, count) in byRule {
            let new = min(count, (after[rule] ?? 0) - (before[rule] ?? 0))
            if new > 0 { added.add(rule, new) }
        }
        return added
    }

    /// How often placeholders of each label stand in a span.
    private static func placeholders(in span: Span) -> [String: Int] {
        var counts: [String: Int] = [:]
        func count(_ text: String) {
            guard text.utf8.contains(UInt8(ascii: "[")) else { return }
            for (_, placeholder) in RedactionPlaceholder.all(in: text) { counts[placeholder.label, default: 0] += 1 }
        }
        count(span.name)
        count(span.status.message)
        var values: [AttributeValue] = [.map(span.attributes)] + span.links.map { .map($0.attributes) }
        for event in span.events {
            count(event.name)
            values.append(.map(event.attributes))
            if let body = event.body { values.append(body) }
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
    /// What became of the texts of two records that are one span; nil where one of them came as it was.
    static func merged(_ known: PreparedSpan, _ arriving: PreparedSpan, into span: Span) -> SpanRedaction? {
        guard let first = known.redaction, let second = arriving.redaction else { return nil }
        var merged = first
        merged.counts.add(second.counts.added(from: known.span, to: span))
        return merged
    }
}
