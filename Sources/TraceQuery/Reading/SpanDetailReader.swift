import TraceDialect
import TraceModel
import TraceStore

/// Reads one span with its payload.
struct SpanDetailReader {
    let session: ReadSession

    static let selectRow = "SELECT \(SpanRowReader.columns) FROM span WHERE key = ?1"

    func detail(_ reference: SpanReference) throws -> SpanDetail {
        let key = try ReferenceResolver(session: session).span(reference)
        var reader = SpanRowReader()
        let select = try session.statement(Self.selectRow)
        select.bind(1, key)
        defer { select.reset() }
        guard try select.step(), let row = reader.row(select) else { throw QueryError.notFound(what: "span \(key)") }
        var rows = [row]
        let names = try reader.names(session, for: &rows)
        let stored = try StoredSpanReader(session.connection.handle)
        guard var span = try stored.span(key) else { throw QueryError.notFound(what: "span \(key)") }
        span.events += try stored.logEvents(trace: span.traceID, span: span.spanID)
        try session.checkCancelled()
        var facts = Dialect.facts(of: span)
        // What the tree decided is in the row.
        facts.agentName = names[rows[0].agent]
        facts.agentInstance = names[rows[0].agentInstance]
        facts.agentSource = rows[0].agentSource
        return SpanDetail(row: rows[0], names: names, span: span, facts: facts, content: Dialect.content(of: span))
    }
}
