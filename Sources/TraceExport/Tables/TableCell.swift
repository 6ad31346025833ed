import FastJSON

/// The value of one cell of an exported table.
enum TableCell {
    /// Unknown, which is neither 0 nor an empty text.
    case null
    case text(String)
    case integer(Int64)
    case real(Double)
    case flag(Bool)
    /// A nested value, which writes itself.
    case nested((inout JSONWriter) -> Void)

    init(_ text: String?) {
        self = text.map(TableCell.text) ?? .null
    }

    init(_ number: Int64?) {
        self = number.map(TableCell.integer) ?? .null
    }

    init(_ number: Int) {
        self = .integer(Int64(number))
    }

    init(_ number: Double?) {
        self = number.map(TableCell.real) ?? .null
    }

    func write(to json: inout JSONWriter) {
        switch self {
        case .null: json.null()
        case .text(let text): json.string(text)
        case .integer(let number): json.int(number)
        case .real(let number): json.double(number)
        case .flag(let flag): json.bool(flag)
        case .nested(let write): write(&json)
        }
    }
}

/// A column of an exported table; its name is a contract: never rename one.
struct ExportColumn<Row>: Sendable {
    let name: String
    let cell: @Sendable (Row) -> TableCell

    init(_ name: String, _ cell: @escaping @Sendable (Row) -> TableCell) {
        self.name = name
        self.cell = cell
    }
}
