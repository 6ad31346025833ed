/// A size in terminal cells.
package struct Size: Hashable, Sendable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }
}

/// A rectangle of terminal cells; column 0, row 0 is the upper left.
package struct Rect: Hashable, Sendable {
    package var column: Int
    package var row: Int
    package var columns: Int
    package var rows: Int

    package init(column: Int, row: Int, columns: Int, rows: Int) {
        self.column = column
        self.row = row
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }

    package init(_ size: Size) {
        self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
    }

    /// The column after the last.
    package var endColumn: Int { column + columns }
    /// The row after the last.
    package var endRow: Int { row + rows }
    package var isEmpty: Bool { columns == 0 || rows == 0 }

    /// The upper part with at most `count` rows, and what remains below it.
    package func splitTop(_ count: Int) -> (top: Rect, rest: Rect) {
        let n = min(max(0, count), rows)
        return (
            Rect(column: column, row: row, columns: columns, rows: n),
            Rect(column: column, row: row + n, columns: columns, rows: rows - n)
        )
    }

    /// The lower part with at most `count` rows, and what remains above it.
    package func splitBottom(_ count: Int) -> (rest: Rect, bottom: Rect) {
        let (rest, bottom) = splitTop(rows - min(max(0, count), rows))
        return (rest, bottom)
    }

    /// The left part with at most `count` columns, and what remains to its right.
    package func splitLeft(_ count: Int) -> (left: Rect, rest: Rect) {
        let n = min(max(0, count), columns)
        return (
            Rect(column: column, row: row, columns: n, rows: rows),
            Rect(column: column + n, row: row, columns: columns - n, rows: rows)
        )
    }
}
