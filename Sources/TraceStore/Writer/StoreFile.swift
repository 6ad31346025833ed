import Foundation
import GRDB
import GRDBSQLite

/// Opening the database file to write to it.
package enum StoreFile {
    /// How long a writer waits for another one, in seconds.
    private static let patience = 10.0

    /// Opens, creates or migrates the file.
    static func openForWriting(_ path: String) throws -> DatabaseQueue {
        try createPrivately(path)
        var configuration = Configuration()
        configuration.label = "spandrel.writer"
        configuration.busyMode = .timeout(patience)
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: plainPath(path), configuration: configuration)
        try queue.writeWithoutTransaction { database in
            let isNew = try check(database, path: path)
            if isNew { try database.execute(sql: "PRAGMA page_size = \(StoreSchema.pageSize)") }
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            // In KiB: enough for the indexes of the traces being written.
            try database.execute(sql: "PRAGMA cache_size = -32768")
            // In pages: longer runs write a page that changes often only once.
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 4096")
            try migrate(database, path: path)
        }
        return queue
    }

    /// A path that SQLite does not take for a URI.
    package static func plainPath(_ path: String) -> String {
        path.hasPrefix("file:") ? "./" + path : path
    }

    /// Creates a missing file for its owner only; SQLite gives its companions the same mode.
    static func createPrivately(_ path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError.unwritable(path: path, detail: String(cString: strerror(errno)))
        }
        close(descriptor)
    }

    /// Whether the file is empty; fails where it is not ours or too new.
    private static func check(_ database: Database, path: String) throws -> Bool {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        if application == StoreSchema.applicationID {
            if version > StoreSchema.version {
                throw StoreError.newerVersion(path: path, found: version, supported: StoreSchema.version)
            }
            return false
        }
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        guard application == 0 && version == 0 && tables == 0 else { throw StoreError.foreign(path: path) }
        return true
    }

    /// Takes the steps that the file lacks, all or none.
    private static func migrate(_ database: Database, path: String) throws {
        try database.inTransaction(.immediate) {
            // Asked again inside: another writer may have been faster.
            let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            for migration in Migration.all where migration.version > version {
                for statement in migration.statements { try database.execute(sql: statement) }
                try database.execute(sql: "PRAGMA user_version = \(migration.version)")
            }
            if version == 0 { try database.execute(sql: "PRAGMA application_id = \(StoreSchema.applicationID)") }
            return .commit
        }
    }
}
