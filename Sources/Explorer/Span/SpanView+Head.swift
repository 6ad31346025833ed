import Canvas
import TraceModel
import TraceQuery

extension SpanView {
    func drawHead(bottom: SpanPosition, _ canvas: inout Canvas) {
        let painter = LinePainter(theme: theme)
        let (left, right) = SpanHead(document: document).title(columns: rect.columns, context: context)
        let rightColumns = document.metrics.columns(of: right.text)
        let hasRight = rightColumns + 8 <= rect.columns
        let margin = rect.columns < 30 ? 0 : 1
        let free = rect.columns - margin - (hasRight ? rightColumns + 2 + margin : margin)
        drawCut(left, column: rect.column + margin, row: rect.row, limit: free, into: &canvas)
        if hasRight {
            painter.draw(
                right, column: rect.endColumn - margin - rightColumns, row: rect.row, limit: rightColumns,
                into: &canvas)
        }
        for (index, line) in layout.headRows.enumerated() where 1 + index < rect.rows {
            drawCut(
                line, column: rect.column + margin, row: rect.row + 1 + index, limit: rect.columns - margin,
                into: &canvas)
        }
        if let row = layout.tabRow { drawTabs(row: rect.row + row, margin: margin, position(to: bottom), &canvas) }
        if layout.hasRule {
            let rule = String(repeating: Glyphs.rule(ascii: isASCII), count: max(0, rect.columns - 2 * margin))
            canvas.write(
                rule, column: rect.column + margin, row: rect.row + layout.bodyRow - 1, style: theme[.rule],
                limit: rect.columns - 2 * margin)
        }
    }

    /// Draws a line and ends it with an ellipsis where it does not fit.
    private func drawCut(
        _ line: DisplayLine, column: Int, row: Int, limit: Int, into canvas: inout Canvas
    ) {
        let painter = LinePainter(theme: theme)
        if document.metrics.columns(of: line.text) <= limit {
            painter.draw(line, column: column, row: row, limit: limit, into: &canvas)
            return
        }
        let mark = document.metrics.columns(of: ellipsis)
        let used = painter.draw(line, column: column, row: row, limit: limit - mark, into: &canvas)
        canvas.write(ellipsis, column: column + used, row: row, style: theme[.dim], limit: limit - used)
    }

    // MARK: Tabs

    private func drawTabs(row: Int, margin: Int, _ position: String, _ canvas: inout Canvas) {
        let positionColumns = document.metrics.columns(of: position)
        let long = SpanTab.allCases.map { tabText($0, $0.title) }
        let medium = long.dropLast() + [tabText(.findings, Glyphs.finding(ascii: isASCII))]
        let short = SpanTab.allCases.dropLast().map { tabText($0, $0.shortTitle) } + medium.suffix(1)
        func width(_ texts: [String]) -> Int { texts.reduce(0) { $0 + document.metrics.columns(of: $1) + 2 } + margin }
        let room = rect.columns - positionColumns - 2 * margin
        var column = rect.column + margin
        if let texts = [long, Array(medium), short].first(where: { width($0) <= room }) {
            for tab in SpanTab.allCases {
                let style = theme[tab == state.tab ? .tabActive : .tab]
                column += canvas.write(texts[tab.rawValue], column: column, row: row, style: style)
                column += 2
            }
        } else {
            let text = "\(state.tab.rawValue + 1)/\(SpanTab.allCases.count) " + long[state.tab.rawValue]
            canvas.write(text, column: column, row: row, style: theme[.tabActive], limit: rect.columns - margin)
            column += text.utf8.count + 1
        }
        let start = rect.endColumn - margin - positionColumns
        if start >= column {
            canvas.write(position, column: start, row: row, style: theme[.dim], limit: positionColumns)
        }
    }

    private func tabText(_ tab: SpanTab, _ title: String) -> String {
        let span = document.detail.span
        switch tab {
        case .attributes: return "\(title) \(span.attributes.count)"
        case .events: return "\(title) \(span.events.count)"
        case .links: return "\(title) \(span.links.count)"
        case .findings: return "\(title) \(document.findings.count)"
        case .messages, .resource, .raw: return title
        }
    }

    /// What the last search came to, and which lines of how many are visible.
    private func position(to bottom: SpanPosition) -> String {
        let page = document.page(state.tab)
        let folds = state.page.folds
        let top = state.page.top
        let first = page.lines(before: top.block, folds)
        let last = page.lines(before: bottom.block, folds)
        let range = "\(first.before + top.line + 1)\(Glyphs.range(ascii: isASCII))\(last.before + bottom.line + 1)"
        let lines = "\(range) of \(first.total)"
        switch state.searchOutcome {
        case .notFound: return "not found  " + lines
        case .wrapped: return "search wrapped  " + lines
        case .found, nil: return lines
        }
    }
}
