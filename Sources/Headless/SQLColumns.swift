import Basics
import Canvas
import TraceQuery

/// The columns of a statement's rows, named as the statement names them.
struct SQLColumns {
    let all: [Column<[SQLTable.Value]>]
    let table: [TableColumn<[SQLTable.Value]>]

    init(_ names: [String]) {
        // Two columns of one name would lose one of them in JSON.
        var counts: [String: Int] = [:]
        let unique = names.map { name in
            counts[name, default: 0] += 1
            let count = counts[name, default: 1]
            return count == 1 ? name : "\(name)#\(count)"
        }
        all = unique.enumerated().map { index, name in
            Column(name, "any", nullable: true, "") { SQLColumns.value($0, index) }
        }
        table = unique.enumerated().map { index, name in
            TableColumn(name, minimum: 8) { SQLColumns.text($0, index) }
        }
    }

    private static func value(_ row: [SQLTable.Value], _ index: Int) -> FieldValue {
        guard row.indices.contains(index) else { return .null }
        switch row[index] {
        case .null: return .null
        case .integer(let number): return .integer(number)
        case .real(let number): return .real(number)
        case .text(let text): return .text(text)
        case .blob(let bytes): return .text(Hex.text(bytes))
        }
    }

    private static func text(_ row: [SQLTable.Value], _ index: Int) -> String {
        switch value(row, index) {
        case .integer(let number): String(number)
        case .real(let number): String(number)
        case .text(let text): text
        default: Figures.unknown
        }
    }
}
