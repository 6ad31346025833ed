import Foundation
import Ingest
import SQLiteQuery
import TraceIngest
import TraceModel
import TraceQuery

@testable import TraceStore

/// A database into which every hostile number was imported at every place, and one as an older build may have left it.
final class HostileDatabase: Sendable {
    /// What was imported, made once for all tests.
    static let imported = Result { try HostileDatabase(named: "imported") { try $0.importAll() } }
    /// Numbers that no door looked at.
    static let older = Result { try HostileDatabase(named: "older") { try $0.importHarmless() } }

    let folder: String
    let path: String
    let backend: SQLiteBackend
    /// The ids of the traces, and what is hostile about each where that is one thing.
    let traces: [(id: String, what: String)]

    /// The traces that the sweeps go over: all of them with `SPANDREL_HOSTILE=all`, which takes many minutes, else those
    /// with a number at every place, and a few of the others.
    var swept: [(id: String, what: String)] {
        Self.isLongRun
            ? traces
            : traces.enumerated().filter {
                $0 % 60 == 0 || $1.what.hasPrefix("everything") || $1.what.hasPrefix("from ")
            }
            .map(\.element)
    }
    static var isLongRun: Bool { ProcessInfo.processInfo.environment["SPANDREL_HOSTILE"] == "all" }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private init(named name: String, _ fill: (inout Filling) throws -> Void) throws {
        folder = NSTemporaryDirectory() + "spandrel-hostile-\(name)-" + UUID().uuidString
        path = folder + "/t.db"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var filling = Filling(folder: folder, path: path)
        try fill(&filling)
        backend = try SQLiteBackend(
            path: path, now: { 1_795_000_100_000_000_000 }, timeZone: TimeZone(secondsFromGMT: 0) ?? .current)
        traces = try Self.ids(path).map { ($0, filling.names[$0] ?? "recording") }
    }

    private static func ids(_ path: String) throws -> [String] {
        let connection = try SQLiteConnection(path, .readOnly)
        let select = try PreparedStatement("SELECT lower(hex(id)) FROM trace ORDER BY key", on: connection.handle)
        var ids: [String] = []
        while try select.step() { ids.append(select.text(0) ?? "") }
        return ids
    }

    // MARK: Filling

    /// A database while files go in.
    struct Filling {
        let folder: String
        let path: String
        var names: [String: String] = [:]
        private var count = 0

        init(folder: String, path: String) {
            self.folder = folder
            self.path = path
        }

        private func file(_ name: String, _ bytes: some Sequence<UInt8>) throws {
            try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
        }

        private mutating func next(_ what: String) -> Int {
            count += 1
            let digits = String(count, radix: 16)
            names[String(repeating: "0", count: 32 - digits.count) + digits] = what
            return count
        }

        private func run() throws {
            let writer = try TraceWriter(path: path, clock: { 0 })
            let importer = Importer(writer: writer, redactor: nil, stopwatch: { 0 })
            let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
                .filter { !$0.hasPrefix("t.db") }
            _ = try importer.run(InputDiscovery(arguments: files.map { folder + "/" + $0 }))
        }

        mutating func importAll() throws {
            var lines = ""
            for field in HostileTrace.Field.allCases {
                for number in HostileNumber.allCases {
                    let forms: [HostileTrace.Form] = number.isExtreme ? HostileTrace.Form.allCases : [.bare]
                    for form in forms where !(field.isField && form == .double) {
                        var trace = HostileTrace(id: next("\(field) = \(number) (\(form))"))
                        trace.set(field, number, form)
                        lines += trace.lines
                    }
                }
            }
            // All numbers of a trace at once.
            for number in HostileNumber.allCases {
                var trace = HostileTrace(id: next("everything = \(number)"))
                for field in HostileTrace.Field.allCases { trace.set(field, number) }
                lines += trace.lines
            }
            // From one end to the other.
            for (first, last) in [(HostileNumber.least, .most), (.belowLeastTime, .mostTime), (.one, .mostTime)]
                as [(HostileNumber, HostileNumber)]
            {
                var trace = HostileTrace(id: next("from \(first) to \(last)"))
                for field in [.rootStart, .modelStart, .toolStart, .chunkTime, .eventTime] as [HostileTrace.Field] {
                    trace.set(field, first)
                }
                for field in [.rootEnd, .modelEnd, .toolEnd, .streamDuration] as [HostileTrace.Field] {
                    trace.set(field, last)
                }
                lines += trace.lines
            }
            try file("traces.jsonl", lines.utf8)
            for format in HostileRecording.allCases {
                for (place, number) in HostileNumber.allCases.enumerated() {
                    try file(
                        "\(format.rawValue)-\(place).\(format.fileExtension)",
                        format.text(number, id: place).utf8)
                }
            }
            for (place, number) in HostileNumber.allCases.enumerated() {
                try file("span-\(place).pb", HostileBytes.span(number.bits ?? number.double.bitPattern, id: place))
                for depth in 0..<4 {
                    guard let length = number.bits else { continue }
                    try file("length-\(place)-\(depth).pb", HostileBytes.length(length, depth: depth))
                }
            }
            try run()
        }

        /// What numbers an older build may have left: the ends of what a column holds.
        private static let stored: [Int64] = [.min, -1, 1 << 62, .max]

        /// Imports a harmless trace for each column and number, and puts the number there.
        mutating func importHarmless() throws {
            try file("first.jsonl", HostileTrace(id: next("harmless")).lines.utf8)
            try run()
            let columns = try Self.columns(of: path)
            var places: [(column: Column, number: Int64)] = []
            var lines = ""
            for column in columns {
                for number in Self.stored {
                    lines += HostileTrace(id: next("\(column.table).\(column.name) = \(number)")).lines
                    places.append((column, number))
                }
            }
            try file("rest.jsonl", lines.utf8)
            try run()
            let connection = try SQLiteConnection(path, .readWrite)
            try connection.execute("BEGIN")
            for (place, (column, number)) in places.enumerated() {
                // The first trace stays as it is.
                let key = try connection.integer("SELECT key FROM trace ORDER BY key LIMIT 1 OFFSET \(place + 1)") ?? 0
                let spans = StoreKey.spans(ofTrace: key)
                let rows =
                    column.isOfTrace
                    ? "\(column.owner) = \(key)" : "\(column.owner) BETWEEN \(spans.lowerBound) AND \(spans.upperBound)"
                if column.name == "packed" {
                    try Self.repack(rows, number, connection)
                } else {
                    try connection.execute(
                        "UPDATE OR IGNORE \(column.table) SET \(column.name) = \(number) WHERE \(rows)")
                }
            }
            try connection.execute("COMMIT")
        }

        /// A column that holds a number, and the one that says whose row it is.
        private struct Column {
            var table: String
            var name: String
            var owner: String
            var isOfTrace: Bool
        }

        private static func columns(of path: String) throws -> [Column] {
            let connection = try SQLiteConnection(path, .readOnly)
            let tables = try PreparedStatement(
                """
                SELECT m.name, p.name, p.type, p.pk FROM sqlite_schema AS m, pragma_table_info(m.name) AS p
                WHERE m.type = 'table' AND m.sql NOT LIKE '%VIRTUAL%' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, p.cid
                """, on: connection.handle)
            var all: [(table: String, name: String, type: String, isKey: Bool)] = []
            while try tables.step() {
                all.append((tables.text(0) ?? "", tables.text(1) ?? "", tables.text(2) ?? "", tables.int(3) != 0))
            }
            var columns: [Column] = []
            for (table, own) in Dictionary(grouping: all, by: \.table).sorted(by: { $0.key < $1.key }) {
                let names = Set(own.map(\.name))
                let owner: (name: String, isOfTrace: Bool)? =
                    table == "trace"
                    ? ("key", true)
                    : names.contains("trace")
                        ? ("trace", true)
                        : names.contains("span")
                            ? ("span", false)
                            : table == "span_payload" ? ("key", false) : nil
                guard let owner else { continue }
                for column in own where !column.isKey && column.name != owner.name {
                    guard column.type == "INTEGER" || column.name == "packed" else { continue }
                    columns.append(
                        Column(table: table, name: column.name, owner: owner.name, isOfTrace: owner.isOfTrace))
                }
            }
            return columns
        }

        /// Writes the number into every field of the packed rows.
        private static func repack(_ rows: String, _ number: Int64, _ connection: SQLiteConnection) throws {
            let select = try PreparedStatement(
                "SELECT key, packed FROM span WHERE \(rows)", on: connection.handle)
            var packed: [(key: Int64, row: PackedSpan)] = []
            while try select.step() {
                if let row = select.withBytes(1, { PackedSpan($0) }) { packed.append((select.int(0), row)) }
            }
            let small = Int32(clamping: number)
            for (key, var row) in packed {
                (row.start, row.end, row.firstChunk) = (number, number, number)
                (row.tokensInput, row.tokensOutput) = (number, number)
                (row.agentRun, row.step, row.clock) = (small, small, small)
                (row.name, row.service, row.agent, row.modelRequested) = (small, small, small, small)
                let update = try PreparedStatement(
                    "UPDATE span SET packed = ?1 WHERE key = \(key)", on: connection.handle)
                update.bind(blob: 1, row.bytes)
                try update.run()
            }
        }
    }
}

extension HostileNumber {
    /// Whether all forms of JSON are tried, not the bare one only.
    fileprivate var isExtreme: Bool {
        switch self {
        case .least, .most, .mostUnsigned, .huge, .notANumber, .minusInfinity: true
        default: false
        }
    }
}
