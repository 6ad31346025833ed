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
        self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
        self.metrics = metrics
        cells = Array(repeating: .blank, count: self.size.columns * self.size.rows)
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
        let end = limit < size.columns - column ? column + limit : size.columns
        let start = row * size.columns
        let columns = size.columns
        var position = column
        cells.withUnsafeMutableBufferPointer { cells in
            let line = UnsafeMutableBufferPointer(rebasing: cells[start..<start + columns])
            metrics.forEachCluster(of: text) { cluster, width in
                if position + width > end { return false }
                if position >= 0 {
                    Self.put(cluster, width: width, style: style, at: position, in: line)
                } else if position + width > 0 {
                    // The right half of a wide cluster that begins left of the grid.
                    Self.put(" ", width: 1, style: style, at: 0, in: line)
                }
                position += width
                return true
            }
        }
        return max(0, position - column)
    }

    /// Fills a rectangle with blanks of a style.
    package mutating func fill(_ rect: Rect, style: Style) {
        let blank = Cell(text: " ", style: style, width: 1)
        forEachLine(of: rect) { line, columns in
            Self.breakWide(at: columns.lowerBound, in: line)
            Self.breakWide(at: columns.upperBound - 1, in: line)
            for column in columns { line[column] = blank }
        }
    }

    /// Changes the style of cells and keeps their text.
    package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
        forEachLine(of: rect) { line, columns in
            for column in columns { line[column].style = change(line[column].style) }
        }
    }

    /// Visits the rows of a rectangle's part inside the grid, unless that is empty.
    private mutating func forEachLine(of rect: Rect, _ visit: (UnsafeMutableBufferPointer<Cell>, Range<Int>) -> Void) {
        let columns = size.columns
        let first = max(0, rect.column)
        let last = min(columns, rect.endColumn)
        let top = max(0, rect.row)
        let bottom = min(size.rows, rect.endRow)
        guard first < last, top < bottom else { return }
        cells.withUnsafeMutableBufferPointer { cells in
            for row in top..<bottom {
                let start = row * columns
                visit(UnsafeMutableBufferPointer(rebasing: cells[start..<start + columns]), first..<last)
            }
        }
    }

    @inline(__always)
    private static func put(
        _ text: String, width: Int, style: Style, at column: Int, in line: UnsafeMutableBufferPointer<Cell>
    ) {
        if line[column].width != 1 { breakWide(at: column, in: line) }
        if width == 2 {
            if line[column + 1].width != 1 { breakWide(at: column + 1, in: line) }
            line[column + 1] = Cell(text: "", style: style, width: 0)
        }
        line[column] = Cell(text: text, style: style, width: UInt8(width))
    }

    /// Blanks both halves of the wide character of which a column holds one.
    private static func breakWide(at column: Int, in line: UnsafeMutableBufferPointer<Cell>) {
        let left = line[column].width == 0 ? column - 1 : column
        guard left >= 0, line[left].width == 2 else { return }
        for half in left..<min(left + 2, line.count) {
            line[half] = Cell(text: " ", style: line[half].style, width: 1)
        }
    }
}
