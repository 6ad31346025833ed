/// A value of structured text, as the comparison of two such texts reads it.
///
/// Numbers stay as they were written, so that no digit is lost.
package indirect enum DiffValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([DiffValue])
    case object([(key: String, value: DiffValue)])

    /// A value on one line of at most `width` characters; what does not fit is cut, with an ellipsis.
    ///
    /// Arrays and objects are told by their size.
    package func brief(width: Int) -> String {
        let text =
            switch self {
            case .null: "null"
            case .bool(let value): value ? "true" : "false"
            case .number(let digits): digits
            case .string(let value): "\"\(value)\""
            case .array(let items): items.isEmpty ? "[]" : "[\(items.count) items]"
            case .object(let members): members.isEmpty ? "{}" : "{\(members.count) members}"
            }
        return text.count <= width ? text : text.prefix(max(0, width - 1)) + "…"
    }

    /// Equal without changes between the two: the order of members does not matter.
    package static func == (a: DiffValue, b: DiffValue) -> Bool {
        DiffValue.changes(from: a, to: b, limit: 1).isEmpty
    }
}
