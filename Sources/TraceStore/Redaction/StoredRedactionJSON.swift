import FastJSON
package import TraceModel

/// Names of policies and counts of rules as JSON, in an order that depends on nothing else.
package enum StoredRedactionJSON {
    /// The policies, each once and sorted.
    static func text(policies: [String]) -> String {
        StoredStreamJSON.text(Set(policies).sorted())
    }

    /// The counts, sorted by rule.
    static func text(_ counts: RedactionCounts) -> String {
        var json = JSONWriter(escapesInvisible: false)
        json.beginObject()
        for (rule, count) in counts.byRule.sorted(by: { $0.key < $1.key }) { json.member(rule, count) }
        json.endObject()
        return json.text
    }

    /// What was replaced in a log record; nil where nothing was.
    static func text(_ redaction: SpanRedaction) -> String? {
        if redaction.counts.isEmpty { return nil }
        var json = JSONWriter(escapesInvisible: false)
        json.beginObject()
        json.member("policy", redaction.policy)
        json.key("counts")
        json.beginObject()
        for (rule, count) in redaction.counts.byRule.sorted(by: { $0.key < $1.key }) { json.member(rule, count) }
        json.endObject()
        json.endObject()
        return json.text
    }

    static func redaction(_ text: String) throws -> SpanRedaction? {
        let json = try JSONValue(parsing: text)
        guard let policy = json["policy"]?.string else { return nil }
        var counts = RedactionCounts()
        for member in json["counts"]?.members ?? [] {
            if let count = member.value.int { counts.add(member.key, OutOfRange.held(Int(clamping: count))) }
        }
        return SpanRedaction(policy: policy, counts: counts)
    }

    package static func policies(_ text: String?) throws -> [String] {
        // Most traces have but one policy, or none.
        guard let text, text != "[]" else { return [] }
        return (try JSONValue(parsing: text).elements ?? []).compactMap(\.string)
    }

    package static func counts(_ text: String?) throws -> RedactionCounts {
        guard let text, text != "{}" else { return RedactionCounts() }
        var counts = RedactionCounts()
        for member in try JSONValue(parsing: text).members ?? [] {
            if let count = member.value.int { counts.add(member.key, OutOfRange.held(Int(clamping: count))) }
        }
        return counts
    }
}
