import TraceQuery
import TraceStore

extension MatchesRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> [Int64] {
        try MatchReader(session: session).keys(trace, filter, session.time(filter))
    }
}

/// Finds the spans of one trace that a filter keeps.
struct MatchReader {
    let session: ReadSession

    /// The statement for one trace.
    static func select(_ selection: SpanSelection, trace: Int64) -> SQLFragment {
        "SELECT span.key FROM " + selection.source + SQLFragment(" WHERE trace.key = ? AND ", [.integer(trace)])
            + selection.condition + " ORDER BY span.key"
    }

    /// The keys of the spans, ascending.
    func keys(_ reference: TraceReference, _ filter: FilterExpression, _ time: FilterTime) throws -> [Int64] {
        let trace = try ReferenceResolver(session: session).trace(reference)
        let select = try session.statement(Self.select(SpanSelection(filter, session, time), trace: trace))
        defer { select.reset() }
        var keys: [Int64] = []
        while try select.step() { keys.append(select.int(0)) }
        return keys
    }
}
