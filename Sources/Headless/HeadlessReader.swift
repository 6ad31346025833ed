package import TraceModel
package import TraceQuery

/// Answers the commands of the command line: one request, or one for each page, and rows on the output.
package struct HeadlessReader {
    private let backend: any TraceBackend
    let presentation: Presentation
    let output: ByteOutput
    /// Rows that are asked for at a time.
    let pageSize: Int

    package init(
        backend: any TraceBackend, presentation: Presentation, output: ByteOutput, pageSize: Int = 500
    ) {
        self.backend = backend
        self.presentation = presentation
        self.output = output
        self.pageSize = max(1, pageSize)
    }

    /// Writes a list of traces, at most `limit`; returns where the rest of it starts.
    package func traces(
        _ request: TraceListRequest, limit: Int? = nil
    ) async throws(HeadlessError) -> PageCursor? {
        var request = request
        var left = limit ?? .max
        var writer: RowWriter<TraceSummary>?
        var next = request.after
        repeat {
            request.limit = min(pageSize, left)
            request.after = next
            guard case .traces(let page) = try await answer(.traces(request)) else { throw .unexpectedResult }
            let rows = page.rows.prefix(left)
            try emit { () throws(OutputError) in
                let rowWriter: RowWriter<TraceSummary>
                if let writer {
                    rowWriter = writer
                } else {
                    let digits = IDPrefix.digits(rows.map(\.traceID.hex))
                    rowWriter = RowWriter(
                        TraceColumns.all, table: TraceColumns.table(presentation, idDigits: digits),
                        presentation: presentation, output: output)
                    try rowWriter.begin()
                }
                try rowWriter.write(Array(rows))
                writer = rowWriter
            }
            left -= rows.count
            next = page.next
        } while next != nil && left > 0
        try emit { () throws(OutputError) in try writer?.end() }
        return next
    }

    /// Writes the rows of a trace; returns the row after which a cut list goes on.
    package func trace(_ request: TraceRowsRequest) async throws(HeadlessError) -> SpanID? {
        guard case .structure(let structure) = try await answer(.structure(request.trace, limit: nil)) else {
            throw .unexpectedResult
        }
        var selection = TraceRowSelection(request)
        if let filter = request.filter {
            // The id that was found: a prefix could mean another trace by now.
            let trace = TraceReference.key(structure.summary.key)
            guard case .matches(let keys) = try await answer(.matches(trace, filter)) else { throw .unexpectedResult }
            selection.keptKeys = Set(keys)
        }
        let tree = TraceTree(structure)
        let digits = IDPrefix.digits(structure.spans.prefix(10_000).map(\.spanID.hex))
        let writer = RowWriter(
            SpanColumns.all, table: SpanColumns.table(presentation, idDigits: digits), presentation: presentation,
            output: output)
        try emit { () throws(OutputError) in
            try writer.begin()
            if request.sort == .tree {
                try tree.forEachPage(of: pageSize) { (lines: [TreeLine]) throws(OutputError) in
                    let shown = selection.take(lines)
                    if !shown.isEmpty { try writer.write(shown) }
                }
            } else {
                var lines: [TreeLine] = []
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
        guard case .span(let detail) = try await answer(.span(.prefix(trace: trace, span: span))) else {
            throw .unexpectedResult
        }
        let whole = TraceReference.prefix(detail.span.traceID.hex)
        guard case .structure(let structure) = try await answer(.structure(whole, limit: nil)) else {
            throw .unexpectedResult
        }
        guard let line = TraceTree(structure).line(of: detail.row.key) else {
            throw .query(.notFound(what: "span \(span)"))
        }
        let report = SpanReport(line: line, detail: detail)
        try emit { () throws(OutputError) in
            if presentation.format == .table {
                try output.write(SpanDocument(report, presentation: presentation).text)
                try output.flush()
            } else {
                try writeOne(report, SpanReportColumns.all)
            }
        }
    }

    /// Writes the spans that hold a text, at most `limit`; returns where the rest starts.
    package func search(_ request: SearchRequest, limit: Int? = nil) async throws(HeadlessError) -> PageCursor? {
        var request = request
        var left = limit ?? .max
        var writer: RowWriter<SearchLine>?
        var next = request.after
        repeat {
            request.limit = min(pageSize, left)
            request.after = next
            guard case .search(let page) = try await answer(.search(request)) else { throw .unexpectedResult }
            let lines = page.hits.prefix(left).map { SearchLine(hit: $0, names: page.names) }
            try emit { () throws(OutputError) in
                let rowWriter: RowWriter<SearchLine>
                if let writer {
                    rowWriter = writer
                } else {
                    let digits = IDPrefix.digits(lines.flatMap { [$0.hit.traceID.hex, $0.hit.row.spanID.hex] })
                    rowWriter = RowWriter(
                        SearchColumns.all, table: SearchColumns.table(presentation, idDigits: digits),
                        presentation: presentation, output: output)
                    try rowWriter.begin()
                }
                try rowWriter.write(lines)
                writer = rowWriter
            }
            left -= lines.count
            next = page.next
        } while next != nil && left > 0
        try emit { () throws(OutputError) in try writer?.end() }
        return next
    }

    /// Writes the values of a field with their counts.
    package func facets(_ request: FacetRequest) async throws(HeadlessError) {
        guard case .facets(let page) = try await answer(.facets(request)) else { throw .unexpectedResult }
        try writeList(page.values, FacetColumns.all, table: FacetColumns.table)
    }

    /// Writes the totals of the traces that a filter keeps.
    package func statistics(_ filter: FilterExpression?) async throws(HeadlessError) {
        guard case .statistics(let statistics) = try await answer(.statistics(filter)) else {
            throw .unexpectedResult
        }
        if presentation.format == .table {
            let figures = StatisticsColumns.figures(statistics, time: LocalTime(presentation.timeZone))
            try writeList(figures, [], table: StatisticsColumns.table)
        } else {
            try emit { () throws(OutputError) in try writeOne(statistics, StatisticsColumns.all) }
        }
    }

    /// Writes the records that could not be decoded.
    package func rejects(limit: Int) async throws(HeadlessError) {
        guard case .rejects(let records) = try await answer(.rejects(limit: limit)) else { throw .unexpectedResult }
        try writeList(records, RejectColumns.all, table: RejectColumns.table(presentation))
    }

    /// Writes the rows of a read-only statement; returns true when `limit` cut them.
    package func sql(_ statement: String, limit: Int) async throws(HeadlessError) -> Bool {
        guard case .sql(let table) = try await answer(.sql(statement, limit: limit)) else {
            throw .unexpectedResult
        }
        let columns = SQLColumns(table.columns)
        try writeList(table.rows, columns.all, table: columns.table)
        return table.isPartial
    }

    func answer(_ request: QueryRequest) async throws(HeadlessError) -> QueryResult {
        do { return try await backend.run(request) } catch { throw .query(error) }
    }

    func writeList<Row>(
        _ rows: [Row], _ columns: [Column<Row>], table: [TableColumn<Row>]
    ) throws(HeadlessError) {
        let writer = RowWriter(columns, table: table, presentation: presentation, output: output)
        try emit { () throws(OutputError) in
            try writer.begin()
            try writer.write(rows)
            try writer.end()
        }
    }

    func writeOne<Row>(_ row: Row, _ columns: [Column<Row>]) throws(OutputError) {
        let writer = RowWriter(columns, presentation: presentation, output: output, isSingle: true)
        try writer.begin()
        try writer.write([row])
        try writer.end()
    }

    func emit(_ body: () throws(OutputError) -> Void) throws(HeadlessError) {
        do { try body() } catch { throw .output(error) }
    }
}
