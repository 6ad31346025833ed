import Canvas
import Tables

/// A cell of a list that is about to be drawn.
struct ListCell<Row> {
    /// The place of the row in the list.
    var index: Int
    var item: Row
    /// The name of the column.
    var column: String
    /// The text of the column.
    var text: String
    var isNumber: Bool
    var place: Rect
    var style: RowStyle
    /// The style of the column for the row.
    var own: Style
}

/// What a list does with a cell.
enum CellDrawing {
    /// The text of the column stands there in its own style, or in another one.
    case text(Style? = nil)
    /// The list has drawn the cell.
    case done
}

/// The columns of a list shared out over its width, a cell between each two.
struct ListColumns<Row> {
    private let columns: [(column: Column<Row>, place: Rect)]

    /// Columns in the widths that they ask for in a list of this size.
    init(_ all: [Column<Row>], in list: Rect) {
        let shown = all.inList().filter { ($0.list?.from ?? 0) <= list.columns }
        let widths = shown.map { $0.list?.width.cells(list.columns) ?? 0 }
        let fixed = widths.reduce(0) { $0 + $1 + 1 }
        let free = max(0, list.columns - 1 - fixed)
        var column = list.column + 1
        columns = zip(shown, widths).map { item, wanted in
            let width = max(0, min(wanted == 0 ? free : wanted, list.endColumn - column))
            defer { column += width + 1 }
            return (item, Rect(column: column, row: 0, columns: width, rows: 1))
        }
    }

    /// Columns with the widths given by their names; those without one are not shown.
    init(_ all: [Column<Row>], widths: [String: Int], from start: Int) {
        var column = start
        columns = all.inList().compactMap { item in
            guard let width = widths[item.name] else { return nil }
            defer { column += width + 1 }
            return (item, Rect(column: column, row: 0, columns: width, rows: 1))
        }
    }

    /// The columns that are shown, from the left, with their places on a row.
    func places(row: Int) -> [(column: Column<Row>, place: Rect)] {
        columns.map { column, place in (column, place.onRow(row)) }
    }

    /// The cells of a column on a row; empty where the column is not shown.
    func place(_ name: String, row: Int) -> Rect {
        columns.first { $0.column.name == name }?.place.onRow(row) ?? Rect(column: 0, row: row, columns: 0, rows: 1)
    }

    /// Draws a row; `draw` may style cells or draw them itself.
    func render(
        _ item: Row, index: Int, row: Int, style: RowStyle, words: CellText, into canvas: inout Canvas,
        draw: (ListCell<Row>, inout Canvas) -> CellDrawing
    ) {
        for (column, place) in places(row: row) where !place.isEmpty {
            let own = style[tone: column.list?.tone(item) ?? .plain]
            let cell = ListCell(
                index: index, item: item, column: column.name,
                text: column.listText(item, words, columns: place.columns), isNumber: column.figure.isNumber,
                place: place, style: style, own: own)
            guard case .text(let special) = draw(cell, &canvas) else { continue }
            canvas.write(cell.text, in: place, isNumber: cell.isNumber, style: special ?? own)
        }
    }

    func renderTitles(_ state: AppState, in rect: Rect, into canvas: inout Canvas) {
        guard !rect.isEmpty else { return }
        for (column, place) in places(row: rect.row) where !place.isEmpty {
            canvas.write(
                column.listTitle(ascii: state.isASCII), in: place, isNumber: column.figure.isNumber,
                style: state.theme[.dim])
        }
    }
}

extension Column {
    func listTitle(ascii: Bool) -> String { (ascii ? list?.asciiTitle : list?.title) ?? name }
}

extension Canvas {
    /// Writes a cell of a list: numbers end where it ends, other texts begin where it begins.
    mutating func write(_ text: String, in place: Rect, isNumber: Bool, style: Style) {
        if isNumber {
            write(text, endingAt: place.endColumn, row: place.row, style: style, limit: place.columns)
        } else {
            write(text, in: place, style: style)
        }
    }
}

extension Rect {
    fileprivate func onRow(_ row: Int) -> Rect { Rect(column: column, row: row, columns: columns, rows: 1) }
}

extension AppState {
    /// Cells as this screen words them.
    var words: CellText { CellText(time: LocalTime(timeZone), isASCII: isASCII) }
}

/// The styles of one row of a list: those of its roles, or that of the selection.
struct RowStyle {
    let theme: Theme
    let isSelected: Bool

    subscript(role: Role) -> Style { theme[isSelected ? .selection : role] }

    subscript(tone tone: CellTone) -> Style {
        tone == .strong ? self[.text].adding(.bold) : self[Role(tone)]
    }
}

extension Role {
    init(_ tone: CellTone) {
        self =
            switch tone {
            case .plain, .strong: .text
            case .dim: .dim
            case .error: .error
            case .warning: .warning
            case .finding: .finding
            case .agent: .agent
            case .model: .kindModel
            case .tool: .kindTool
            }
    }
}
