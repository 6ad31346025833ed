import Foundation

/// Opening the database file to write to it.
package enum StoreFile {
    /// Opens, creates or migrates the file.
    static func openForWriting(_ path: String) throws -> SQLiteConnection {
        try createPrivately(path)
        let connection = try SQLiteConnection(path, .readWrite)
        let isNew = try check(connection, path: path)
        if isNew { try connection.execute("PRAGMA page_size = \(StoreSchema.pageSize)") }
        try connection.execute("PRAGMA journal_mode = WAL")
        try connection.execute("PRAGMA synchronous = NORMAL")
        // In KiB: enough for the indexes of the traces being written.
        try connection.execute("PRAGMA cache_size = -16384")
        // In pages: longer runs write a page that changes often only once.
        try connection.execute("PRAGMA wal_autocheckpoint = 4096")
        try migrate(connection)
        return connection
    }

    /// Creates a missing file for its owner only; SQLite gives its companions the same mode.
    static func createPrivately(_ path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError.unwritable(path: path, detail: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw StoreError.unwritable(path: path, detail: "not a regular file, in which a database could be kept")
        }
    }

    /// The schema version of a database of ours; fails with `StoreError` for any other file.
    static func checkedVersion(_ connection: SQLiteConnection, path: String) throws -> Int {
        let application = try connection.integer("PRAGMA application_id") ?? 0
        let version = Int(try connection.integer("PRAGMA user_version") ?? 0)
        guard application == Int64(StoreSchema.applicationID), version >= StoreSchema.oldestReadable else {
            throw StoreError.foreign(path: path)
        }
        guard version <= StoreSchema.version else {
            throw StoreError.newerVersion(path: path, found: version, supported: StoreSchema.version)
        }
        try checkParts(connection, path: path)
        return version
    }

    private static func checkParts(_ connection: SQLiteConnection, path: String) throws {
        if let part = try SchemaCheck.foreignPart(of: connection) {
            throw StoreError.altered(path: path, part: part)
        }
    }

    /// Whether the file is empty; fails where it is not ours or too new.
    private static func check(_ connection: SQLiteConnection, path: String) throws -> Bool {
        let application = try connection.integer("PRAGMA application_id") ?? 0
        let version = try connection.integer("PRAGMA user_version") ?? 0
        if application == Int64(StoreSchema.applicationID) {
            if version > Int64(StoreSchema.version) {
                throw StoreError.newerVersion(path: path, found: Int(version), supported: StoreSchema.version)
            }
            try checkParts(connection, path: path)
            return false
        }
        let tables = try connection.integer("SELECT count(*) FROM sqlite_master") ?? 0
        guard application == 0 && version == 0 && tables == 0 else { throw StoreError.foreign(path: path) }
        return true
    }

    /// Takes the steps that the file lacks, all or none.
    private static func migrate(_ connection: SQLiteConnection) throws {
        try connection.transaction {
            // Asked again inside: another writer may have been faster.
            let version = try connection.integer("PRAGMA user_version") ?? 0
            for migration in Migration.all where Int64(migration.version) > version {
                for statement in migration.statements { try connection.execute(statement) }
                try connection.execute("PRAGMA user_version = \(migration.version)")
            }
            if version == 0 { try connection.execute("PRAGMA application_id = \(StoreSchema.applicationID)") }
        }
    }
}
