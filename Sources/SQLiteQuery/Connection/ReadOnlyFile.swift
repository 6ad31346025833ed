import Foundation
import GRDB
import GRDBSQLite
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
        guard access(path, R_OK) == 0 else {
            throw .unreadable(path: path, detail: String(cString: strerror(errno)))
        }
        do {
            return try connect(path, location: StoreFile.plainPath(path))
        } catch let error as DatabaseError where needsImmutable(error) {
            // The write-ahead log needs companions that cannot be made on a medium that is read-only.
            return try openImmutable(path)
        } catch {
            throw QueryError(error, path: path)
        }
    }

    /// Opens a file as it stands, without locks: nothing may write to it meanwhile.
    static func openImmutable(_ path: String) throws(QueryError) -> ReadConnection {
        do {
            return try connect(path, location: immutableURI(path))
        } catch {
            throw QueryError(error, path: path)
        }
    }

    private static func connect(_ path: String, location: String) throws -> ReadConnection {
        var configuration = Configuration()
        configuration.label = "spandrel.reader"
        configuration.readonly = true
        configuration.foreignKeysEnabled = false
        // A reader meets a lock only for moments, such as the recovery after a killed writer.
        configuration.busyMode = .timeout(0.5)
        let queue = try DatabaseQueue(path: location, configuration: configuration)
        let connection = try queue.unsafeRead { database -> OpaquePointer in
            guard let connection = database.sqliteConnection else {
                throw QueryError.backend(message: "the connection is closed")
            }
            try check(connection, path: path)
            try restrict(connection)
            return connection
        }
        return ReadConnection(path: path, queue: queue, connection: connection)
    }

    /// Fails where the file is not ours or of a version that cannot be read.
    private static func check(_ connection: OpaquePointer, path: String) throws {
        let application = try pragma("application_id", connection)
        let version = try pragma("user_version", connection)
        guard application == StoreSchema.applicationID else {
            let tables = try PreparedStatement("SELECT 1 FROM sqlite_master LIMIT 1", on: connection)
            let isEmpty = try !tables.step()
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
    }

    private static func restrict(_ connection: OpaquePointer) throws {
        // No other file can be attached, whatever statement is run.
        sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0)
        let settings = [
            "query_only = 1", "trusted_schema = 0", "cell_size_check = 1", "cache_size = -16384",
            // Every statement is written for an index that exists; building one in passing takes longer.
            "automatic_index = 0",
        ]
        for setting in settings {
            try PreparedStatement("PRAGMA " + setting, on: connection).run()
        }
    }

    private static func pragma(_ name: String, _ connection: OpaquePointer) throws -> Int {
        let statement = try PreparedStatement("PRAGMA " + name, on: connection)
        return try statement.step() ? Int(statement.int(0)) : 0
    }

    private static func needsImmutable(_ error: DatabaseError) -> Bool {
        [SQLITE_CANTOPEN, SQLITE_READONLY].contains(error.resultCode.rawValue)
    }

    /// The address under which SQLite reads a file as it stands, without locks and companions.
    private static func immutableURI(_ path: String) -> String {
        let absolute = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        var encoded = ""
        for byte in absolute.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                encoded.unicodeScalars.append(UnicodeScalar(byte))
            default:
                encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return "file:" + encoded + "?mode=ro&immutable=1"
    }
}
