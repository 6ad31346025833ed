import TraceModel
import TraceQuery
import TraceStore

extension MatchesRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> [LocalSpanID] {
        try MatchReader(session: session).spans(trace, filter, session.time(filter))
    }
}

/// Finds the spans of one trace that a filter keeps.
struct MatchReader {
    let session: ReadSession

    /// The statement for one trace.
    static func select(_ selection: SpanSelection, trace: Int64) -> SQLFragment {
        "SELECT span.id, span.ordinal FROM " + selection.source
            + SQLFragment(" WHERE trace.key = ? AND ", [.integer(trace)])
            + selection.condition + " ORDER BY span.key"
    }

    /// The spans in the order of their keys.
    func spans(
        _ reference: TraceReference, _ filter: FilterExpression, _ time: FilterTime
    ) throws -> [LocalSpanID] {
        let trace = try ReferenceResolver(session: session).trace(reference)
        let select = try session.statement(Self.select(SpanSelection(filter, session, time), trace: trace))
        defer { select.reset() }
        var spans: [LocalSpanID] = []
        while try select.step() {
            spans.append(
                LocalSpanID(
                    SpanID(UInt64(bitPattern: select.int(0))), ordinal: Int32(truncatingIfNeeded: select.int(1))))
        }
        return spans
    }
}
