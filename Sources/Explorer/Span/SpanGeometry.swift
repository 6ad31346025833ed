import Canvas

/// Where the columns of a page stand at a width.
struct SpanGeometry: Equatable, Sendable {
    /// The most columns of running text: longer rows are hard to read.
    private static let proseColumns = 120

    let columns: Int
    /// Fold marks stand in column 0; gutters start here.
    let margin: Int
    let gutterColumns: Int
    /// Gutters stand on rows of their own.
    let isStacked: Bool
    let textColumn: Int
    let textColumns: Int

    /// Where the text of a block starts, and its columns.
    func text(_ block: SpanBlock) -> (column: Int, columns: Int) {
        block.isWide ? (margin, max(1, textColumns + textColumn - margin)) : (textColumn, textColumns)
    }

    init(page: SpanPage, columns: Int) {
        self.columns = columns
        margin = columns < 30 ? 1 : 2
        // As wide as the widest gutter that leaves room for the text; wider ones stand above their text.
        let gutter = page.gutterWidths.last { $0 <= columns * 2 / 5 } ?? 0
        isStacked = !page.gutterWidths.isEmpty && (columns < 48 || gutter == 0)
        if isStacked {
            gutterColumns = 0
            textColumn = margin + (columns < 30 ? 1 : 2)
        } else {
            gutterColumns = gutter
            textColumn = margin + (gutter > 0 ? gutter + 2 : 0)
        }
        let free = max(1, columns - textColumn - (columns < 30 ? 0 : 1))
        textColumns = page.tab == .messages ? min(free, Self.proseColumns) : free
    }
}
