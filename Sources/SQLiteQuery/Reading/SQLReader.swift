import Basics
import CSQLite
import TraceQuery
import TraceStore

extension SQLRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> SQLTable {
        session.connection.end(afterNanos: Int64(clamped: timeout * 1e9))
        do {
            return try StatementLimits.apply(to: session.connection.handle) {
                try SQLReader(session: session).table(statement, limit: limit)
            }
        } catch let failure as SQLiteFailure where failure.primaryCode == SQLITE_INTERRUPT {
            guard session.connection.isOverdue else { throw failure }
            throw QueryError.exhausted(
                message: "the statement took longer than \(Self.text(timeout)) s, and was ended; --timeout allows more")
        }
    }
}

extension SQLRequest {
    private static func text(_ seconds: Double) -> String {
        seconds == seconds.rounded() ? "\(Int64(clamped: seconds))" : "\(seconds)"
    }
}

/// Runs one statement of the user's own, which can only read.
struct SQLReader {
    let session: ReadSession

    /// Statements that begin with another word are refused, whatever SQLite would make of them.
    private static let allowed = ["select", "with", "values", "explain"]

    func table(_ text: String, limit: Int) throws -> SQLTable {
        let connection = session.connection.handle
        try checkFirstWord(text)
        let (statement, rest) = try compile(text, on: connection)
        defer { sqlite3_finalize(statement) }
        guard sqlite3_stmt_readonly(statement) != 0 else {
            throw QueryError.sql(message: "the statement would change the database; it is opened for reading only")
        }
        guard Self.firstWord(rest).isEmpty else { throw QueryError.sql(message: "only one statement can be run") }
        let columns = (0..<sqlite3_column_count(statement)).map { column in
            sqlite3_column_name(statement, column).map { String(cString: $0) } ?? ""
        }
        var table = SQLTable(columns: columns, rows: [], isPartial: false)
        var bytes = 0
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                if table.rows.count >= max(0, limit) {
                    table.isPartial = true
                    return table
                }
                for column in 0..<Int32(columns.count) { bytes += 64 + Int(sqlite3_column_bytes(statement, column)) }
                if bytes > StatementLimits.resultBytes {
                    throw QueryError.exhausted(
                        message: "the rows take more than \(StatementLimits.resultBytes >> 20) MiB; ask for fewer")
                }
                table.rows.append((0..<Int32(columns.count)).map { Self.value(statement, $0) })
            case SQLITE_DONE:
                return table
            default:
                throw fault(connection)
            }
        }
    }

    private func checkFirstWord(_ text: String) throws(QueryError) {
        let word = Self.firstWord(text).lowercased()
        if word.isEmpty { throw .sql(message: "there is no statement") }
        guard Self.allowed.contains(word) else {
            throw .sql(message: "a statement must begin with SELECT, WITH, VALUES or EXPLAIN, not with '\(word)'")
        }
    }

    private func compile(_ text: String, on connection: OpaquePointer) throws -> (OpaquePointer, rest: String) {
        // SQLite would take the text to end there.
        if text.utf8.contains(0) { throw QueryError.sql(message: "a NUL character stands in the statement") }
        var statement: OpaquePointer?
        var text = text
        let rest = text.withUTF8 { bytes -> String? in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                var tail: UnsafePointer<CChar>?
                guard let start = characters.baseAddress,
                    sqlite3_prepare_v2(connection, start, Int32(clamping: bytes.count), &statement, &tail) == SQLITE_OK
                else { return nil }
                let used = tail.map { $0 - start } ?? bytes.count
                return String(decoding: bytes[used...], as: UTF8.self)
            }
        }
        guard let rest else { throw fault(connection) }
        guard let statement else { throw QueryError.sql(message: "there is no statement") }
        return (statement, rest)
    }

    /// SQLite's complaint, which is one about the text unless it is one about the file.
    private func fault(_ connection: OpaquePointer) -> any Error {
        let failure = SQLiteFailure(connection: connection)
        switch failure.primaryCode {
        case SQLITE_TOOBIG:
            return QueryError.exhausted(
                message: "a value takes more than \(StatementLimits.valueBytes >> 20) MiB")
        case SQLITE_NOMEM:
            return QueryError.exhausted(
                message: "the statement takes more than \(StatementLimits.heapBytes >> 20) MiB of memory")
        case SQLITE_ERROR, SQLITE_MISMATCH, SQLITE_RANGE, SQLITE_AUTH:
            return QueryError.sql(message: failure.message)
        case SQLITE_READONLY:
            return QueryError.sql(message: "the statement would change the database; it is opened for reading only")
        default:
            return failure
        }
    }

    private static func value(_ statement: OpaquePointer, _ column: Int32) -> SQLTable.Value {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT: return .text(String(decoding: bytes(statement, column), as: UTF8.self))
        case SQLITE_BLOB: return .blob(bytes: Array(bytes(statement, column)))
        default: return .null
        }
    }

    private static func bytes(_ statement: OpaquePointer, _ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(statement, column)
        let count = Int(sqlite3_column_bytes(statement, column))
        return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
    }

    /// The first word of a statement behind spaces, comments and semicolons.
    private static func firstWord(_ text: String) -> Substring {
        var rest = Substring(text)
        while let first = rest.first {
            if first.isWhitespace || first == ";" {
                rest = rest.dropFirst()
            } else if rest.hasPrefix("--") {
                rest = rest.drop { !$0.isNewline }
            } else if rest.hasPrefix("/*") {
                guard let end = rest.firstRange(of: "*/") else { return "" }
                rest = rest[end.upperBound...]
            } else {
                break
            }
        }
        let word = rest.prefix { $0.isLetter }
        // A bracket or the like is a word of its own.
        return word.isEmpty ? rest.prefix(1) : word
    }
}

/// How much memory a statement of the user's own may take, and what it may do.
package enum StatementLimits {
    /// Bytes of one value, whatever made it.
    static let valueBytes: Int32 = 64 << 20
    /// Bytes of all rows together.
    static let resultBytes = 256 << 20
    /// Bytes that SQLite may take, beside what it holds already.
    static let heapBytes: Int64 = 512 << 20

    /// Limits the memory of SQLite for the rest of the process, whose only request is a statement.
    ///
    /// SQLite knows no such limit for one statement: others that run meanwhile would fail for it.
    package static func limitProcess() {
        sqlite3_hard_heap_limit64(sqlite3_memory_used() + heapBytes)
    }

    /// Runs `body` within the limits of what a statement may do.
    static func apply<Value>(to connection: OpaquePointer, _ body: () throws -> Value) throws -> Value {
        let limits: [(what: Int32, most: Int32)] = [
            (SQLITE_LIMIT_LENGTH, valueBytes), (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000),
            (SQLITE_LIMIT_SQL_LENGTH, 1 << 20), (SQLITE_LIMIT_WORKER_THREADS, 0),
        ]
        let before = limits.map { sqlite3_limit(connection, $0.what, $0.most) }
        setAuthorizer(of: connection)
        defer {
            sqlite3_set_authorizer(connection, nil, nil)
            for (limit, most) in zip(limits, before) { sqlite3_limit(connection, limit.what, most) }
        }
        return try body()
    }

    private static func setAuthorizer(of connection: OpaquePointer) {
        sqlite3_set_authorizer(
            connection, { _, action, first, second, _, _ in StatementLimits.authorize(action, first, second) }, nil)
    }

    /// Reading is allowed, and functions but the one that loads code.
    private static func authorize(
        _ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?
    ) -> Int32 {
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: SQLITE_OK
        case SQLITE_FUNCTION:
            second.map { String(cString: $0).lowercased() } == "load_extension" ? SQLITE_DENY : SQLITE_OK
        // How SQLite declares a virtual table to itself; a statement that changes the schema is no reading one.
        case SQLITE_UPDATE: first.map { String(cString: $0) } == "sqlite_master" ? SQLITE_OK : SQLITE_DENY
        // What the tables of pragmas ask for; a value would set something.
        case SQLITE_PRAGMA:
            second == nil || readingPragmas.contains(first.map { String(cString: $0).lowercased() } ?? "")
                ? SQLITE_OK : SQLITE_DENY
        default: SQLITE_DENY
        }
    }

    /// Pragmas whose argument names what is asked about.
    private static let readingPragmas: Set = [
        "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
        "integrity_check", "quick_check", "function_list", "data_version",
    ]
}
