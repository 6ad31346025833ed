import CSQLite
import TraceQuery
import TraceStore

extension SQLRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> SQLTable {
        try SQLReader(session: session).table(statement, limit: limit)
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
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                if table.rows.count >= max(0, limit) {
                    table.isPartial = true
                    return table
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
        case SQLITE_ERROR, SQLITE_TOOBIG, SQLITE_MISMATCH, SQLITE_RANGE, SQLITE_AUTH:
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
