import Canvas
import TraceModel
import TraceQuery

/// Hits of a search over all traces, or the rows of an SQL statement.
enum ResultsScreen {
    static let record = ViewRecord(
        view: .results, render: render, isWaiting: { $0.results.map { $0.content == nil && $0.error == nil } ?? false },
        rows: { state in
            guard let results = state.results else { return nil }
            var hasMore = false
            if case .search(let page)? = results.content { hasMore = page.next != nil }
            return ShownRows(
                place: Layout.results(state).list, top: results.top, cursor: results.cursor, count: results.rowCount,
                hasMore: hasMore)
        },
        move: { state, movement in
            if var cursor = state.results?.cursor {
                movement.apply(to: &cursor)
                state.results?.cursor = cursor
            }
            return []
        },
        search: ViewSearch(
            rowsOf: .results, pattern: { $0.results?.search ?? "" }, setPattern: { $0.results?.search = $1 },
            matches: { state, pattern, row in Results.cells(state, row: row).contains(where: pattern.matches) }),
        id: { state in Results.selectedHit(state).map { $0.address.text } },
        text: { Results.cells($0, row: $0.results?.cursor ?? 0).joined(separator: "\t") },
        command: { state in
            switch state.results?.request.base {
            case let request as SearchRequest:
                let filter = request.filter.map { " --filter " + CommandLineText.quoted($0.description) } ?? ""
                return "spandrel search" + filter + " -- " + CommandLineText.quoted(request.text)
            case let request as SQLRequest: return "spandrel sql " + CommandLineText.quoted(request.statement)
            default: return nil
            }
        },
        exports: ExportChoices.hits)

    static func render(_ state: AppState, into canvas: inout Canvas) {
        guard let results = state.results else { return }
        let layout = Layout.results(state)
        Header.render(
            state, title: results.title, figures: [state.databaseName], right: "", in: layout.header, into: &canvas)
        let sentence: String? =
            if let error = results.error {
                "\(error)"
            } else if results.content == nil {
                "Reading …"
            } else if results.rowCount == 0 {
                "Nothing found. q goes back."
            } else {
                nil
            }
        if let sentence {
            canvas.write(
                sentence, in: Rect(column: 1, row: layout.list.row, columns: layout.list.columns - 2, rows: 1),
                style: state.theme[results.error == nil ? .dim : .error])
            return
        }
        switch results.content {
        case .search(let page)?: renderHits(state, results, page, layout, into: &canvas)
        case .table(let table)?: renderTable(state, results, table, layout, into: &canvas)
        case nil: break
        }
    }

    private static func renderHits(
        _ state: AppState, _ results: ResultsState, _ page: SearchPage, _ layout: Layout.Areas,
        into canvas: inout Canvas
    ) {
        let nameWidth = max(10, min(30, layout.list.columns / 3))
        if !layout.titles.isEmpty {
            canvas.write("span", column: 3, row: layout.titles.row, style: state.theme[.dim])
            canvas.write("text", column: 4 + nameWidth, row: layout.titles.row, style: state.theme[.dim])
        }
        for (offset, hit) in page.hits.dropFirst(results.top).prefix(layout.list.rows).enumerated() {
            let row = layout.list.row + offset
            let isSelected = results.top + offset == results.cursor
            func style(_ role: Role) -> Style { state.theme[isSelected ? .selection : role] }
            if isSelected {
                canvas.fill(Rect(column: 0, row: row, columns: layout.list.columns, rows: 1), style: style(.text))
            }
            canvas.write(
                Glyphs.kind(hit.row.kind, ascii: state.isASCII), column: 1, row: row, style: style(.kindOther))
            canvas.write(
                page.names[hit.row.name] ?? "(no name)",
                in: Rect(column: 3, row: row, columns: nameWidth, rows: 1), style: style(.text))
            let place = Rect(column: 4 + nameWidth, row: row, columns: layout.list.columns - 5 - nameWidth, rows: 1)
            renderExcerpt(
                hit, in: place, dim: style(.dim),
                match: isSelected
                    ? style(.text).adding(.underline)
                    : state.theme[.searchHit], into: &canvas)
        }
    }

    /// The text around the match, scrolled so that the match is in sight.
    private static func renderExcerpt(
        _ hit: SearchPage.Hit, in rect: Rect, dim: Style, match: Style, into canvas: inout Canvas
    ) {
        guard let excerpt = hit.excerpt else { return }
        let characters = Array(excerpt)
        let first = max(0, hit.matchStart - rect.columns / 3)
        var column = rect.column
        for (index, character) in characters.enumerated().dropFirst(first) {
            guard column < rect.endColumn else { break }
            let isMatch = index >= hit.matchStart && index < hit.matchStart + hit.matchLength
            let text = character.isNewline || character == "\t" ? " " : String(character)
            column += canvas.write(
                text, column: column, row: rect.row, style: isMatch ? match : dim, limit: rect.endColumn - column)
        }
    }

    private static func renderTable(
        _ state: AppState, _ results: ResultsState, _ table: SQLTable, _ layout: Layout.Areas,
        into canvas: inout Canvas
    ) {
        let shown = table.rows.dropFirst(results.top).prefix(layout.list.rows)
        var column = 1
        for index in table.columns.indices.dropFirst(results.firstColumn) {
            guard column < layout.list.columns else { break }
            let isNumber = shown.allSatisfy { $0[index].isNumberOrNull }
            let texts = shown.map { $0[index].displayText }
            let widest = texts.map { canvas.metrics.width(of: String($0.prefix(80))) }.max() ?? 0
            let width = min(max(widest, canvas.metrics.width(of: table.columns[index])), 60)
            let place = Rect(
                column: column, row: layout.titles.row, columns: min(width, layout.list.columns - column), rows: 1)
            if !layout.titles.isEmpty { canvas.write(table.columns[index], in: place, style: state.theme[.dim]) }
            for (offset, text) in texts.enumerated() {
                let row = layout.list.row + offset
                let isSelected = results.top + offset == results.cursor
                if isSelected, column == 1 {
                    canvas.fill(
                        Rect(column: 0, row: row, columns: layout.list.columns, rows: 1),
                        style: state.theme[.selection])
                }
                let isNull = shown[shown.startIndex + offset][index] == .null
                let style = state.theme[isSelected ? .selection : isNull ? .dim : .text]
                var cell = place
                cell.row = row
                if isNumber {
                    canvas.write(text, endingAt: cell.endColumn, row: row, style: style, limit: cell.columns)
                } else {
                    canvas.write(text.replacing("\n", with: " "), in: cell, style: style)
                }
            }
            column += width + 2
        }
    }
}

extension SQLTable.Value {
    fileprivate var isNumberOrNull: Bool {
        switch self {
        case .null, .integer, .real: true
        case .text, .blob: false
        }
    }
}
