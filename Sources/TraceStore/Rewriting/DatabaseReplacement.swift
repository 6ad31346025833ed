import CSQLite

/// Puts a database in the place of the content of another file, in one transaction of that file.
///
/// From its beginning until it ends it holds the lock of writers, so that nobody can write what would be lost; readers
/// go on reading what was there, and see the new content afterwards.
final class DatabaseReplacement {
    private let target: SQLiteConnection
    private let source: SQLiteConnection
    private var backup: OpaquePointer?

    /// Locks `target`; `source` is a database with a schema, whose content may change until `replace`.
    init(_ target: String, with source: String, patience: Int32) throws(SQLiteFailure) {
        self.target = try SQLiteConnection(target, .readWrite, patience: patience)
        self.source = try SQLiteConnection(source, .readOnly)
        // In every other mode the lock would keep readers out, this one included.
        try self.target.execute("PRAGMA journal_mode = WAL")
        guard let backup = sqlite3_backup_init(self.target.handle, "main", self.source.handle, "main") else {
            throw SQLiteFailure(connection: self.target.handle)
        }
        self.backup = backup
        // A step of no pages takes the lock and copies nothing.
        let code = sqlite3_backup_step(backup, 0)
        guard code == SQLITE_OK else {
            finish()
            throw SQLiteFailure(code: code, message: String(cString: sqlite3_errstr(code)))
        }
    }

    deinit {
        // What was not replaced stays as it was.
        finish()
    }

    /// Copies the source, and lets others write again.
    func replace() throws(SQLiteFailure) {
        guard let backup else { return }
        let code = sqlite3_backup_step(backup, -1)
        guard code == SQLITE_DONE else {
            finish()
            throw SQLiteFailure(code: code, message: String(cString: sqlite3_errstr(code)))
        }
        let end = finish()
        guard end == SQLITE_OK else {
            throw SQLiteFailure(code: end, message: String(cString: sqlite3_errstr(end)))
        }
    }

    /// Folds the write-ahead log into the file and empties it; false where a reader holds it back.
    func emptyLog() throws(SQLiteFailure) -> Bool {
        try target.integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0
    }

    func close() {
        finish()
        source.close()
        target.close()
    }

    @discardableResult
    private func finish() -> Int32 {
        guard let backup else { return SQLITE_OK }
        self.backup = nil
        return sqlite3_backup_finish(backup)
    }
}
