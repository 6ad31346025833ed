import Tables
package import TraceModel
package import TraceQuery
import TraceTables

/// Answers the commands of the command line: one request, or one for each page, and rows on the output.
package struct HeadlessReader {
    private let backend: any TraceBackend
    let presentation: Presentation
    let output: ByteOutput
    /// Rows that are asked for at a time.
    let pageSize: Int
    private let notify: (String) -> Void

    /// - Parameter notify: gets what must be said beside the rows, such as that another version analysed a trace.
    package init(
        backend: any TraceBackend, presentation: Presentation, output: ByteOutput, pageSize: Int = 500,
        notify: @escaping (String) -> Void = { _ in }
    ) {
        self.backend = backend
        self.presentation = presentation
        self.output = output
        self.pageSize = max(1, pageSize)
        self.notify = notify
    }

    /// Writes a list of traces, at most `limit`; returns where the rest of it starts.
    package func traces(
        _ request: TraceListRequest, limit: Int? = nil
    ) async throws(HeadlessError) -> PageCursor? {
        try await writePages(
            of: request, TraceColumns.all, limit: limit, ids: { [$0.traceID.hex] }
        ) { ($0.rows, $0.next) }
    }

    /// Writes the rows of a trace; returns the row after which a cut list goes on.
    package func trace(_ request: TraceRowsRequest) async throws(HeadlessError) -> LocalSpanID? {
        let structure = try await answer(StructureRequest(request.trace))
        notify(structure.summary)
        var selection = TraceRowSelection(request)
        if let filter = request.filter {
            // The id that was found: a prefix could mean another trace by now.
            let trace = TraceReference.id(structure.summary.traceID)
            selection.kept = Set(try await answer(MatchesRequest(trace, filter)))
        }
        let tree = TraceTree(structure)
        let writer = RowWriter(
            SpanColumns.trace, presentation: presentation, output: output,
            idDigits: ShortID.digits(structure.spans.prefix(10_000).map(\.spanID.hex)))
        try emit { () throws(OutputError) in
            try writer.begin()
            if request.sort == .tree {
                try tree.forEachPage(of: pageSize) { (lines: [SpanLine]) throws(OutputError) in
                    let shown = selection.take(lines)
                    if !shown.isEmpty { try writer.write(shown) }
                }
            } else {
                var lines: [SpanLine] = []
                tree.forEachPage(of: pageSize) { lines += $0 }
                try writer.write(selection.take(request.sort.sorted(lines, descending: request.descending)))
            }
            try writer.end()
        }
        if let after = request.after, !selection.hasBegun {
            throw .query(.notFound(what: "span \(after) in the trace"))
        }
        return selection.isCut ? selection.last : nil
    }

    /// Writes one span with its payload.
    package func span(trace: String, span: String) async throws(HeadlessError) {
        let detail = try await answer(SpanRequest(.prefix(trace: trace, span: span)))
        let structure = try await answer(StructureRequest(.id(detail.span.traceID)))
        notify(structure.summary)
        guard let line = TraceTree(structure).line(of: detail.row.local) else {
            throw .query(.notFound(what: "span \(span)"))
        }
        if detail.namesakes > 1 {
            let number = Int(detail.row.ordinal) + 1
            let others = (1...detail.namesakes).filter { $0 != number }.map { "#\($0)" }.joined(separator: ", ")
            notify(
                "record #\(number) of \(detail.namesakes) that carry the id \(detail.row.spanID.hex) and contradict "
                    + "each other; the others are \(others)")
        }
        try emit { () throws(OutputError) in
            if presentation.format == .table {
                try output.write(SpanReport(detail, line: line, presentation: presentation).text)
                try output.flush()
            } else {
                try writeOne(SpanPayloadLine(detail, line: line), SpanColumns.span)
            }
        }
    }

    /// Writes the spans that hold a text, at most `limit`; returns where the rest starts.
    package func search(_ request: SearchRequest, limit: Int? = nil) async throws(HeadlessError) -> PageCursor? {
        try await writePages(
            of: request, SearchColumns.all, limit: limit, ids: { [$0.hit.traceID.hex, $0.hit.row.spanID.hex] }
        ) { page in (page.hits.map { SearchLine(hit: $0, names: page.names) }, page.next) }
    }

    /// Writes the values of a field with their counts.
    package func facets(_ request: FacetRequest) async throws(HeadlessError) {
        let page = try await answer(request)
        try writeList(page.values, FacetColumns.all)
    }

    /// Writes the totals of the traces that a filter keeps.
    package func statistics(_ filter: FilterExpression?) async throws(HeadlessError) {
        let statistics = try await answer(StatisticsRequest(filter))
        if presentation.format == .table {
            let figures = StatisticsColumns.figures(statistics, time: LocalTime(presentation.timeZone))
            try writeList(figures, StatisticsColumns.figures)
        } else {
            try emit { () throws(OutputError) in try writeOne(statistics, StatisticsColumns.all) }
        }
    }

    /// Writes the records that could not be decoded.
    package func rejects(limit: Int) async throws(HeadlessError) {
        let records = try await answer(RejectsRequest(limit: limit))
        try writeList(records, RejectColumns.all)
    }

    /// Writes the rows of a read-only statement; returns true when `limit` cut them.
    package func sql(_ statement: String, limit: Int, timeout: Double = 30) async throws(HeadlessError) -> Bool {
        let table = try await answer(SQLRequest(statement, limit: limit, timeout: timeout))
        try writeList(table.rows, SQLColumns.columns(table.columns))
        return table.isPartial
    }

    /// Writes the last lines of the audit log, the newest first.
    package func auditLog(limit: Int) async throws(HeadlessError) {
        let records = try await answer(AuditLogRequest(limit: limit))
        try writeList(records, AuditLogColumns.all)
    }

    /// Says where a trace was analysed by another version than ours.
    func notify(_ trace: TraceSummary) {
        if let notice = trace.analysis.notice { notify("trace \(trace.traceID.hex): \(notice)") }
    }

    func answer<Request: TraceRequest>(_ request: Request) async throws(HeadlessError) -> Request.Answer {
        do { return try await backend.run(request) } catch { throw .query(error) }
    }

    /// Writes a list; `ids` are those of which the table shows the first digits.
    func writeList<Row>(_ rows: [Row], _ columns: [Column<Row>], ids: [String] = []) throws(HeadlessError) {
        let writer = RowWriter(
            columns, presentation: presentation, output: output, idDigits: ShortID.digits(ids))
        try emit { () throws(OutputError) in try writer.writeAll(rows) }
    }

    /// Writes pages of rows as they come, at most `limit` rows; returns where the rest starts.
    func writePages<Request: PagedRequest, Row>(
        of request: Request, _ columns: [Column<Row>], limit: Int?, ids: (Row) -> [String],
        rows: (Request.Answer) -> (rows: [Row], next: PageCursor?)
    ) async throws(HeadlessError) -> PageCursor? {
        var request = request
        var left = limit ?? .max
        var writer: RowWriter<Row>?
        repeat {
            request.limit = min(pageSize, left)
            let page = rows(try await answer(request))
            let shown = Array(page.rows.prefix(left))
            // The first page decides how the table looks.
            let open =
                writer
                ?? RowWriter(
                    columns, presentation: presentation, output: output, idDigits: ShortID.digits(shown.flatMap(ids)))
            let isFirst = writer == nil
            writer = open
            try emit { () throws(OutputError) in
                if isFirst { try open.begin() }
                try open.write(shown)
            }
            left -= shown.count
            request.after = page.next
        } while request.after != nil && left > 0
        try emit { () throws(OutputError) in try writer?.end() }
        return request.after
    }

    func writeOne<Row>(_ row: Row, _ columns: [Column<Row>]) throws(OutputError) {
        try RowWriter(columns, presentation: presentation, output: output, isSingle: true).writeAll([row])
    }

    func emit(_ body: () throws(OutputError) -> Void) throws(HeadlessError) {
        do { try body() } catch { throw .output(error) }
    }
}

/// A request whose answer is a part of a list.
protocol PagedRequest: TraceRequest {
    var limit: Int { get set }
    var after: PageCursor? { get set }
}

extension TraceListRequest: PagedRequest {}
extension FindingListRequest: PagedRequest {}
extension SearchRequest: PagedRequest {}

extension SpanPayloadLine {
    /// A span as `spandrel span` writes it.
    init(_ detail: SpanDetail, line: SpanLine) {
        self.init(line: line, span: detail.span, facts: detail.facts, content: detail.content)
        findings = detail.findings
        stream = detail.stream
        context = detail.context
    }
}
