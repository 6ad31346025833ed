import Canvas

/// One of the two lists of the export dialog, with its chosen row always in sight.
struct ExportList {
    let state: AppState
    let label: String
    let isFocused: Bool
    let chosen: Int
    let count: Int
    let labelColumns: Int

    /// Draws the rows in sight; what stands in a row is drawn by the caller.
    func render(
        in rect: Rect, into canvas: inout Canvas,
        row paint: (_ index: Int, _ place: Rect, _ style: RowStyle, inout Canvas) -> Void
    ) {
        guard !rect.isEmpty else { return }
        let labels = Rect(column: 1, row: rect.row, columns: labelColumns - 1, rows: 1)
        canvas.write(label, in: labels, style: state.theme[isFocused ? .accent : .dim])
        if rect.rows < count {
            // Under the word where there is a second row, else beside it.
            let place = rect.rows > 1 ? labels : labels.splitLeft(label.count + 1).rest
            canvas.write(
                "\(chosen + 1)/\(count)", column: place.column, row: rect.row + (rect.rows > 1 ? 1 : 0),
                style: state.theme[.dim], limit: place.columns)
        }
        let first = ExportLayout.top(chosen: chosen, count: count, rows: rect.rows)
        for index in first..<min(count, first + rect.rows) {
            let row = rect.row + index - first
            let style = RowStyle(theme: state.theme, isSelected: isFocused && index == chosen)
            let start = 1 + labelColumns
            if style.isSelected {
                canvas.fill(
                    Rect(column: start - 1, row: row, columns: rect.columns - start, rows: 1),
                    style: state.theme[.selection])
            }
            if index == chosen {
                canvas.write(Glyphs.chosen(ascii: state.isASCII), column: start, row: row, style: style[.accent])
            }
            paint(
                index, Rect(column: start + 2, row: row, columns: rect.columns - start - 4, rows: 1), style, &canvas)
        }
    }
}
