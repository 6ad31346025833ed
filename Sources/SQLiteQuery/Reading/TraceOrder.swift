import TraceQuery
import TraceStore

/// An order of the list of traces: a sorted column, then the key in the same direction; unknown values come last.
struct TraceOrder {
    let column: String
    let isNullable: Bool
    let isText: Bool
    let descending: Bool
    private let sort: TraceListRequest.SortKey

    init(_ sort: TraceListRequest.SortKey, descending: Bool) {
        self.sort = sort
        self.descending = descending
        isText = sort == .name
        switch sort {
        case .start: (column, isNullable) = ("start_ns", true)
        case .duration: (column, isNullable) = ("duration_ns", true)
        case .name: (column, isNullable) = ("name", true)
        case .spans: (column, isNullable) = ("span_count", false)
        case .errors: (column, isNullable) = ("error_count", false)
        case .tokens: (column, isNullable) = ("tokens_total", true)
        }
    }

    /// A stretch of the list that one index walk gives in order.
    enum Phase {
        /// Known values, from the start or after a position.
        case known(after: TracePosition?)
        /// Unknown values, from the start or after a key.
        case unknown(afterKey: Int64?)
    }

    /// The stretches that follow a position.
    func phases(after position: TracePosition?) -> [Phase] {
        switch position?.value {
        case nil where position == nil:
            isNullable ? [.known(after: nil), .unknown(afterKey: nil)] : [.known(after: nil)]
        case nil: [.unknown(afterKey: position?.key)]
        case .some: isNullable ? [.known(after: position), .unknown(afterKey: nil)] : [.known(after: position)]
        }
    }

    /// The statement of a stretch: the rows of summaries, and the sorted column behind them.
    func select(_ phase: Phase, from selection: TraceSelection, limit: Int) -> SQLFragment {
        let direction = descending ? "DESC" : "ASC"
        let comparison = descending ? "<" : ">"
        var conditions: [SQLFragment] = []
        let ordering: String
        switch phase {
        case .known(let position):
            if let position {
                conditions.append(
                    SQLFragment(
                        "(trace.\(column), trace.key) \(comparison) (?, ?)", [position.known, .integer(position.key)]))
            } else if isNullable {
                conditions.append(SQLFragment("trace.\(column) IS NOT NULL"))
            }
            ordering = "trace.\(column) \(direction), trace.key \(direction)"
        case .unknown(let key):
            conditions.append(SQLFragment("trace.\(column) IS NULL"))
            if let key { conditions.append(SQLFragment("trace.key \(comparison) ?", [.integer(key)])) }
            ordering = "trace.key \(direction)"
        }
        conditions.append(selection.condition)
        return "SELECT \(TraceListReader.columns), trace.\(column) FROM " + selection.source(order: sort.rawValue)
            + " WHERE " + .all(conditions) + " ORDER BY \(ordering) LIMIT \(limit)"
    }

    /// The position of the current row of a statement of `select`.
    func position(_ row: PreparedStatement) -> TracePosition {
        let key = row.int(0)
        if row.isNull(16) { return TracePosition(value: nil, key: key) }
        return TracePosition(value: isText ? .text(row.text(16) ?? "") : .integer(row.int(16)), key: key)
    }
}

/// A row of a sorted list of traces.
struct TracePosition: Equatable {
    enum Value: Equatable {
        case integer(Int64)
        case text(String)
    }

    /// The sorted value; nil where it is unknown.
    var value: Value?
    var key: Int64

    init(value: Value?, key: Int64) {
        self.value = value
        self.key = key
    }

    /// The sorted value as a parameter.
    var known: SQLFragment.Value {
        switch value {
        case .integer(let value): .integer(value)
        case .text(let text): .text(text)
        case nil: .integer(0)
        }
    }

    /// The position as one word.
    var cursor: PageCursor {
        switch value {
        case nil: PageCursor(text: "n.\(key)")
        case .integer(let value): PageCursor(text: "i.\(value).\(key)")
        case .text(let text):
            PageCursor(text: "t." + text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + ".\(key)")
        }
    }

    /// Reads the word that `cursor` gave in a list of the same order.
    init(_ cursor: PageCursor, in order: TraceOrder) throws(QueryError) {
        let fields = cursor.text.split(separator: ".", omittingEmptySubsequences: false)
        switch (fields.first, fields.count) {
        case ("n", 2):
            if let key = Int64(fields[1]), order.isNullable {
                self.init(value: nil, key: key)
                return
            }
        case ("i", 3):
            if let value = Int64(fields[1]), let key = Int64(fields[2]), !order.isText {
                self.init(value: .integer(value), key: key)
                return
            }
        case ("t", 3):
            if let text = Self.text(hex: fields[1]), let key = Int64(fields[2]), order.isText {
                self.init(value: .text(text), key: key)
                return
            }
        default:
            break
        }
        throw .backend(message: "'\(cursor.text.prefix(80))' is no position in this list")
    }

    private static func text(hex: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = hex
        while !rest.isEmpty {
            guard rest.utf8.count >= 2, let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
