import Canvas
import Tables
import TraceModel

/// What the lists over the open trace have in common on the screen.
enum TraceListScreen {
    /// What one list shows.
    struct Content<Row> {
        var figures: [String] = []
        var columns: [Column<Row>]
        /// What stands in place of rows where there are none.
        var emptySentence = ""
    }

    /// Draws header, titles, the rows in sight and the detail.
    static func render<Row>(
        _ state: AppState, _ content: Content<Row>, into canvas: inout Canvas, row item: (_ index: Int) -> Row?,
        draw: (ListCell<Row>, inout Canvas) -> CellDrawing = { _, _ in .text() }
    ) {
        let layout = Layout.traceList(state)
        let start = state.trace?.summary?.startUnixNano
        let clock = WallClock(state.timeZone)
        Header.render(
            state, title: state.trace?.summary?.name ?? "trace", figures: content.figures,
            // The figures say more than the date where there is no room for both.
            right: state.size.columns < 110 ? "" : start.map { clock.date($0) + " " + clock.time($0) } ?? "",
            in: layout.header, into: &canvas)
        let list = state.traceList ?? TraceListState(traceKey: -1)
        let count = TraceLists.rowCount(state)
        if let sentence = sentence(state, list, count: count, empty: content.emptySentence) {
            let isError = list.error != nil || state.trace?.error != nil
            render(sentence, role: isError ? .error : .dim, state, in: layout, into: &canvas)
            return
        }
        let columns = ListColumns(content.columns, in: layout.list)
        let words = state.words
        columns.renderTitles(state, in: layout.titles, into: &canvas)
        for index in list.top..<max(list.top, min(count, list.top + layout.list.rows)) {
            let row = layout.list.row + index - list.top
            let style = RowStyle(theme: state.theme, isSelected: index == list.cursor)
            if style.isSelected {
                canvas.fill(
                    Rect(column: layout.list.column, row: row, columns: layout.list.columns, rows: 1),
                    style: state.theme[.selection])
            }
            guard let item = item(index) else { continue }
            columns.render(item, index: index, row: row, style: style, words: words, into: &canvas, draw: draw)
        }
        renderRule(state, layout, into: &canvas)
        TraceListDetail.render(state, top: list.detailTop, in: layout.pane, into: &canvas)
    }

    private static func sentence(_ state: AppState, _ list: TraceListState, count: Int, empty: String) -> String? {
        if let error = list.error ?? state.trace?.error { return "\(error). R reads again, q goes back." }
        if TraceLists.isWaiting(state) { return "Reading " + Glyphs.more(ascii: state.isASCII) }
        return count == 0 ? empty : nil
    }

    private static func render(
        _ sentence: String, role: Role, _ state: AppState, in layout: Layout.ListView, into canvas: inout Canvas
    ) {
        let line = DisplayLine(sentence, role: role)
        let rows = RowWrapper(metrics: state.metrics, width: max(1, state.size.columns - 2)).rows(of: line)
        let first = layout.titles.isEmpty ? layout.list.row : layout.titles.row
        for (offset, row) in rows.enumerated() where first + offset < layout.footer.row {
            LinePainter(theme: state.theme).draw(
                line, row.start..<row.end, column: 1, row: first + offset, limit: state.size.columns - 2, into: &canvas)
        }
    }

    private static func renderRule(_ state: AppState, _ layout: Layout.ListView, into canvas: inout Canvas) {
        let pane = layout.pane
        guard !pane.isEmpty else { return }
        let style = state.theme[.rule]
        if pane.column > 0 {
            let guide = Glyphs.guide(ascii: state.isASCII)
            for row in pane.row..<pane.endRow { canvas.write(guide, column: pane.column - 1, row: row, style: style) }
        } else {
            let rule = String(repeating: Glyphs.rule(ascii: state.isASCII), count: max(0, pane.columns - 2))
            canvas.write(rule, column: 1, row: pane.row - 1, style: style)
        }
    }
}
