import Canvas

/// Writes rows as aligned columns.
///
/// Widths come from the first page of rows, so that a list of any length is written as it comes.
struct TableWriter<Row> {
    private let columns: [TableColumn<Row>]
    private let limit: Int?
    private let safe: SafeLine
    private var shown: [(column: TableColumn<Row>, width: Int)]?

    private static var gap: String { "  " }

    init(_ columns: [TableColumn<Row>], presentation: Presentation) {
        self.columns = columns
        limit = presentation.isTerminal ? presentation.width : nil
        safe = SafeLine(metrics: presentation.metrics)
    }

    /// The lines of a page of rows; the first page brings the line of titles.
    mutating func lines(_ rows: [Row]) -> String {
        var text = ""
        let layout: [(column: TableColumn<Row>, width: Int)]
        if let shown {
            layout = shown
        } else {
            layout = self.layout(rows)
            shown = layout
            append(layout.map { ($0.column.title, $0.width, $0.column.alignment) }, to: &text)
        }
        for row in rows {
            append(layout.map { ($0.column.text(row), $0.width, $0.column.alignment) }, to: &text)
        }
        return text
    }

    private func append(
        _ cells: [(text: String, width: Int, alignment: TableColumn<Row>.Alignment)], to text: inout String
    ) {
        var line = ""
        var due = 0
        for (index, cell) in cells.enumerated() {
            if index > 0 { due += TableWriter.gap.count }
            let (shown, width) = safe.line(cell.text, width: limit == nil ? nil : cell.width)
            let fill = max(0, cell.width - width)
            if cell.alignment == .right { due += fill }
            if width > 0 {
                line += String(repeating: " ", count: due) + shown
                due = 0
            }
            if cell.alignment == .left { due += fill }
        }
        text += line + "\n"
    }

    private func layout(_ rows: [Row]) -> [(column: TableColumn<Row>, width: Int)] {
        var layout = columns.map { column in
            let widest = rows.reduce(safe.line(column.title).width) {
                max($0, safe.line(column.text($1), width: 400).width)
            }
            return (column: column, width: widest)
        }
        guard let limit else { return layout }
        func excess() -> Int {
            layout.reduce((layout.count - 1) * TableWriter.gap.count) { $0 + $1.width } - limit
        }
        while true {
            // The widest of those that may shrink gives first.
            while excess() > 0, let widest = widestShrinkable(layout) { layout[widest].width -= 1 }
            guard excess() > 0,
                let last = layout.indices.filter({ layout[$0].column.rank > 0 })
                    .max(by: { layout[$0].column.rank < layout[$1].column.rank })
            else { return layout }
            layout.remove(at: last)
        }
    }

    /// The widest of the columns that may still shrink.
    private func widestShrinkable(_ layout: [(column: TableColumn<Row>, width: Int)]) -> Int? {
        layout.indices
            .filter { index in layout[index].column.minimum.map { $0 < layout[index].width } ?? false }
            .max { layout[$0].width < layout[$1].width }
    }
}
