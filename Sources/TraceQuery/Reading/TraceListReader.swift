import FastJSON
import TraceModel
import TraceStore

/// Reads lists of traces from their summaries, never from their spans.
struct TraceListReader {
    let session: ReadSession

    init(_ session: ReadSession) {
        self.session = session
    }

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
        return Self.summary(select)
    }

    func page(_ request: TraceListRequest) throws -> TracePage {
        let order = TraceOrder(request.sort, descending: request.descending)
        let after = try request.after.map { try TracePosition($0, in: order) }
        var rows: [TraceSummary] = []
        var positions: [TracePosition] = []
        // One row more than asked for tells whether there is a next page.
        let wanted = max(0, request.limit) + 1
        for phase in order.phases(after: after) where rows.count < wanted {
            let select = try session.statement(order.select(phase))
            order.bind(phase, to: select, limit: wanted - rows.count)
            defer { select.reset() }
            while try select.step() {
                rows.append(Self.summary(select))
                positions.append(order.position(select))
            }
        }
        let hasMore = rows.count == wanted
        if hasMore { rows.removeLast() }
        let next = hasMore && !rows.isEmpty ? positions[rows.count - 1].cursor : nil
        return TracePage(rows: rows, next: next)
    }

    /// The summary of the current row, whose first columns are `columns`.
    static func summary(_ row: PreparedStatement) -> TraceSummary {
        let id = row.withBytes(1) { TraceID(bytes: $0) } ?? TraceID(high: 0, low: 0)
        var summary = TraceSummary(key: row.int(0), traceID: id)
        summary.name = row.text(2)
        summary.startUnixNano = row.optionalInt(3)
        summary.durationNanos = row.optionalInt(4)
        summary.spanCount = Int(row.int(5))
        summary.errorCount = Int(row.int(6))
        summary.services = row.withBytes(7) { texts($0) }
        summary.agents = row.withBytes(8) { texts($0) }
        summary.models = row.withBytes(9) { texts($0) }
        summary.tokensInput = row.optionalInt(10)
        summary.tokensOutput = row.optionalInt(11)
        summary.modelCallCount = Int(row.int(12))
        summary.modelCallsWithTokens = Int(row.int(13))
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
