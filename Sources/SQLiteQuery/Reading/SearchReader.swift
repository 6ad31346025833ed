import TraceDialect
import TraceModel
import TraceQuery
import TraceStore

extension SearchRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> SearchPage {
        try SearchReader(session: session).page(self, session.time(filter))
    }
}

/// Finds spans that hold a text, newest stored first.
struct SearchReader {
    let session: ReadSession

    /// Keys of spans and log texts within a range of keys.
    static let selectKeys = """
        SELECT rowid FROM span_text WHERE span_text MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC
        """
    /// The span that a log text belongs to.
    static let selectSpanOfLog = """
        SELECT span.key FROM log_record INDEXED BY log_record_text
            CROSS JOIN span ON span.trace = ?2 AND span.id = log_record.span_id AND span.ordinal = 0
        WHERE log_record.text_key = ?1
        """
    /// Whether a span itself holds a text.
    static let selectOwn = "SELECT 1 FROM span_text WHERE span_text MATCH ?1 AND rowid = ?2"
    /// The last log text of a span that holds a text.
    static let selectLastLog = """
        SELECT max(log_record.text_key) FROM span
            CROSS JOIN trace ON trace.key = span.trace
            CROSS JOIN log_record ON log_record.trace_id = trace.id AND log_record.span_id = span.id
            CROSS JOIN span_text ON span_text.rowid = log_record.text_key
        WHERE span.key = ?2 AND span_text MATCH ?1
        """

    func page(_ request: SearchRequest, _ time: FilterTime) throws -> SearchPage {
        guard let query = TextQuery(request.text) else { return SearchPage(hits: [], names: NameTable(), next: nil) }
        let filter = try SpanFilter(request.filter, session, time)
        var finder = HitFinder(session: session, match: try session.match(query), filter: filter)
        let last = try request.after.map { try Self.key($0) - 1 } ?? Int64.max
        var keys: [(key: Int64, place: Int64)] = []
        let limit = max(0, request.limit)
        let hasMore = try finder.find(upTo: last) { key, place in
            if keys.count == limit { return false }
            keys.append((key, place))
            return true
        }
        let next = hasMore ? keys.last.map { PageCursor(text: "k.\($0.place)") } : nil
        return try page(of: keys.map(\.key), request.text, next)
    }

    private func page(of keys: [Int64], _ text: String, _ next: PageCursor?) throws -> SearchPage {
        let stored = try StoredSpanReader(session.connection.handle)
        let locator = TextLocator(text)
        var reader = SpanRowReader()
        let (stays, rows, names) = try reader.rows(keys, session)
        var hits: [SearchPage.Hit] = []
        for (key, row) in zip(stays, rows) {
            try session.checkCancelled()
            guard let span = try stored.span(key) else { continue }
            var excerpt: Excerpt?
            if let locator { excerpt = try self.excerpt(span, locator, stored) }
            hits.append(
                SearchPage.Hit(
                    traceID: span.traceID, row: row, excerpt: excerpt?.text, matchStart: excerpt?.matchStart ?? 0,
                    matchLength: excerpt?.matchLength ?? 0))
        }
        return SearchPage(hits: hits, names: names, next: next)
    }

    /// The text around the first match, out of what the index was given.
    private func excerpt(_ span: Span, _ locator: TextLocator, _ stored: StoredSpanReader) throws -> Excerpt? {
        if let excerpt = Excerpt(of: Dialect.searchText(of: span).text, locator) { return excerpt }
        let logs = try stored.logEvents(trace: span.traceID, span: span.spanID)
        if logs.isEmpty { return nil }
        var bearer = span
        bearer.events = logs
        return Excerpt(of: Dialect.searchText(of: bearer).text, locator)
    }

    private static func key(_ cursor: PageCursor) throws(QueryError) -> Int64 {
        guard cursor.text.hasPrefix("k."), let key = Int64(cursor.text.dropFirst(2)), key > .min else {
            throw .backend(message: "'\(cursor.text.prefix(80))' is no position in this list")
        }
        return key
    }
}
