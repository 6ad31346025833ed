import Basics
import TraceDialect
import TraceModel
import TraceQuery
import TraceStore

extension SpanRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> SpanDetail {
        try SpanDetailReader(session: session).detail(span)
    }
}

/// Reads one span with its payload.
struct SpanDetailReader {
    let session: ReadSession

    static let selectRow = "SELECT \(SpanRowReader.columns) FROM span WHERE key = ?1"

    func detail(_ reference: SpanReference) throws -> SpanDetail {
        let resolver = ReferenceResolver(session: session)
        let key = try resolver.span(reference)
        var reader = SpanRowReader()
        let select = try session.statement(Self.selectRow)
        select.bind(1, key)
        defer { select.reset() }
        guard try select.step(), let row = reader.row(select) else {
            throw QueryError.notFound(what: "span \(reference.text)")
        }
        var rows = [row]
        let names = try reader.names(session, for: &rows)
        let stored = try StoredSpanReader(session.connection.handle)
        guard var span = try stored.span(key) else { throw QueryError.notFound(what: "span \(reference.text)") }
        span.events += try stored.logEvents(trace: span.traceID, span: span.spanID)
        try session.checkCancelled()
        var facts = Dialect.facts(of: span)
        // What the tree decided is in the row.
        facts.agentName = names[rows[0].agent]
        facts.agentInstance = names[rows[0].agentInstance]
        facts.agentSource = rows[0].agentSource
        var detail = SpanDetail(
            row: rows[0], names: names, span: span, facts: facts, content: Dialect.content(of: span))
        try ContentBorrower(session: session).complete(&detail, key: key)
        detail.namesakes = try resolver.namesakes(span.spanID, ofTrace: StoreKey.trace(ofSpan: key))
        detail.sources = max(1, try stored.origins(ofSpan: key).count)
        if try session.holdsStreams() {
            let streams = StoredStreamReader(session.connection.handle)
            detail.findings = try streams.findings(ofSpan: key, id: span.spanID)
            detail.stream = try streams.head(ofSpan: key).map { StreamBrief(info: $0.info, figures: $0.figures) }
        }
        detail.stream = detail.stream ?? Self.firstAndLast(span, facts)
        return detail
    }

    /// What a span without chunks says of its stream: when the first chunk came and when it ended.
    private static func firstAndLast(_ span: Span, _ facts: SpanFacts) -> StreamBrief? {
        guard let first = facts.timeToFirstChunkNanos else { return nil }
        var info = StreamInfo(
            startUnixNano: span.startUnixNano, timing: .firstAndLastOnly, finishReason: facts.finishReasons.first,
            tokensBilled: facts.tokens.output, tokensReasoning: facts.tokens.reasoning, source: "span")
        var figures = StreamFigures()
        figures.timeToFirstChunkNanos = first
        if let start = span.startUnixNano, let end = span.endUnixNano, end >= start {
            info.durationNanos = end.subtractingIfFits(start)
            figures.durationNanos = info.durationNanos
        }
        return StreamBrief(info: info, figures: figures)
    }
}
