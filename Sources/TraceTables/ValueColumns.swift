import Basics
package import Tables
import TraceModel
package import TraceQuery

/// The columns of `spandrel facets`.
package enum FacetColumns {
    package static let all: [Column<FacetPage.Value>] = [
        Column("value", "a value of the field; null counts what has none") { $0.value }
            .inTable("value", 2, minimum: 20),
        Column("count", "spans with the value; with `--traces`, traces that have such a span") { $0.count }
            .inTable("count", 1),
    ]
}

/// The columns of `spandrel attributes`.
package enum AttributeColumns {
    package static let all: [Column<AttributeCardinality>] = [
        Column("key", "the attribute") { $0.key }.inTable("attribute", 3, minimum: 16),
        Column("spans", "spans that have it") { $0.spans }.inTable("spans", 2),
        Column(
            "distinct_values", "distinct values among the spans that were read", .number, type: "integer",
            nullable: false
        ) {
            TableCell(.integer(Int64($0.distinctValues)), $0.isLowerBound ? .atLeast : .stated)
        }.inTable("values", 1),
        Column("is_lower_bound", "true where not all spans were read: there may be more values") { $0.isLowerBound },
        Column("example", "one of the values") { $0.exampleValue }.inTable("example", 4, minimum: 12, rank: 1),
    ]
}

/// The columns of `spandrel models`.
package enum ModelColumns {
    package static let all: [Column<ModelAlias>] = [
        Column("requested", "the model asked for") { $0.requested }.inTable("requested", 1, minimum: 12),
        Column("resolved", "the model that answered; null where no answer says: unproven") { $0.resolved }
            .inTable("resolved", 2, minimum: 12) { alias, _ in alias.resolved ?? "unproven" },
        Column("calls", "model calls", .count) { $0.calls }.inTable("calls", 4),
        Column("first_unix_nano", "when it first answered to the name", .time) { $0.firstUnixNano }
            .inTable("first", 5, rank: 1),
        Column("last_unix_nano", "when it last did", .time) { $0.lastUnixNano }.inTable("last", 6, rank: 2),
        Column("first_trace_id", "the trace in which it first did", .id) { $0.firstTraceID.hex }
            .inTable("first trace", 7, rank: 3),
        Column("flip", "true where another model had answered to the same name before") { $0.isFlip }
            .inTable("flip", 3) { alias, _ in alias.isFlip ? "flip" : "" },
    ]
}

/// The columns of a statement's rows, named as the statement names them.
package enum SQLColumns {
    package static func columns(_ names: [String]) -> [Column<[SQLTable.Value]>] {
        // Two columns of one name would lose one of them in JSON.
        var counts: [String: Int] = [:]
        let unique = names.map { name in
            counts[name, default: 0] += 1
            let count = counts[name, default: 1]
            return count == 1 ? name : "\(name)#\(count)"
        }
        return unique.enumerated().map { index, name in
            Column(name, type: "any", nullable: true) { row in
                row.indices.contains(index) ? row[index].cell : TableCell.missing
            }.inTable(name, 1, minimum: 8)
        }
    }
}

extension SQLTable.Value {
    fileprivate var cell: TableCell {
        switch self {
        case .null: .null
        case .integer(let number): .integer(number)
        case .real(let number): .real(number)
        case .text(let text): .text(text)
        case .blob(let bytes): .text(Hex.text(bytes))
        }
    }
}
