import Canvas
import Tables
import TraceModel

/// Draws a list: header, titles, the rows in sight, and the details of the one under the cursor.
enum ListScreen {
    static func render(_ state: AppState, _ view: ListView, into canvas: inout Canvas) {
        let layout = Layout.list(state, view)
        renderHeader(state, view, in: layout.header, into: &canvas)
        let list = state.list ?? ListState(traceID: nil)
        if let sentence = sentence(state, view, list) {
            let isError = list.error != nil || view.isOverTrace && state.trace?.error != nil
            render(sentence, role: isError ? .error : .dim, state, in: layout, into: &canvas)
            return
        }
        if let content = list.content { renderRows(content, list, state, layout, into: &canvas) }
        renderRule(state, layout, into: &canvas)
        renderDetail(state, top: list.detailTop, in: layout.pane, into: &canvas)
    }

    private static func renderHeader(
        _ state: AppState, _ view: ListView, in rect: Rect, into canvas: inout Canvas
    ) {
        let content = state.list?.content
        let figures = (content?.analysis.words.map { [$0] } ?? []) + (content?.figures(state) ?? [])
        guard view.isOverTrace else {
            let title = view.view.rawValue.prefix(1).uppercased() + view.view.rawValue.dropFirst()
            Header.render(
                state, title: title, figures: [state.databaseName] + figures,
                right: WallClock(state.timeZone).weekdayTime(state.nowUnixNano), in: rect, into: &canvas)
            return
        }
        let start = state.trace?.summary?.startUnixNano
        let clock = WallClock(state.timeZone)
        Header.render(
            state, title: state.trace?.summary?.name ?? "trace", figures: figures,
            // The figures say more than the date where there is no room for both.
            right: state.size.columns < 110 ? "" : start.map { clock.date($0) + " " + clock.time($0) } ?? "",
            in: rect, into: &canvas)
    }

    private static func renderRows<Content: ListContent>(
        _ content: Content, _ list: ListState, _ state: AppState, _ layout: Layout.Areas, into canvas: inout Canvas
    ) {
        let columns = ListColumns(Content.columns, in: layout.list)
        let words = state.words
        columns.renderTitles(state, in: layout.titles, into: &canvas)
        for index in list.top..<max(list.top, min(content.count, list.top + layout.list.rows)) {
            let row = layout.list.row + index - list.top
            let style = RowStyle(theme: state.theme, isSelected: index == list.cursor)
            if style.isSelected {
                canvas.fill(
                    Rect(column: layout.list.column, row: row, columns: layout.list.columns, rows: 1),
                    style: state.theme[.selection])
            }
            columns.render(
                content.row(index), index: index, row: row, style: style, words: words, into: &canvas
            ) { cell, canvas in
                content.draw(cell, among: columns, state, into: &canvas)
            }
        }
    }

    /// What stands in place of rows.
    private static func sentence(_ state: AppState, _ view: ListView, _ list: ListState) -> String? {
        if let error = list.error ?? (view.isOverTrace ? state.trace?.error : nil) {
            return "\(error). R reads again, q goes back."
        }
        if Lists.isWaiting(state) { return "Reading " + Glyphs.more(ascii: state.isASCII) }
        guard list.count == 0 else { return nil }
        // Nothing may stand here because nothing current looked for it.
        let notice = list.content?.analysis.notice.map { "This trace: \($0). " } ?? ""
        return notice + view.emptySentence
    }

    private static func render(
        _ sentence: String, role: Role, _ state: AppState, in layout: Layout.Areas, into canvas: inout Canvas
    ) {
        let line = DisplayLine(sentence, role: role)
        let rows = RowWrapper(metrics: state.metrics, width: max(1, state.size.columns - 2)).rows(of: line)
        let first = layout.titles.isEmpty ? layout.list.row : layout.titles.row
        for (offset, row) in rows.enumerated() where first + offset < layout.footer.row {
            LinePainter(theme: state.theme).draw(
                line, row.start..<row.end, column: 1, row: first + offset, limit: state.size.columns - 2, into: &canvas)
        }
    }

    private static func renderRule(_ state: AppState, _ layout: Layout.Areas, into canvas: inout Canvas) {
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

    // MARK: Details

    /// Details of the row under the cursor.
    static func detail(_ state: AppState) -> [DisplayLine] {
        guard let list = state.list, let content = list.content, list.cursor < content.count else { return [] }
        return content.detail(list.cursor, list, state)
    }

    /// The rows that all details take in a pane.
    static func detailRows(_ state: AppState, _ pane: Rect) -> Int {
        let wrapper = RowWrapper(metrics: state.metrics, width: max(1, pane.columns - 2))
        return detail(state).reduce(0) { $0 + wrapper.rows(of: $1).count }
    }

    private static func renderDetail(_ state: AppState, top: Int, in pane: Rect, into canvas: inout Canvas) {
        guard pane.columns > 4 else { return }
        let wrapper = RowWrapper(metrics: state.metrics, width: pane.columns - 2)
        let painter = LinePainter(theme: state.theme)
        var row = -top
        for line in detail(state) {
            for wrapped in wrapper.rows(of: line) {
                if row >= pane.rows { return }
                if row >= 0 {
                    painter.draw(
                        line, wrapped.start..<wrapped.end, column: pane.column + 1 + wrapped.indent,
                        row: pane.row + row, limit: pane.columns - 2 - wrapped.indent, into: &canvas)
                }
                row += 1
            }
        }
    }
}

extension Layout {
    /// The parts of a list; `pane` has the details of the row under the cursor.
    ///
    /// The pane stands beside the list where there is room for both, else under it, and on small screens not at all.
    static func list(_ state: AppState, _ list: ListView) -> Areas {
        var parts = frame(state, overview: 0, titles: 1, filter: 0)
        if state.hasRoomForPane && list.hasPaneBeside {
            let columns = max(60, state.size.columns * 45 / 100)
            let body = Rect(
                column: 0, row: parts.header.endRow, columns: state.size.columns,
                rows: parts.footer.row - parts.header.endRow)
            parts.pane = body.splitLeft(state.size.columns - columns).rest
            parts.titles.columns = state.size.columns - columns - 1
            parts.list.columns = parts.titles.columns
            return parts
        }
        guard !parts.header.isEmpty, parts.list.rows >= 8 else { return parts }
        // One row is the rule between list and pane.
        let rows = list.paneRows(parts.list.rows, state.list?.comparison != nil)
        let (above, below) = parts.list.splitTop(parts.list.rows - rows - 1)
        parts.list = above
        parts.pane = below.splitTop(1).rest
        return parts
    }
}
