import TraceModel
import TraceQuery
import TraceStore

extension StreamRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> StreamDetail {
        try StreamReader(session: session).detail(span)
    }
}

/// Reads the stream of a span with all its chunks.
struct StreamReader {
    let session: ReadSession

    func detail(_ reference: SpanReference) throws -> StreamDetail {
        let key = try ReferenceResolver(session: session).span(reference)
        let missing = QueryError.notFound(what: "stream of span \(reference.text)")
        guard try session.holdsStreams() else { throw missing }
        let streams = StoredStreamReader(session.connection.handle)
        guard let head = try streams.head(ofSpan: key) else { throw missing }
        var reader = SpanRowReader()
        let select = try session.statement(SpanDetailReader.selectRow)
        select.bind(1, key)
        defer { select.reset() }
        guard try select.step(), let row = reader.row(select) else { throw missing }
        var rows = [row]
        let names = try reader.names(session, for: &rows)
        let summary = try TraceListReader(session: session).summary(StoreKey.trace(ofSpan: key))
        try session.checkCancelled()
        return StreamDetail(
            row: rows[0], names: names, traceID: summary.traceID, info: head.info, figures: head.figures,
            chunks: try streams.chunks(of: head), findings: try streams.findings(ofSpan: key, id: row.spanID))
    }
}
