import Basics
import FastJSON
import TraceModel
import TraceQuery
import TraceStore

extension TraceListRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> TracePage {
        try TraceListReader(session: session).page(self, session.time(filter))
    }
}

/// Reads lists of traces from their summaries, never from their spans.
struct TraceListReader {
    let session: ReadSession

    static let columns = """
        trace.key, trace.id, trace.name, trace.start_ns, trace.duration_ns, trace.span_count, trace.error_count,
        trace.services, trace.agents, trace.models, trace.tokens_input, trace.tokens_output, trace.model_calls,
        trace.model_calls_with_tokens, trace.session, trace.findings
        """
    static let selectOne = "SELECT \(columns) FROM trace WHERE key = ?1"

    /// The summary of one trace.
    func summary(_ key: Int64) throws -> TraceSummary {
        let select = try session.statement(Self.selectOne)
        select.bind(1, key)
        defer { select.reset() }
        guard try select.step() else { throw QueryError.notFound(what: "trace \(key)") }
        var rows = [Self.summary(select)]
        try addAnalysis(to: &rows, [key])
        return rows[0]
    }

    /// The greatest severity of a trace's findings, as its facets know it.
    static let selectSeverity = """
        SELECT max(value) FROM facet WHERE trace = ?1 AND field = \(TraceFacet.Field.severity.rawValue)
        """

    /// Adds what older files have no tables for; a look-up in a key a row.
    private func addAnalysis(to rows: inout [TraceSummary], _ keys: [Int64]) throws {
        let analysis = AnalysisReader(session: session)
        let severity = try session.statement(Self.selectSeverity)
        for index in rows.indices {
            (rows[index].coverage, rows[index].analysis) = try analysis.coverage(keys[index])
            severity.bind(1, keys[index])
            defer { severity.reset() }
            guard try severity.step() else { continue }
            rows[index].severity = severity.optionalInt(0).flatMap { FindingSeverity(rawValue: Int($0)) }
        }
    }

    /// A number of rows that one more can be added to.
    static func rows(_ limit: Int) -> Int { min(max(0, limit), Int(OutsideNumber.counts.upperBound)) }

    func page(_ request: TraceListRequest, _ time: FilterTime) throws -> TracePage {
        let order = TraceOrder(request.sort, descending: request.descending)
        let after = try request.after.map { try TracePosition($0, in: order) }
        let selection = try TraceSelection(request.filter, session, time)
        var rows: [TraceSummary] = []
        var keys: [Int64] = []
        var last: TracePosition?
        var hasMore = false
        // One row more than asked for tells whether there is a next page.
        let limit = Self.rows(request.limit)
        for phase in order.phases(after: after) where !hasMore {
            let select = try session.statement(order.select(phase, from: selection, limit: limit - rows.count + 1))
            defer { select.reset() }
            while try select.step() {
                if rows.count == limit {
                    hasMore = true
                    break
                }
                rows.append(Self.summary(select))
                keys.append(select.int(0))
                last = order.position(select)
            }
        }
        try addAnalysis(to: &rows, keys)
        var page = TracePage(rows: rows, next: hasMore ? last?.cursor : nil)
        if request.includesOverview {
            page.overview = try OverviewReader(session: session).overview(selection, buckets: request.histogramBuckets)
        }
        return page
    }

    /// The summary of the current row, whose first columns are `columns`.
    static func summary(_ row: PreparedStatement) -> TraceSummary {
        let id = row.withBytes(1) { TraceID(bytes: $0) } ?? TraceID(high: 0, low: 0)
        var summary = TraceSummary(traceID: id)
        summary.name = row.text(2)
        summary.startUnixNano = OutsideNumber.time(row.optionalInt(3))
        summary.durationNanos = row.optionalInt(4)
        summary.spanCount = row.count(5)
        summary.errorCount = row.count(6)
        summary.services = row.withBytes(7) { texts($0) }
        summary.agents = row.withBytes(8) { texts($0) }
        summary.models = row.withBytes(9) { texts($0) }
        summary.tokensInput = OutsideNumber.total(row.optionalInt(10))
        summary.tokensOutput = OutsideNumber.total(row.optionalInt(11))
        summary.modelCallCount = row.count(12)
        summary.modelCallsWithTokens = row.count(13)
        summary.session = row.text(14)
        summary.findings = row.withBytes(15) { texts($0) }
        return summary
    }

    /// The strings of a JSON array; none where it is something else.
    private static func texts(_ json: UnsafeRawBufferPointer) -> [String] {
        // Most often `[]`.
        if json.count <= 2 { return [] }
        var texts: [String] = []
        var tokenizer = JSONTokenizer(borrowing: json)
        while let token = try? tokenizer.next(), token != .endOfInput {
            if token == .string, let text = try? tokenizer.text() { texts.append(text) }
        }
        return texts
    }
}
