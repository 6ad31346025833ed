import FastJSON
import TraceModel
import TraceStore

/// Sums up what is known of the redaction of the traces that a filter keeps.
struct RedactionReader {
    let session: ReadSession

    /// The kept traces with their rows of `trace_redaction`.
    static func select(_ selection: TraceSelection) -> SQLFragment {
        """
        SELECT trace.span_count, redaction.spans_redacted, redaction.spans_raw, redaction.policies, redaction.counts
        FROM 
        """ + selection.source(order: "start")
            + " LEFT JOIN trace_redaction AS redaction ON redaction.trace = trace.key WHERE " + selection.condition
    }

    func redaction(_ filter: FilterExpression?, _ time: FilterTime) throws -> TraceRedaction {
        var sum = TraceRedaction()
        let selection = try TraceSelection(filter, session, time)
        guard try session.holdsRedaction() else {
            sum.spansUnknown = try StatisticsReader(session: session).statistics(filter, time).spans
            return sum
        }
        let select = try session.statement(Self.select(selection))
        defer { select.reset() }
        var policies: Set<String> = []
        while try select.step() {
            let redacted = Int(select.int(1))
            let raw = Int(select.int(2))
            sum.spansRedacted += redacted
            sum.spansRaw += raw
            sum.spansUnknown += max(0, Int(select.int(0)) - redacted - raw)
            for policy in try JSONValue(parsing: select.text(3) ?? "[]").elements ?? [] {
                if let name = policy.string { policies.insert(name) }
            }
            for member in try JSONValue(parsing: select.text(4) ?? "{}").members ?? [] {
                if let count = member.value.int { sum.counts.add(member.key, Int(count)) }
            }
        }
        sum.policies = policies.sorted()
        return sum
    }
}
