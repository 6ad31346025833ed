import GRDBSQLite

/// A connection of the SQLite C API, for work on whole files; statements must be gone before it closes.
final class SQLiteConnection {
    enum Mode {
        case readOnly
        case readWrite
    }

    let handle: OpaquePointer
    private var isOpen = true

    /// Opens a file that is there.
    ///
    /// `patience` is how long it waits for locks of others, in milliseconds. What SQLite sorts stays in memory, for
    /// texts must not get into files of its own.
    init(_ path: String, _ mode: Mode, patience: Int32 = 10_000) throws(SQLiteFailure) {
        var handle: OpaquePointer?
        let flags = mode == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
        let code = sqlite3_open_v2(StoreFile.plainPath(path), &handle, flags, nil)
        guard code == SQLITE_OK, let handle else {
            let failure = SQLiteFailure(connection: handle)
            sqlite3_close_v2(handle)
            throw failure
        }
        self.handle = handle
        sqlite3_busy_timeout(handle, patience)
        try execute("PRAGMA temp_store = MEMORY")
    }

    deinit {
        close()
    }

    func close() {
        guard isOpen else { return }
        isOpen = false
        sqlite3_close_v2(handle)
    }

    func execute(_ sql: String) throws(SQLiteFailure) {
        try PreparedStatement(sql, on: handle).run()
    }

    /// The number in the first column of the first row; nil where there is none.
    func integer(_ sql: String) throws(SQLiteFailure) -> Int64? {
        let statement = try PreparedStatement(sql, on: handle)
        return try statement.step() ? statement.optionalInt(0) : nil
    }

    /// The schema version of a database of ours; fails with `StoreError` for any other file.
    func checkedVersion(path: String) throws -> Int {
        let application = try integer("PRAGMA application_id") ?? 0
        let version = Int(try integer("PRAGMA user_version") ?? 0)
        guard application == Int64(StoreSchema.applicationID), version >= StoreSchema.oldestReadable else {
            throw StoreError.foreign(path: path)
        }
        guard version <= StoreSchema.version else {
            throw StoreError.newerVersion(path: path, found: version, supported: StoreSchema.version)
        }
        return version
    }
}
