import TraceModel
import TraceQuery
import TraceStore

extension RedactionRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> TraceRedaction {
        try RedactionReader(session: session).redaction(filter, session.time(filter))
    }
}

/// Sums up what is known of the redaction of the traces that a filter keeps.
struct RedactionReader {
    let session: ReadSession

    /// One trace with its row.
    static let selectTrace = """
        SELECT trace.span_count, redaction.spans_redacted, redaction.spans_raw, redaction.policies, redaction.counts
        FROM trace LEFT JOIN trace_redaction AS redaction ON redaction.trace = trace.key WHERE trace.key = ?1
        """

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
        // Traces that follow each other mostly have the same policies.
        var lastPolicies = ""
        while try select.step() {
            let text = select.text(3) ?? "[]"
            if text != lastPolicies {
                policies.formUnion(try StoredRedactionJSON.policies(text))
                lastPolicies = text
            }
            try Self.add(select, to: &sum)
        }
        sum.policies = policies.sorted()
        return sum
    }

    /// What is known of one trace; nil where the file is of a version that tells nothing.
    func redaction(ofTrace key: Int64) throws -> TraceRedaction? {
        guard try session.holdsRedaction() else { return nil }
        let select = try session.statement(Self.selectTrace)
        select.bind(1, key)
        defer { select.reset() }
        guard try select.step() else { return nil }
        var redaction = TraceRedaction(policies: try StoredRedactionJSON.policies(select.text(3)).sorted())
        try Self.add(select, to: &redaction)
        return redaction
    }

    private static func add(_ row: PreparedStatement, to sum: inout TraceRedaction) throws {
        let redacted = row.count(1)
        let raw = row.count(2)
        sum.spansRedacted += redacted
        sum.spansRaw += raw
        sum.spansUnknown += max(0, row.count(0) - redacted - raw)
        sum.counts.add(try StoredRedactionJSON.counts(row.text(4)))
    }
}
