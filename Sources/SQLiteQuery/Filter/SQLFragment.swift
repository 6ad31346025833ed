import TraceQuery
import TraceStore

/// A piece of SQL with the values of its placeholders, in order.
struct SQLFragment {
    enum Value: Hashable {
        case integer(Int64)
        case text(String)
        case blob([UInt8])
    }

    var sql: String
    var values: [Value] = []

    init(_ sql: String, _ values: [Value] = []) {
        self.sql = sql
        self.values = values
    }

    static let always = SQLFragment("1")
    static let never = SQLFragment("0")

    /// Whether the condition holds without looking.
    var isAlways: Bool { sql == "1" }

    /// All of the conditions.
    static func all(_ parts: [SQLFragment]) -> SQLFragment {
        let parts = parts.filter { !$0.isAlways }
        if parts.isEmpty { return .always }
        return parts.count == 1 ? parts[0] : joined(parts, " AND ")
    }

    /// At least one of the conditions.
    static func any(_ parts: [SQLFragment]) -> SQLFragment {
        if parts.isEmpty { return .never }
        return parts.count == 1 ? parts[0] : joined(parts, " OR ")
    }

    private static func joined(_ parts: [SQLFragment], _ word: String) -> SQLFragment {
        SQLFragment("(" + parts.map(\.sql).joined(separator: word) + ")", parts.flatMap(\.values))
    }

    /// The condition's opposite; what is unknown counts as not so.
    var negated: SQLFragment { SQLFragment("(\(sql)) IS NOT TRUE", values) }

    static func + (a: SQLFragment, b: SQLFragment) -> SQLFragment {
        SQLFragment(a.sql + b.sql, a.values + b.values)
    }

    static func + (a: SQLFragment, b: String) -> SQLFragment {
        SQLFragment(a.sql + b, a.values)
    }

    static func + (a: String, b: SQLFragment) -> SQLFragment {
        SQLFragment(a + b.sql, b.values)
    }
}

extension ReadSession {
    /// The compiled statement of a fragment, with its values bound.
    func statement(_ fragment: SQLFragment) throws -> PreparedStatement {
        let statement = try statement(fragment.sql)
        for (index, value) in fragment.values.enumerated() {
            let place = Int32(index + 1)
            switch value {
            case .integer(let number): statement.bind(place, number)
            case .text(let text): statement.bind(place, text)
            case .blob(let bytes): statement.bind(blob: place, bytes)
            }
        }
        return statement
    }
}
