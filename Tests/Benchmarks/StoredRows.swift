import CSQLite
import Foundation
import TraceDialect
import TraceModel

/// All rows of a trace database in memory, and the bare loop that inserts them into another one.
///
/// The loop is the reference for imports: the same rows, indexes, text index and settings, nothing to decode.
struct StoredRows {
    private enum Value {
        case null
        case integer(Int64)
        case real(Double)
        case text([CChar], Int32)
        case blob([UInt8])
    }

    private struct Table {
        var name: String
        var columns: Int
        var rows: [[Value]] = []
    }

    /// Spans to a transaction, as in an import.
    private static let batch = 512

    private var schema: [String] = []
    private var tables: [Table] = []
    /// Settings of the text index.
    private var indexSettings: [(String, Int64)] = []
    private var texts: [(key: Int64, text: String)] = []
    private let pageSize: Int64

    init(database path: String, generator: SpanGenerator) throws {
        let connection = try BareConnection(path, flags: SQLITE_OPEN_READONLY)
        pageSize = try connection.integer("PRAGMA page_size")
        for row in try StoredRows.rows(
            connection, "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
        {
            guard case .text(let type, _) = row[0], case .text(let name, _) = row[1], case .text(let sql, _) = row[2]
            else { continue }
            let text = StoredRows.string(sql)
            let isShadow = StoredRows.string(name).hasPrefix("span_text_")
            guard !isShadow, !StoredRows.string(name).hasPrefix("sqlite_") else { continue }
            schema.append(text)
            if StoredRows.string(type) == "table", !text.uppercased().hasPrefix("CREATE VIRTUAL") {
                tables.append(Table(name: StoredRows.string(name), columns: 0))
            }
        }
        for index in tables.indices {
            // Ascending keys, as an import writes them.
            tables[index].rows = try StoredRows.rows(connection, "SELECT * FROM \"\(tables[index].name)\"")
            tables[index].columns = tables[index].rows.first?.count ?? 0
        }
        tables.removeAll { $0.columns == 0 }
        for row in try StoredRows.rows(connection, "SELECT k, v FROM span_text_config WHERE k != 'version'") {
            if case .text(let name, _) = row[0], case .integer(let value) = row[1] {
                indexSettings.append((StoredRows.string(name), value))
            }
        }
        try readTexts(connection, generator)
    }

    /// Inserts everything into a new database and returns the seconds that it took.
    func insert(into path: String) throws -> Double {
        let connection = try BareConnection(path, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
        try connection.run("PRAGMA page_size = \(pageSize)")
        for setting in [
            "journal_mode = WAL", "synchronous = NORMAL", "cache_size = -16384", "wal_autocheckpoint = 4096",
        ] {
            try connection.run("PRAGMA \(setting)")
        }
        for statement in schema { try connection.run(statement) }
        for (name, value) in indexSettings {
            try connection.run("INSERT INTO span_text (span_text, rank) VALUES ('\(name)', \(value))")
        }
        let inserts = try tables.map { table in
            let marks = Array(repeating: "?", count: table.columns).joined(separator: ",")
            return try connection.prepare("INSERT OR IGNORE INTO \"\(table.name)\" VALUES (\(marks))")
        }
        let insertText = try connection.prepare("INSERT INTO span_text (rowid, text) VALUES (?, ?)")
        defer { for statement in inserts + [insertText] { sqlite3_finalize(statement) } }
        let batches = max(1, (texts.count + StoredRows.batch - 1) / StoredRows.batch)
        return try Meter.seconds {
            for batch in 0..<batches {
                try connection.run("BEGIN IMMEDIATE")
                for (table, statement) in zip(tables, inserts) {
                    // Each table gives its share to each batch.
                    for row in table.rows[share(batch, of: batches, table.rows.count)] {
                        try connection.insert(statement) { bind(row, statement) }
                    }
                }
                for (key, text) in texts[share(batch, of: batches, texts.count)] {
                    try connection.insert(insertText) {
                        sqlite3_bind_int64(insertText, 1, key)
                        var text = text
                        text.withUTF8 { bytes in
                            bytes.withMemoryRebound(to: CChar.self) {
                                _ = sqlite3_bind_text(
                                    insertText, 2, $0.baseAddress, Int32($0.count), BareConnection.transient)
                            }
                        }
                    }
                }
                try connection.run("COMMIT")
            }
            try connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }

    private func share(_ batch: Int, of batches: Int, _ count: Int) -> Range<Int> {
        (count * batch / batches)..<(count * (batch + 1) / batches)
    }

    private func bind(_ row: [Value], _ statement: OpaquePointer) {
        for (index, value) in row.enumerated() {
            let place = Int32(index + 1)
            switch value {
            case .null: sqlite3_bind_null(statement, place)
            case .integer(let number): sqlite3_bind_int64(statement, place, number)
            case .real(let number): sqlite3_bind_double(statement, place, number)
            case .text(let text, let count):
                text.withUnsafeBufferPointer {
                    _ = sqlite3_bind_text(statement, place, $0.baseAddress, count, BareConnection.transient)
                }
            case .blob(let bytes):
                bytes.withUnsafeBytes {
                    _ = sqlite3_bind_blob(statement, place, $0.baseAddress, Int32($0.count), BareConnection.transient)
                }
            }
        }
    }

    /// The texts of the index, which keeps no copy of them: read out of the same spans again, in order of key.
    private mutating func readTexts(_ connection: BareConnection, _ generator: SpanGenerator) throws {
        var keys: [SpanID: Int64] = [:]
        for row in try StoredRows.rows(connection, "SELECT id, key FROM span") {
            if case .integer(let id) = row[0], case .integer(let key) = row[1] {
                keys[SpanID(UInt64(bitPattern: id))] = key
            }
        }
        var generator = generator
        while let spans = generator.nextTrace() {
            for span in spans {
                guard let key = keys[span.spanID] else { throw BenchError.unexpected("a span is not stored") }
                texts.append((key, Dialect.searchText(of: span).text))
            }
        }
        texts.sort { $0.key < $1.key }
    }

    private static func string(_ text: [CChar]) -> String {
        String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func rows(_ connection: BareConnection, _ sql: String) throws -> [[Value]] {
        let statement = try connection.prepare(sql)
        defer { sqlite3_finalize(statement) }
        var rows: [[Value]] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            rows.append((0..<sqlite3_column_count(statement)).map { value(statement, $0) })
        }
        return rows
    }

    private static func value(_ statement: OpaquePointer, _ column: Int32) -> Value {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            let count = sqlite3_column_bytes(statement, column)
            guard let text = sqlite3_column_text(statement, column) else { return .null }
            let bytes = UnsafeBufferPointer(start: text, count: Int(count)).map { CChar(bitPattern: $0) }
            return .text(bytes, count)
        case SQLITE_BLOB:
            let count = Int(sqlite3_column_bytes(statement, column))
            guard let blob = sqlite3_column_blob(statement, column) else { return .blob([]) }
            return .blob(Array(UnsafeRawBufferPointer(start: blob, count: count)))
        default: return .null
        }
    }
}
