import CSQLite

/// A connection of the SQLite C API, used by one thread at a time; statements must be gone before it closes.
package final class SQLiteConnection {
    package enum Mode {
        case readOnly
        /// The file must be there.
        case readWrite
    }

    package let handle: OpaquePointer
    private var isOpen = true
    /// What this is a snapshot of; nil for the file itself, whose changes SQLite tells.
    var original: (path: String, state: DatabaseFileState)?
    /// What has to live as long as the connection.
    var companion: AnyObject?

    /// Opens a file that is there.
    ///
    /// `patience` is how long it waits for locks of others, in milliseconds. A path that begins with `file:` is read as
    /// a URI only with `isURI`. What SQLite sorts stays in memory, for texts must not get into files of its own.
    package init(
        _ path: String, _ mode: Mode, patience: Int32 = 10_000, isURI: Bool = false
    ) throws(SQLiteFailure) {
        var handle: OpaquePointer?
        var flags = mode == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
        flags |= SQLITE_OPEN_NOMUTEX
        if isURI { flags |= SQLITE_OPEN_URI }
        let code = sqlite3_open_v2(isURI ? path : Self.plainPath(path), &handle, flags, nil)
        guard code == SQLITE_OK, let handle else {
            let failure = SQLiteFailure(connection: handle)
            sqlite3_close_v2(handle)
            throw failure
        }
        self.handle = handle
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, patience)
        // The file may come from anybody: nothing in it runs by itself, and no statement can forge what it is made of.
        let settings: [(option: Int32, value: Int32)] = [
            (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0), (SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
            (SQLITE_DBCONFIG_DQS_DML, 0), (SQLITE_DBCONFIG_DQS_DDL, 0), (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0),
        ]
        for setting in settings { _ = spandrel_configure(handle, setting.option, setting.value) }
        try execute("PRAGMA temp_store = MEMORY")
    }

    deinit {
        close()
    }

    /// A path that SQLite takes neither for a URI, even where it was built to allow them everywhere, nor for a database
    /// in memory.
    package static func plainPath(_ path: String) -> String {
        path.hasPrefix("file:") || path.hasPrefix(":") ? "./" + path : path
    }

    package func close() {
        guard isOpen else { return }
        isOpen = false
        sqlite3_close_v2(handle)
    }

    /// Runs one statement whose rows do not matter.
    package func execute(_ sql: String) throws(SQLiteFailure) {
        try PreparedStatement(sql, on: handle).run()
    }

    /// The number in the first column of the first row; nil where there is none.
    package func integer(_ sql: String) throws(SQLiteFailure) -> Int64? {
        let statement = try PreparedStatement(sql, on: handle)
        return try statement.step() ? statement.optionalInt(0) : nil
    }

    /// The texts of the first column; nil for NULL.
    package func texts(_ sql: String) throws(SQLiteFailure) -> [String?] {
        let statement = try PreparedStatement(sql, on: handle)
        var texts: [String?] = []
        while try statement.step() { texts.append(statement.text(0)) }
        return texts
    }

    /// Runs `body` in one transaction that holds the lock of writers from its start; a failure takes all back.
    package func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        try execute("BEGIN IMMEDIATE")
        do {
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            // SQLite itself takes back a transaction that met a full disk or the like.
            if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
            throw error
        }
    }
}
