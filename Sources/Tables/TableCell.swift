package import FastJSON

/// The value of one cell of a table, on its way to a screen, a table for people or a file.
///
/// What is not there, what is stated as null, what was withheld and 0 are different values; a figure that is a bound or
/// a conclusion says so.
package struct TableCell {
    package enum Value {
        /// Nobody recorded it.
        case missing
        /// The source itself says that there is none, as SQL's `NULL` does.
        case null
        /// It was recorded, and withheld.
        case redacted
        case text(String)
        case integer(Int64)
        case real(Double)
        case flag(Bool)
        case texts([String])
        /// A nested value, which writes itself.
        case nested((inout JSONWriter) -> Void)
    }

    /// How far a value can be taken at its word.
    package enum Standing {
        case stated
        /// An upper bound, `≤`.
        case atMost
        /// A lower bound, `≥`.
        case atLeast
        /// Concluded from other evidence, `~`.
        case inferred
    }

    package var value: Value
    package var standing: Standing

    package init(_ value: Value, _ standing: Standing = .stated) {
        self.value = value
        self.standing = standing
    }

    package static var missing: TableCell { TableCell(.missing) }
    package static var null: TableCell { TableCell(.null) }
    package static var redacted: TableCell { TableCell(.redacted) }
    package static func text(_ text: String) -> TableCell { TableCell(.text(text)) }
    package static func integer(_ number: Int64) -> TableCell { TableCell(.integer(number)) }
    package static func real(_ number: Double) -> TableCell { TableCell(.real(number)) }
    package static func texts(_ texts: [String]) -> TableCell { TableCell(.texts(texts)) }

    package static func nested(_ write: @escaping (inout JSONWriter) -> Void) -> TableCell {
        TableCell(.nested(write))
    }

    /// The same value with its bound, or as a conclusion.
    package func standing(_ standing: Standing) -> TableCell { TableCell(value, standing) }

    /// Writes the value as JSON; what is unknown is null, whatever the reason.
    package func write(to json: inout JSONWriter) {
        switch value {
        case .missing, .null, .redacted: json.null()
        case .text(let text): json.string(text)
        case .integer(let number): json.int(number)
        case .real(let number): json.double(number)
        case .flag(let flag): json.bool(flag)
        case .texts(let texts): json.list(texts) { $0.string($1) }
        case .nested(let write): write(&json)
        }
    }
}

/// A value that columns take as it stands.
///
/// Optional values may be missing; the documentation of the column then says "or null".
package protocol CellConvertible: SendableMetatype {
    /// The JSON type, such as `string` or `integer`.
    static var jsonType: String { get }
    static var isNullable: Bool { get }
    /// What the value is where a column does not say.
    static var figure: CellFigure { get }
    var cell: TableCell { get }
}

extension CellConvertible {
    package static var isNullable: Bool { false }
}

extension String: CellConvertible {
    package static var jsonType: String { "string" }
    package static var figure: CellFigure { .text }
    package var cell: TableCell { .text(self) }
}

extension CellConvertible where Self: FixedWidthInteger {
    package static var jsonType: String { "integer" }
    package static var figure: CellFigure { .number }
    package var cell: TableCell { .integer(Int64(clamping: self)) }
}

extension Int: CellConvertible {}
extension Int32: CellConvertible {}
extension Int64: CellConvertible {}

extension Double: CellConvertible {
    package static var jsonType: String { "number" }
    package static var figure: CellFigure { .number }
    package var cell: TableCell { .real(self) }
}

extension Bool: CellConvertible {
    package static var jsonType: String { "boolean" }
    package static var figure: CellFigure { .text }
    package var cell: TableCell { TableCell(.flag(self)) }
}

extension [String]: CellConvertible {
    package static var jsonType: String { "string[]" }
    package static var figure: CellFigure { .list }
    package var cell: TableCell { .texts(self) }
}

extension Optional: CellConvertible where Wrapped: CellConvertible {
    package static var jsonType: String { Wrapped.jsonType }
    package static var isNullable: Bool { true }
    package static var figure: CellFigure { Wrapped.figure }
    package var cell: TableCell { map(\.cell) ?? .missing }
}

extension TableCell: CellConvertible {
    package static var jsonType: String { "object" }
    package static var figure: CellFigure { .text }
    package var cell: TableCell { self }
}
