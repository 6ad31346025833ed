import Canvas

/// A column of a list over the open trace.
struct ListColumn {
    var title: String
    /// Cells; 0 takes what the others leave.
    var width: Int
    var isNumber = false
    /// The width of the list from which on the column is shown.
    var from = 0
}

/// Columns shared out over the width of a list, a cell between each two.
struct ListColumns {
    private let columns: [ListColumn]
    private let places: [Rect]

    init(_ columns: [ListColumn], in list: Rect) {
        self.columns = columns
        let shown = columns.map { $0.from <= list.columns }
        let isFlexible = zip(columns, shown).contains { $0.width == 0 && $1 }
        let fixed = zip(columns, shown).reduce(0) { $0 + ($1.1 ? $1.0.width + 1 : 0) }
        let free = max(0, list.columns - 1 - fixed)
        var column = list.column + 1
        var places: [Rect] = []
        for (index, item) in columns.enumerated() {
            guard shown[index] else {
                places.append(Rect(column: column, row: 0, columns: 0, rows: 1))
                continue
            }
            let wanted = item.width == 0 && isFlexible ? free : item.width
            let width = max(0, min(wanted, list.endColumn - column))
            places.append(Rect(column: column, row: 0, columns: width, rows: 1))
            column += width + 1
        }
        self.places = places
    }

    /// The cells of a column on a row; empty where the column is not shown.
    func place(_ index: Int, row: Int) -> Rect {
        var place = places[index]
        place.row = row
        return place
    }

    func write(_ text: String, _ index: Int, row: Int, style: Style, into canvas: inout Canvas) {
        let place = place(index, row: row)
        guard !place.isEmpty else { return }
        if columns[index].isNumber {
            canvas.write(text, endingAt: place.endColumn, row: row, style: style, limit: place.columns)
        } else {
            canvas.write(text, in: place, style: style)
        }
    }

    func renderTitles(_ state: AppState, in rect: Rect, into canvas: inout Canvas) {
        guard !rect.isEmpty else { return }
        for index in columns.indices {
            write(columns[index].title, index, row: rect.row, style: state.theme[.dim], into: &canvas)
        }
    }
}
