package import Canvas

/// Draws the view on top; pure, and its cost depends on the rows in sight, not on the data behind them.
package enum Screens {
    package static func render(_ state: AppState) -> Canvas {
        var canvas = Canvas(size: state.size, metrics: state.metrics)
        let text = state.theme[.text]
        if text != .plain { canvas.fill(Rect(state.size), style: text) }
        let minimum = AppState.minimumSize
        guard state.size.columns >= minimum.columns, state.size.rows >= minimum.rows else {
            let message =
                "too small: \(state.size.columns)×\(state.size.rows), \(minimum.columns)×\(minimum.rows) needed"
            var row = 0
            for line in message.split(separator: " ") where row < state.size.rows {
                canvas.write(String(line), column: 0, row: row, style: text)
                row += 1
            }
            return canvas
        }
        ViewRecord.of(state.view).render(state, &canvas)
        Footer.render(state, into: &canvas)
        RedactedCells.mark(&canvas, theme: state.theme)
        return canvas
    }

    /// True while the view on top has nothing to show but that it reads.
    package static func isWaiting(_ state: AppState) -> Bool { ViewRecord.of(state.view).isWaiting(state) }
}

extension Canvas {
    /// Writes text so that it ends before a column; returns the column where it begins.
    @discardableResult
    mutating func write(_ text: String, endingAt end: Int, row: Int, style: Style, limit: Int = .max) -> Int {
        let width = min(metrics.width(of: text), limit)
        write(text, column: end - width, row: row, style: style, limit: width)
        return end - width
    }

    /// Writes text into a stretch of a row, with `…` where it is cut; returns the columns used.
    @discardableResult
    mutating func write(_ text: String, in rect: Rect, style: Style) -> Int {
        guard rect.columns > 0 else { return 0 }
        if text.utf8.count <= rect.columns || metrics.width(of: text) <= rect.columns {
            return write(text, column: rect.column, row: rect.row, style: style, limit: rect.columns)
        }
        let more = Glyphs.more(ascii: metrics.asciiOnly)
        let room = rect.columns - metrics.width(of: more)
        let used = room > 0 ? write(text, column: rect.column, row: rect.row, style: style, limit: room) : 0
        return used + write(more, column: rect.column + used, row: rect.row, style: style, limit: rect.columns - used)
    }
}
