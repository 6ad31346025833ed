import TraceModel
import TraceQuery
import TraceStore

extension WholeSpanRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> WholeSpans {
        try WholeSpanReader(session: session).spans(self)
    }
}

/// Reads spans with everything that is stored of them.
struct WholeSpanReader {
    let session: ReadSession

    /// Whether any log record of a trace is stored.
    static let selectHasLogs = "SELECT 1 FROM log_record WHERE trace_id = ?1 LIMIT 1"

    func spans(_ request: WholeSpanRequest) throws -> WholeSpans {
        var rowReader = SpanRowReader()
        let (keys, rows, names) = try rowReader.rows(keys(request.spans), session)
        let stored = try StoredSpanReader(session.connection.handle)
        let readsStreams = try request.includesStreams && session.holdsStreams()
        let streams = StoredStreamReader(session.connection.handle)
        // Most traces have no log records: asking once a trace saves asking for each span.
        var hasLogs: [TraceID: Bool] = [:]
        var spans: [WholeSpan] = []
        spans.reserveCapacity(rows.count)
        for (key, row) in zip(keys, rows) {
            try session.checkCancelled()
            guard let span = try stored.span(key) else { continue }
            var whole = WholeSpan(row: row, span: span)
            whole.origins = try stored.origins(ofSpan: key)
            let asksLogs = try hasLogs[span.traceID] ?? holdsLogs(span.traceID)
            hasLogs[span.traceID] = asksLogs
            if asksLogs { whole.logs = try stored.logRecords(trace: span.traceID, span: span.spanID) }
            if readsStreams, let head = try streams.head(ofSpan: key) {
                whole.stream = WholeStream(
                    info: head.info, figures: head.figures, chunks: try streams.chunks(of: head),
                    isFromSpan: head.isFromSpan)
            }
            spans.append(whole)
        }
        return WholeSpans(spans: spans, names: names)
    }

    /// The keys of the spans that are stored.
    private func keys(_ spans: [SpanAddress]) throws -> [Int64] {
        let resolver = ReferenceResolver(session: session)
        var traces: [TraceID: Int64?] = [:]
        return try spans.compactMap { span in
            let trace = try traces[span.trace] ?? resolver.trace(span.trace)
            traces[span.trace] = .some(trace)
            return try trace.flatMap { try resolver.span(span.local, ofTrace: $0) }
        }
    }

    private func holdsLogs(_ trace: TraceID) throws -> Bool {
        let select = try session.statement(Self.selectHasLogs)
        select.bind(blob: 1, trace.bytes)
        defer { select.reset() }
        return try select.step()
    }
}
