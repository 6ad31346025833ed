/// A grid of cells that screens draw on; it knows no terminal.
///
/// Text that is written becomes safe on the way: control characters, escape sequences, bidirectional overrides and
/// the like appear as visible stand-ins, see `SafeText`. Writing outside the grid is cut, never an error, and no cell
/// ever holds half a wide character.
package struct Canvas: Equatable, Sendable {
    package let size: Size
    package private(set) var cells: [Cell]
    /// Where the terminal's cursor stands; nil hides it.
    package var cursor: (column: Int, row: Int)?
    /// How clusters are measured and reduced on this terminal.
    package let metrics: TextMetrics

    package init(size: Size, metrics: TextMetrics = TextMetrics()) {
        self.size = size
        self.metrics = metrics
        cells = Array(repeating: .blank, count: max(0, size.columns) * max(0, size.rows))
    }

    package static func == (a: Canvas, b: Canvas) -> Bool {
        a.size == b.size && a.cells == b.cells && a.cursor?.column == b.cursor?.column
            && a.cursor?.row == b.cursor?.row
    }

    package subscript(column: Int, row: Int) -> Cell {
        cells[row * size.columns + column]
    }

    /// Writes text from a column on, cut at `limit` columns (at the right edge without one); returns the columns used.
    @discardableResult
    package mutating func write(
        _ text: String, column: Int, row: Int, style: Style = .plain, limit: Int = .max
    ) -> Int {
        guard row >= 0, row < size.rows, column < size.columns, limit > 0 else { return 0 }
        let end = min(size.columns, limit >= size.columns ? size.columns : column + limit)
        var position = column
        for cluster in metrics.clusters(of: text) {
            if position + cluster.width > end { break }
            if position >= 0 { set(column: position, row: row, text: cluster.text, width: cluster.width, style: style) }
            position += cluster.width
        }
        return max(0, position - column)
    }

    /// Fills a rectangle with blanks of a style.
    package mutating func fill(_ rect: Rect, style: Style) {
        for row in max(0, rect.row)..<max(0, min(size.rows, rect.endRow), rect.row) {
            for column in max(0, rect.column)..<max(0, min(size.columns, rect.endColumn), rect.column) {
                set(column: column, row: row, text: " ", width: 1, style: style)
            }
        }
    }

    /// Changes the style of cells and keeps their text.
    package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
        for row in max(0, rect.row)..<max(0, min(size.rows, rect.endRow), rect.row) {
            for column in max(0, rect.column)..<max(0, min(size.columns, rect.endColumn), rect.column) {
                let index = row * size.columns + column
                cells[index].style = change(cells[index].style)
            }
        }
    }

    private mutating func set(column: Int, row: Int, text: String, width: Int, style: Style) {
        let index = row * size.columns + column
        breakWide(column: column, row: row)
        if width == 2 { breakWide(column: column + 1, row: row) }
        cells[index] = Cell(text: text, style: style, width: UInt8(width))
        if width == 2 { cells[index + 1] = Cell(text: "", style: style, width: 0) }
    }

    /// Blanks the other half of a wide character that is about to lose one.
    private mutating func breakWide(column: Int, row: Int) {
        let index = row * size.columns + column
        if cells[index].width == 0, column > 0 {
            cells[index - 1] = Cell(text: " ", style: cells[index - 1].style, width: 1)
        } else if cells[index].width == 2, column + 1 < size.columns {
            cells[index + 1] = Cell(text: " ", style: cells[index + 1].style, width: 1)
        }
    }
}
