package import Canvas

/// Writes rows as aligned columns for people.
///
/// Widths come from the first page of rows, so that a list of any length is written as it comes.
package struct PlainTable<Row> {
    private typealias Placed = (column: Column<Row>, title: String, width: Int)

    private let columns: [Column<Row>]
    private let words: CellText
    private let limit: Int?
    private let safe: SafeLine
    private var shown: [Placed]?

    private static var gap: Int { 2 }

    /// A table that fits so many columns of a terminal; nil has no limit.
    package init(_ columns: [Column<Row>], words: CellText, width limit: Int?, metrics: TextMetrics) {
        self.columns = columns.inTable()
        self.words = words
        self.limit = limit
        safe = SafeLine(metrics: metrics)
    }

    /// The lines of a page of rows; the first page brings the line of titles.
    package mutating func lines(_ rows: [Row]) -> String {
        var text = ""
        let layout: [Placed]
        if let shown {
            layout = shown
        } else {
            layout = self.layout(rows)
            shown = layout
            append(layout.map { ($0.title, $0.width, $0.column.figure.isNumber) }, to: &text)
        }
        for row in rows {
            append(
                layout.map { ($0.column.tableText(row, words), $0.width, $0.column.figure.isNumber) }, to: &text)
        }
        return text
    }

    private func append(_ cells: [(text: String, width: Int, isNumber: Bool)], to text: inout String) {
        var line = ""
        var due = 0
        for (index, cell) in cells.enumerated() {
            if index > 0 { due += Self.gap }
            let (shown, width) = safe.line(cell.text, width: limit == nil ? nil : cell.width)
            let fill = max(0, cell.width - width)
            if cell.isNumber { due += fill }
            if width > 0 {
                line += String(repeating: " ", count: due) + shown
                due = 0
            }
            if !cell.isNumber { due += fill }
        }
        text += line + "\n"
    }

    private func layout(_ rows: [Row]) -> [Placed] {
        var layout: [Placed] = columns.map { column in
            let title = column.table?.title ?? column.name
            let widest = rows.reduce(safe.line(title).width) {
                max($0, safe.line(column.tableText($1, words), width: 400).width)
            }
            return (column, title, widest)
        }
        guard let limit else { return layout }
        func excess() -> Int { layout.reduce((layout.count - 1) * Self.gap) { $0 + $1.width } - limit }
        func rank(_ index: Int) -> Int { layout[index].column.table?.rank ?? 0 }
        while true {
            // The widest of those that may shrink gives first.
            while excess() > 0, let widest = widestShrinkable(layout) { layout[widest].width -= 1 }
            guard excess() > 0,
                let last = layout.indices.filter({ rank($0) > 0 }).max(by: { rank($0) < rank($1) })
            else { return layout }
            layout.remove(at: last)
        }
    }

    /// The widest of the columns that may still shrink.
    private func widestShrinkable(_ layout: [Placed]) -> Int? {
        layout.indices
            .filter { index in layout[index].column.table?.minimum.map { $0 < layout[index].width } ?? false }
            .max { layout[$0].width < layout[$1].width }
    }
}
