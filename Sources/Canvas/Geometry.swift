/// A size in terminal cells.
public struct Size: Hashable, Sendable {
    public var columns: Int
    public var rows: Int

    public init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }
}

/// A rectangle of terminal cells; column 0, row 0 is the upper left.
public struct Rect: Hashable, Sendable {
    public var column: Int
    public var row: Int
    public var columns: Int
    public var rows: Int

    public init(column: Int, row: Int, columns: Int, rows: Int) {
        self.column = column
        self.row = row
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }

    public init(_ size: Size) {
        self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
    }

    /// The column after the last.
    public var endColumn: Int { column + columns }
    /// The row after the last.
    public var endRow: Int { row + rows }
    public var isEmpty: Bool { columns == 0 || rows == 0 }

    /// The upper part with at most `count` rows, and what remains below it.
    public func splitTop(_ count: Int) -> (top: Rect, rest: Rect) {
        let n = min(max(0, count), rows)
        return (
            Rect(column: column, row: row, columns: columns, rows: n),
            Rect(column: column, row: row + n, columns: columns, rows: rows - n)
        )
    }

    /// The lower part with at most `count` rows, and what remains above it.
    public func splitBottom(_ count: Int) -> (rest: Rect, bottom: Rect) {
        let n = min(max(0, count), rows)
        let (rest, bottom) = splitTop(rows - n)
        return (rest, bottom)
    }

    /// The left part with at most `count` columns, and what remains to its right.
    public func splitLeft(_ count: Int) -> (left: Rect, rest: Rect) {
        let n = min(max(0, count), columns)
        return (
            Rect(column: column, row: row, columns: n, rows: rows),
            Rect(column: column + n, row: row, columns: columns - n, rows: rows)
        )
    }
}
