import CSQLite
import Foundation
import TraceQuery
import TraceStore

/// Opening the database file so that nothing can be written to it or to any other file.
enum ReadOnlyFile {
    /// Opens a connection, after checks that tell apart all that can be wrong with a file.
    static func open(_ path: String) throws(QueryError) -> ReadConnection {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let code = errno
            if code == ENOENT || code == ENOTDIR { throw .missing(path: path) }
            throw .unreadable(path: path, detail: String(cString: strerror(code)))
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw .unreadable(path: path, detail: String(cString: strerror(EISDIR)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable(path: path, detail: "not a regular file, in which a database could be kept")
        }
        guard access(path, R_OK) == 0 else {
            throw .unreadable(path: path, detail: String(cString: strerror(errno)))
        }
        do {
            // A reader meets a lock only for moments, such as the recovery after a killed writer.
            return try reader(of: try SQLiteConnection.reading(path, patience: 500), path)
        } catch {
            throw QueryError(error, path: path)
        }
    }

    /// Opens a file as it is now, as where nothing can be written beside it.
    static func openSnapshot(_ path: String) throws(QueryError) -> ReadConnection {
        do {
            return try reader(of: try SQLiteConnection.snapshot(of: path), path)
        } catch {
            throw QueryError(error, path: path)
        }
    }

    private static func reader(of database: SQLiteConnection, _ path: String) throws -> ReadConnection {
        try check(database, path: path)
        try restrict(database)
        return ReadConnection(path: path, database: database)
    }

    /// Fails where the file is not ours or of a version that cannot be read.
    private static func check(_ database: SQLiteConnection, path: String) throws {
        let application = try database.integer("PRAGMA application_id") ?? 0
        let version = Int(try database.integer("PRAGMA user_version") ?? 0)
        guard application == Int64(StoreSchema.applicationID) else {
            let isEmpty = try database.integer("SELECT 1 FROM sqlite_master LIMIT 1") == nil
            // An import that was killed at its very start leaves an empty file, which the next one fills.
            if isEmpty && application == 0 {
                throw QueryError.olderVersion(path: path, found: 0, needed: StoreSchema.oldestReadable)
            }
            throw QueryError.foreign(path: path)
        }
        if version > StoreSchema.version {
            throw QueryError.newerVersion(path: path, found: version, supported: StoreSchema.version)
        }
        if version < StoreSchema.oldestReadable {
            throw QueryError.olderVersion(path: path, found: version, needed: StoreSchema.oldestReadable)
        }
        if let part = try SchemaCheck.foreignPart(of: database) { throw QueryError.altered(path: path, part: part) }
    }

    private static func restrict(_ database: SQLiteConnection) throws {
        // No other file can be attached, whatever statement is run.
        sqlite3_limit(database.handle, SQLITE_LIMIT_ATTACHED, 0)
        let settings = [
            "query_only = 1", "cell_size_check = 1", "cache_size = -16384",
            // Every statement is written for an index that exists; building one in passing takes longer.
            "automatic_index = 0",
        ]
        for setting in settings { try database.execute("PRAGMA " + setting) }
    }
}
