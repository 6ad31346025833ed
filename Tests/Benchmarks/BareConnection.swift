import CSQLite

/// A connection of the SQLite C API with nothing around it.
final class BareConnection {
    /// Tells SQLite to copy what is bound.
    static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private let handle: OpaquePointer

    init(_ path: String, flags: Int32) throws {
        var handle: OpaquePointer?
        guard sqlite3_open_v2(path, &handle, flags, nil) == SQLITE_OK, let handle else {
            throw BenchError.sqlite("\(path): cannot open")
        }
        self.handle = handle
    }

    deinit { sqlite3_close_v2(handle) }

    func run(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure(sql) }
    }

    func prepare(_ sql: String) throws -> OpaquePointer {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil) == SQLITE_OK,
            let statement
        else { throw failure(sql) }
        return statement
    }

    /// Binds, runs and resets.
    func insert(_ statement: OpaquePointer, _ bind: () -> Void) throws {
        bind()
        guard sqlite3_step(statement) == SQLITE_DONE else { throw failure("insert") }
        sqlite3_reset(statement)
    }

    func integer(_ sql: String) throws -> Int64 {
        let statement = try prepare(sql)
        defer { sqlite3_finalize(statement) }
        guard sqlite3_step(statement) == SQLITE_ROW else { throw failure(sql) }
        return sqlite3_column_int64(statement, 0)
    }

    private func failure(_ what: String) -> BenchError {
        .sqlite("\(String(cString: sqlite3_errmsg(handle))): \(what.prefix(80))")
    }
}
