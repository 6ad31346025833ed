import Canvas

/// Draws the text of a stream as far as it has come.
struct StreamTextPainter {
    let state: AppState
    let window: StreamWindow
    let rect: Rect
    /// The end of the text takes the terminal's cursor.
    let showsCursor: Bool

    private var ascii: Bool { state.isASCII }

    func render(into canvas: inout Canvas) {
        guard var row = window.top() else {
            canvas.write(
                emptySentence, in: Rect(column: rect.column, row: rect.row, columns: rect.columns, rows: 1),
                style: state.theme[.dim])
            return
        }
        // While it plays the cursor marks the newest chunk: marks that move with every chunk would flicker, and cost
        // more bytes than the text.
        let isPlaying = state.stream?.isPlaying == true
        let newest = isPlaying ? 0..<0 : window.tape.newest(count: window.count)
        var line = rect.row
        var end = (column: rect.column + StreamLayout.gutter, row: line)
        while line < rect.endRow, window.rows.isShown(row, count: window.count, end: window.end) {
            let used = draw(row, line: line, newest: newest, into: &canvas)
            end = (min(rect.column + used, rect.endColumn - 1), line)
            line += 1
            guard let next = window.rows.row(after: row) else { break }
            row = next
        }
        let isWhole = window.count >= window.tape.chunkCount
        let isEndSeen = !window.rows.isShown(row, count: window.count, end: window.end) || line <= rect.endRow
        if showsCursor, !isWhole, isEndSeen, state.stream?.isFollowing == true { canvas.cursor = end }
    }

    /// Draws a row and returns the columns used.
    private func draw(_ row: StreamRow, line: Int, newest: Range<Int>, into canvas: inout Canvas) -> Int {
        let block = window.tape.blocks[row.block]
        let role = StreamTextPainter.role(block.voice)
        let style = state.theme[role]
        canvas.write(margin(block.voice), column: rect.column, row: line, style: style)
        if row.isLabel {
            let place = Rect(
                column: rect.column + StreamLayout.gutter, row: line, columns: rect.columns - StreamLayout.gutter,
                rows: 1)
            let label = canvas.write(block.label ?? "", in: place, style: style.adding(.bold))
            return StreamLayout.gutter + label
        }
        var column = rect.column + StreamLayout.gutter + row.indent
        let end = min(row.end, window.end)
        let split = max(row.start, min(end, newest.lowerBound))
        let stop = max(split, min(end, newest.upperBound))
        let pieces = [(row.start, split, style), (split, stop, state.theme[.streamNewest]), (stop, end, style)]
        for (from, to, style) in pieces where to > from {
            column += canvas.write(
                text(from, to), column: column, row: line, style: style, limit: rect.endColumn - column)
        }
        return column - rect.column
    }

    /// A stretch of a row as it is drawn: without its line end, tabs as blanks.
    private func text(_ from: Int, _ to: Int) -> String {
        let bytes = window.tape.bytes
        var end = to
        if end > from, bytes[end - 1] == 0x0A {
            end -= 1
            if end > from, bytes[end - 1] == 0x0D { end -= 1 }
        }
        let text = String(decoding: bytes[from..<end], as: UTF8.self)
        return text.utf8.contains(0x09) ? text.replacing("\t", with: "    ") : text
    }

    private var emptySentence: String {
        let tape = window.tape
        if tape.isEmpty { return "The stream has no chunk: it ended before anything came." }
        if window.count >= tape.chunkCount { return "No text came: its chunks carry neither text nor a call." }
        if state.stream?.isPlaying == true { return "Waiting for the first text " + Glyphs.more(ascii: ascii) }
        return tape.isTimed ? "Nothing has come yet. Space plays." : "Nothing is shown yet. A full stop shows a chunk."
    }

    static func role(_ voice: StreamBlock.Voice) -> Role {
        switch voice {
        case .text: .text
        case .reasoning: .streamReasoning
        case .refusal: .streamRefusal
        case .toolArguments: .streamTool
        }
    }

    /// The sign in the margin, which tells voices apart without colour.
    private func margin(_ voice: StreamBlock.Voice) -> String {
        switch voice {
        case .text: " "
        case .reasoning: ascii ? ":" : "┊"
        case .refusal: "!"
        case .toolArguments: ascii ? "#" : "▌"
        }
    }
}
