package import FastJSON

/// The value of one field of a row, on its way to a format.
package enum FieldValue {
    /// Unknown, which is neither 0 nor an empty text.
    case null
    case text(String)
    case integer(Int64)
    case real(Double)
    case flag(Bool)
    case texts([String])
    /// A nested value, which writes itself.
    case nested((inout JSONWriter) -> Void)

    package init(_ text: String?) {
        self = text.map(FieldValue.text) ?? .null
    }

    package init(_ number: Int64?) {
        self = number.map(FieldValue.integer) ?? .null
    }

    package init(_ number: Int) {
        self = .integer(Int64(number))
    }

    /// Writes the value as JSON.
    package func write(to json: inout JSONWriter) {
        switch self {
        case .null: json.null()
        case .text(let text): json.string(text)
        case .integer(let number): json.int(number)
        case .real(let number): json.double(number)
        case .flag(let flag): json.bool(flag)
        case .texts(let texts): json.list(texts) { $0.string($1) }
        case .nested(let write): write(&json)
        }
    }
}
