import Canvas

extension SpanView {
    /// Draws the visible rows of the page and returns the last of them.
    func drawBody(_ walker: inout SpanWalker, _ canvas: inout Canvas) -> SpanPosition {
        var painter = LinePainter(theme: theme)
        painter.pattern = SpanPattern(state.pattern)
        var position: SpanPosition? = state.page.top
        var bottom = state.page.top
        for row in layout.bodyRow..<(layout.bodyRow + layout.bodyRows) {
            guard let current = position else { break }
            bottom = current
            drawRow(current, row: rect.row + row, painter, &walker, &canvas)
            if current == state.page.cursor, context.isFocused {
                drawCursor(row: rect.row + row, &canvas)
            }
            position = walker.next(current)
        }
        return bottom
    }

    /// The cursor line: the selection's look over the full width, hits still told apart.
    private func drawCursor(row: Int, _ canvas: inout Canvas) {
        let hit = theme[.searchHit]
        let selection = theme[.selection]
        canvas.restyle(Rect(column: rect.column, row: row, columns: rect.columns, rows: 1)) { style in
            style == hit ? selection.adding([.bold, .underline]) : selection
        }
    }

    private func drawRow(
        _ position: SpanPosition, row: Int, _ painter: LinePainter, _ walker: inout SpanWalker,
        _ canvas: inout Canvas
    ) {
        let block = walker.page.blocks[position.block]
        let geometry = walker.geometry
        let laid = walker.laid(position.block, position.line)
        if position.row == 0, let mark = foldMark(position, block, &walker) {
            canvas.write(mark, column: rect.column, row: row, style: theme[.dim], limit: geometry.margin)
        }
        if block.isRule {
            drawRule(block, row: row, geometry, painter, &canvas)
            return
        }
        if position.row < laid.gutter.count {
            let wrapped = laid.gutter[position.row]
            painter.draw(
                LongText.slice(block.gutter, wrapped.start..<wrapped.end), block.gutterRole,
                column: rect.column + geometry.margin + block.indent, row: row,
                limit: geometry.columns - geometry.margin - block.indent, into: &canvas)
            return
        }
        let textRow = position.row - laid.gutter.count
        let wrapped = laid.rows[textRow]
        if position.line == 0, textRow == 0, laid.gutter.isEmpty, !block.gutter.isEmpty {
            painter.draw(
                block.gutter, block.gutterRole, column: rect.column + geometry.margin + block.indent, row: row,
                limit: geometry.gutterColumns - block.indent, into: &canvas)
        }
        let (textColumn, textColumns) = geometry.text(block)
        var limit = textColumns - wrapped.indent
        if position.line == 0, textRow == 0 { limit -= drawNote(block, row: row, painter, walker, &canvas) }
        let marker = walker.isCut(position) ? walker.cutText(position) : ""
        let markerColumns = marker.isEmpty ? 0 : min(limit, document.metrics.columns(of: marker))
        let column = rect.column + textColumn + wrapped.indent
        let hits = painter.pattern?.hits(in: laid.display.text) ?? []
        let used = painter.draw(
            laid.display, wrapped.start..<wrapped.end, hits: hits, column: column, row: row,
            limit: limit - markerColumns, into: &canvas)
        if markerColumns > 0 {
            canvas.write(marker, column: column + used, row: row, style: theme[.dim], limit: limit - used)
        }
    }

    /// Draws a block's note at the right of its first row and returns the columns taken.
    private func drawNote(
        _ block: SpanBlock, row: Int, _ painter: LinePainter, _ walker: SpanWalker, _ canvas: inout Canvas
    ) -> Int {
        let columns = walker.noteColumns(block)
        guard columns > 0 else { return 0 }
        let end = rect.column + walker.geometry.textColumn + walker.geometry.textColumns
        painter.draw(block.note, block.noteRole, column: end - columns, row: row, limit: columns, into: &canvas)
        return columns + 2
    }

    private func drawRule(
        _ block: SpanBlock, row: Int, _ geometry: SpanGeometry, _ painter: LinePainter, _ canvas: inout Canvas
    ) {
        let column = rect.column + geometry.margin
        let limit = geometry.columns - 2 * geometry.margin
        var used = painter.draw(block.brief?.text ?? "", .dim, column: column, row: row, limit: limit, into: &canvas)
        used += 1
        if used < limit {
            let rule = String(repeating: Glyphs.rule(ascii: isASCII), count: limit - used)
            canvas.write(rule, column: column + used, row: row, style: theme[.rule], limit: limit - used)
        }
    }

    private func foldMark(_ position: SpanPosition, _ block: SpanBlock, _ walker: inout SpanWalker) -> String? {
        let (index, line) = (position.block, position.line)
        if line == 0, block.isFoldable, block.sectionEnd != nil || !walker.isOpen(index) || block.body?.outline == nil {
            return walker.isOpen(index) ? Glyphs.open(ascii: isASCII) : Glyphs.folded(ascii: isASCII)
        }
        guard case .json(let outline) = walker.shownBody(index), outline.entries[line].kind.opens else { return nil }
        return walker.isClosedContainer(index, line) ? Glyphs.folded(ascii: isASCII) : Glyphs.open(ascii: isASCII)
    }
}
