/// What a figure counts, which decides its alignment and how people read it.
package enum CellFigure: Sendable {
    case text
    /// An id, cut to as many digits as tell it from the others.
    case id
    /// A number as it stands.
    case number
    /// A count in three digits.
    case count
    /// Nanoseconds.
    case duration
    /// Nanoseconds since the Unix epoch.
    case time
    case bytes
    /// The first of several names, and how many more there are.
    case list

    package var isNumber: Bool {
        switch self {
        case .number, .count, .duration, .bytes: true
        case .text, .id, .time, .list: false
        }
    }
}

/// What a cell says beside its value; a screen has a style for each.
package enum CellTone: Sendable {
    case plain, dim, strong, error, warning, finding, agent, model, tool
}

/// A column of a table: its value for files, and its looks in tables for people and in the lists of the screen.
///
/// A kind of row has one table of columns. Headless output, exports and screens take from it what they show, so that a
/// new column is one entry.
package struct Column<Row>: Sendable {
    /// The key in JSON and the name in the first line of CSV: a contract, never rename one.
    ///
    /// A column that only people see has a name too, unique in its table.
    package let name: String
    /// The JSON type, such as `string` or `integer`.
    package let type: String
    /// True where the value may be unknown, which is `null`.
    package let isNullable: Bool
    /// One line of documentation.
    package let help: String
    package let figure: CellFigure
    package let cell: @Sendable (Row) -> TableCell
    /// Its looks in tables for people; nil where they do not show it.
    package private(set) var table: TablePlace?
    /// Its looks in the lists of the screen; nil where they do not show it.
    package private(set) var list: ListPlace?
    /// False for what files do not have.
    package let isInFiles: Bool

    /// How tables for people show a column.
    package struct TablePlace: Sendable {
        package var title: String
        /// Its place among the others, from the left; those of one place follow in the order of their entries.
        package var order: Int
        /// The width down to which the column may shrink; nil for one that keeps its width.
        package var minimum: Int?
        /// Where the terminal is too narrow, columns with the highest rank go first; rank 0 stays.
        package var rank: Int
        var text: (@Sendable (Row, CellText) -> String)?
    }

    /// How the lists of the screen show a column.
    package struct ListPlace: Sendable {
        package var title: String
        /// The title on terminals that show ASCII only.
        package var asciiTitle: String
        package var order: Int
        package var width: ListWidth
        /// The width of the list from which on the column is shown.
        package var from: Int
        /// Where columns are given room by need, the most needed first, its turn; nil for one that always has room.
        package var need: Int?
        package var tone: @Sendable (Row) -> CellTone
        var text: (@Sendable (Row, CellText) -> String)?
    }

    /// A column of files, and of people where it is given a place.
    ///
    /// - Parameters:
    ///   - figure: what the value counts; its type says so where nothing is given.
    ///   - type: the JSON type for the documentation, where that of the value says too little.
    package init<Value: CellConvertible>(
        _ name: String, _ help: String = "", _ figure: CellFigure? = nil, type: String? = nil, nullable: Bool? = nil,
        value: @escaping @Sendable (Row) -> Value
    ) {
        self.init(
            name: name, type: type ?? Value.jsonType, isNullable: nullable ?? Value.isNullable, help: help,
            figure: figure ?? Value.figure, isInFiles: true, cell: { value($0).cell })
    }

    /// A column that only people see, composed or drawn where it is shown.
    package static func shown(_ name: String, _ figure: CellFigure = .text) -> Column {
        shown(name, figure) { _ in TableCell.missing }
    }

    /// A sign before the row, which the screen draws.
    package static var mark: Column { shown("mark").inList("", 0, width: 1) }

    /// A column that only people see.
    package static func shown<Value: CellConvertible>(
        _ name: String, _ figure: CellFigure? = nil, value: @escaping @Sendable (Row) -> Value
    ) -> Column {
        Column(
            name: name, type: Value.jsonType, isNullable: Value.isNullable, help: "", figure: figure ?? Value.figure,
            isInFiles: false, cell: { value($0).cell })
    }

    private init(
        name: String, type: String, isNullable: Bool, help: String, figure: CellFigure, isInFiles: Bool,
        cell: @escaping @Sendable (Row) -> TableCell
    ) {
        self.name = name
        self.type = type
        self.isNullable = isNullable
        self.help = help
        self.figure = figure
        self.isInFiles = isInFiles
        self.cell = cell
    }

    /// The column with a place in tables for people.
    package func inTable(
        _ title: String, _ order: Int, minimum: Int? = nil, rank: Int = 0,
        text: (@Sendable (Row, CellText) -> String)? = nil
    ) -> Column {
        var column = self
        column.table = TablePlace(title: title, order: order, minimum: minimum, rank: rank, text: text)
        return column
    }

    /// The column with a place in the lists of the screen.
    package func inList(
        _ title: String, _ order: Int, width: ListWidth, from: Int = 0, ascii: String? = nil,
        tone: @escaping @Sendable (Row) -> CellTone = { _ in .plain }, need: Int? = nil,
        text: (@Sendable (Row, CellText) -> String)? = nil
    ) -> Column {
        var column = self
        column.list = ListPlace(
            title: title, asciiTitle: ascii ?? title, order: order, width: width, from: from, need: need, tone: tone,
            text: text)
        return column
    }

    /// The same column for rows that hold such a row.
    package func on<Other>(_ row: @escaping @Sendable (Other) -> Row) -> Column<Other> {
        Column<Other>(
            name: name, type: type, isNullable: isNullable, help: help, figure: figure, isInFiles: isInFiles,
            cell: { [cell] in cell(row($0)) })
    }

    /// The cell as tables for people show it.
    package func tableText(_ row: Row, _ words: CellText) -> String {
        table?.text?(row, words) ?? words.text(cell(row), figure)
    }

    /// The cell as lists of the screen show it.
    package func listText(_ row: Row, _ words: CellText, columns: Int? = nil) -> String {
        list?.text?(row, words) ?? words.text(cell(row), figure, columns: columns)
    }
}

extension Array {
    /// The columns that files have.
    package func inFiles<Row>() -> [Column<Row>] where Element == Column<Row> { filter(\.isInFiles) }

    /// The columns of tables for people, from the left.
    package func inTable<Row>() -> [Column<Row>] where Element == Column<Row> { ordered { $0.table?.order } }

    /// The columns of the lists of the screen, from the left.
    package func inList<Row>() -> [Column<Row>] where Element == Column<Row> { ordered { $0.list?.order } }

    private func ordered(_ order: (Element) -> Int?) -> [Element] {
        enumerated().compactMap { place, column in order(column).map { (order: $0, place: place, column: column) } }
            .sorted { ($0.order, $0.place) < ($1.order, $1.place) }.map(\.column)
    }
}

/// The width of a column of a list on the screen, in cells; 0 takes what the other columns leave.
package struct ListWidth: ExpressibleByIntegerLiteral, Sendable {
    /// The width for a list of so many cells.
    package let cells: @Sendable (_ list: Int) -> Int

    package init(_ cells: @escaping @Sendable (_ list: Int) -> Int) {
        self.cells = cells
    }

    package init(integerLiteral cells: Int) {
        self.cells = { _ in cells }
    }

    /// One width for lists of at least so many cells, another for narrower ones.
    package static func from(_ list: Int, _ wide: Int, else narrow: Int) -> ListWidth {
        ListWidth { $0 >= list ? wide : narrow }
    }
}
