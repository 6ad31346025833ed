extension SpanWalker {
    /// The position some rows below (or above, below 0), stopping at the ends of the page.
    mutating func moved(_ position: SpanPosition, by rows: Int) -> SpanPosition {
        var position = position
        var left = rows
        while left != 0, let step = left > 0 ? next(position) : previous(position) {
            position = step
            left += left > 0 ? -1 : 1
        }
        return position
    }

    /// The last row of the page.
    mutating func end() -> SpanPosition {
        let last = page.blocks.count - 1
        if let header = page.blocks[last].section, !isOpen(header) { return lastRow(of: header) }
        return lastRow(of: last)
    }

    /// The top itself, or one further up where the page ends before the view does.
    mutating func filling(from top: SpanPosition, height: Int) -> SpanPosition {
        var position = top
        for _ in 1..<max(1, height) {
            guard let step = next(position) else { return moved(position, by: 1 - height) }
            position = step
        }
        return top
    }

    /// The rows from one position down to another; nil where there are `limit` or more.
    mutating func rows(from start: SpanPosition, to end: SpanPosition, limit: Int) -> Int? {
        var position = start
        var rows = 0
        while position < end {
            rows += 1
            guard rows < limit, let step = next(position) else { return nil }
            position = step
        }
        return rows
    }

    /// The position itself, or the nearest of the rows that are visible from a top.
    mutating func clamped(_ position: SpanPosition, from top: SpanPosition, height: Int) -> SpanPosition {
        if position < top { return top }
        return rows(from: top, to: position, limit: height) == nil ? moved(top, by: height - 1) : position
    }

    /// True when a text has more rows than are shown before the user asks for all.
    mutating func isLongerThanClip(_ block: Int, _ group: Range<Int>) -> Bool {
        var left = clipRows(block)
        for line in group {
            left -= laid(block, line).rows.count
            if left < 0 { return true }
        }
        return false
    }
}
