import Canvas

extension SpanWalker {
    /// Texts longer than this are not wrapped to count their rows.
    private static let countedBytes = 8192

    /// What the last row of a text that goes on says about the rest.
    mutating func cutText(_ position: SpanPosition) -> String {
        let ellipsis = Glyphs.more(ascii: metrics.asciiOnly)
        guard let (group, _) = clippable(position.block, position.line) else { return ellipsis }
        let shownRows = position.row + 1
        guard bytes(position.block, group) > Self.countedBytes else {
            var rows = laid(position.block, position.line).count - shownRows
            for line in (position.line + 1)..<max(position.line + 1, group.upperBound) {
                rows += laid(position.block, line).count
            }
            return " \(ellipsis) \(rows) more \(rows == 1 ? "line" : "lines"), Enter"
        }
        let lines = group.upperBound - position.line - 1
        let left = Figures.bytes(Int64(bytesLeft(position, group)))
        if case .text = shownBody(position.block), lines > 0 {
            return " \(ellipsis) \(lines) more \(lines == 1 ? "line" : "lines"), \(left), Enter"
        }
        return " \(ellipsis) \(left) more, Enter"
    }

    private func bytes(_ block: Int, _ group: Range<Int>) -> Int {
        switch shownBody(block) {
        case .text(let lines): lines.text.utf8.count
        case .json(let outline): outline.valueRange(of: group.lowerBound).count
        case nil: 0
        }
    }

    /// Bytes of the text after a row.
    private mutating func bytesLeft(_ position: SpanPosition, _ group: Range<Int>) -> Int {
        let laid = laid(position.block, position.line)
        let row = position.row - laid.gutter.count
        let rest = row >= 0 && row < laid.rows.count ? laid.display.text.utf8.count - laid.rows[row].end : 0
        switch shownBody(position.block) {
        case .text(let lines): return lines.text.utf8.count - lines.range(of: position.line).upperBound + rest
        case .json(let outline):
            let end = outline.valueRange(of: group.lowerBound).upperBound
            let next = position.line + 1 < group.upperBound ? Int(outline.entries[position.line + 1].value) : end
            return end - next + rest
        case nil: return rest
        }
    }
}
