import Canvas

/// Draws stretches of lines with the styles of their roles.
struct LinePainter {
    let theme: Theme
    /// Hits are drawn as such; nil without a search.
    var pattern: SpanPattern?

    /// Draws a byte range of a line and returns the columns used.
    @discardableResult
    func draw(
        _ line: DisplayLine, _ range: Range<Int>? = nil, hits: [Range<Int>] = [], column: Int, row: Int, limit: Int,
        into canvas: inout Canvas
    ) -> Int {
        let range = range ?? 0..<line.text.utf8.count
        let text = line.text
        var used = 0
        var run = line.runs.firstIndex { $0.end > range.lowerBound } ?? 0
        var hit = hits.firstIndex { $0.upperBound > range.lowerBound } ?? hits.count
        // Characters are never split: a piece grows while the style stays the same.
        var piece = ""
        var pieceStyle = Style.plain
        var offset = range.lowerBound
        let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
        let end = text.utf8.index(text.startIndex, offsetBy: range.upperBound)
        for character in text[start..<end] {
            if used >= limit { break }
            while run < line.runs.count - 1, line.runs[run].end <= offset { run += 1 }
            while hit < hits.count, hits[hit].upperBound <= offset { hit += 1 }
            var style = run < line.runs.count ? theme[line.runs[run].role] : theme[.text]
            if hit < hits.count, hits[hit].lowerBound <= offset { style = theme[.searchHit] }
            if style != pieceStyle, !piece.isEmpty {
                used += canvas.write(piece, column: column + used, row: row, style: pieceStyle, limit: limit - used)
                piece = ""
            }
            pieceStyle = style
            piece.append(character)
            offset += character.utf8.count
        }
        if !piece.isEmpty, used < limit {
            used += canvas.write(piece, column: column + used, row: row, style: pieceStyle, limit: limit - used)
        }
        return used
    }

    /// Draws a plain text and returns the columns used.
    @discardableResult
    func draw(
        _ text: String, _ role: Role, column: Int, row: Int, limit: Int, into canvas: inout Canvas
    ) -> Int {
        guard limit > 0 else { return 0 }
        guard let pattern, pattern.matches(text) else {
            return canvas.write(text, column: column, row: row, style: theme[role], limit: limit)
        }
        return draw(
            DisplayLine(text, role: role), hits: pattern.hits(in: text), column: column, row: row, limit: limit,
            into: &canvas)
    }
}
