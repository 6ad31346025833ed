import CSQLite
import Foundation
import Synchronization
import TraceModel

/// What a database file and its write-ahead log are at a moment, as far as the file system tells.
package struct DatabaseFileState: Equatable, Sendable {
    private struct File: Equatable, Sendable {
        var device: UInt64 = 0
        var number: UInt64 = 0
        var size: Int64 = -1
        var seconds = 0
        var nanos = 0

        init(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return }
            (device, number, size) = (UInt64(status.st_dev), UInt64(status.st_ino), Int64(status.st_size))
            (seconds, nanos) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
        }
    }

    private let database: File
    private let log: File

    package init(_ path: String) {
        database = File(path)
        log = File(path + "-wal")
    }

    /// Whether the log holds anything that the file may lack.
    var hasLog: Bool { log.size > 0 }

    /// A number that changes with the files.
    package var version: Int64 {
        var digest = ContentDigest()
        for file in [database, log] {
            for part in [file.size, Int64(file.seconds), Int64(file.nanos), Int64(bitPattern: file.number)] {
                digest.add(part)
            }
        }
        return digest.value
    }
}

/// A copy of a database and its log in a folder of its own, which goes with the last connection to it.
private final class PrivateCopy {
    let path: String
    let state: DatabaseFileState
    private let folder: String

    /// Copies until both files are of one moment.
    init(of original: String) throws(SQLiteFailure) {
        let folder = NSTemporaryDirectory() + "spandrel-read-" + UUID().uuidString
        self.folder = folder
        let path = folder + "/copy.db"
        self.path = path
        let files = FileManager.default
        _ = Self.removesAtExit
        Self.folders.withLock { _ = $0.insert(folder) }
        do {
            try files.createDirectory(
                atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            for _ in 0..<5 {
                let before = DatabaseFileState(original)
                for suffix in ["", "-wal"] where files.fileExists(atPath: original + suffix) {
                    try? files.removeItem(atPath: path + suffix)
                    try files.copyItem(atPath: original + suffix, toPath: path + suffix)
                }
                if DatabaseFileState(original) == before {
                    state = before
                    return
                }
            }
        } catch {
            try? files.removeItem(atPath: folder)
            throw Self.failure(
                "no private copy could be made in \(NSTemporaryDirectory()): \(error.localizedDescription)")
        }
        try? files.removeItem(atPath: folder)
        throw Self.failure("another program writes to it all the time")
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
        let folder = folder
        Self.folders.withLock { _ = $0.remove(folder) }
    }

    /// The folders that are there: a program may end with connections open.
    private static let folders = Mutex<Set<String>>([])
    private static let removesAtExit = atexit {
        for folder in PrivateCopy.folders.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: folder) }
    }

    private static func failure(_ reason: String) -> SQLiteFailure {
        SQLiteFailure(
            code: SQLITE_CANTOPEN,
            message:
                "its write-ahead log cannot be read where it lies, and \(reason); copy the database and its -wal to a "
                + "folder in which you can write")
    }
}

extension SQLiteConnection {
    /// Opens a database for reading wherever it lies, with all that its write-ahead log holds.
    ///
    /// SQLite reads a log through an index beside it, which cannot be made on a medium or in a folder that is read-only.
    /// There a private copy of both files is read; without a log the file itself is, as it stands. Both are of one moment:
    /// `isCurrent` tells when the files have changed since.
    package static func reading(_ path: String, patience: Int32 = 10_000) throws(SQLiteFailure) -> SQLiteConnection {
        do throws(SQLiteFailure) {
            let connection = try SQLiteConnection(path, .readOnly, patience: patience)
            // Only a look into the file needs the log.
            _ = try connection.integer("PRAGMA user_version")
            return connection
        } catch {
            guard [SQLITE_CANTOPEN, SQLITE_READONLY].contains(error.primaryCode), access(path, R_OK) == 0 else {
                throw error
            }
            return try snapshot(of: path, patience: patience)
        }
    }

    /// Opens a database as it is now, without a lock or a file beside it.
    package static func snapshot(of path: String, patience: Int32 = 10_000) throws(SQLiteFailure) -> SQLiteConnection {
        let state = DatabaseFileState(path)
        if state.hasLog {
            let copy = try PrivateCopy(of: path)
            let connection = try SQLiteConnection(copy.path, .readOnly, patience: patience)
            connection.original = (path, copy.state)
            connection.companion = copy
            return connection
        }
        let connection = try SQLiteConnection(immutableURI(path), .readOnly, patience: patience, isURI: true)
        connection.original = (path, state)
        return connection
    }

    /// False where the connection reads what the files were, and they have changed since.
    package var isCurrent: Bool { original.map { DatabaseFileState($0.path) == $0.state } ?? true }

    /// A number that changes with the files; nil where SQLite itself tells of changes.
    package var fileVersion: Int64? { original.map { DatabaseFileState($0.path).version } }

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
