import CSQLite

/// Why the writer cannot store.
package enum StoreError: Error, Equatable, Sendable {
    /// Another program holds the database locked.
    case locked(path: String)
    /// The file is no SQLite database or is damaged; `detail` is SQLite's own word.
    case corrupt(path: String, detail: String)
    /// A SQLite database, but not one of ours.
    case foreign(path: String)
    /// It holds a part that could run by itself and that Spandrel never makes, such as `the trigger 'x'`.
    case altered(path: String, part: String)
    /// Written by a newer version than this one can write.
    case newerVersion(path: String, found: Int, supported: Int)
    /// The disk is full.
    case full(path: String)
    /// The file cannot be opened or written; `detail` is the system's own word.
    case unwritable(path: String, detail: String)
    /// Anything else that SQLite reports.
    case failed(path: String, detail: String)
}

extension StoreError: CustomStringConvertible {
    /// One line for a person.
    package var description: String {
        switch self {
        case .locked(let path): "\(path): locked by another program"
        case .corrupt(let path, let detail): "\(path): not a readable SQLite database: \(detail)"
        case .foreign(let path): "\(path): a SQLite database, but not one of Spandrel's"
        case .altered(let path, let part):
            "\(path): holds \(part), which Spandrel did not make and which could run; it is left alone"
        case .newerVersion(let path, let found, let supported):
            "\(path): schema version \(found) is newer than this program can write (\(supported))"
        case .full(let path): "\(path): no space left on the device"
        case .unwritable(let path, let detail): "\(path): \(detail)"
        case .failed(let path, let detail): "\(path): \(detail)"
        }
    }
}

extension StoreError {
    init(_ error: any Error, path: String) {
        switch error {
        case let error as StoreError:
            self = error
        case let error as SQLiteFailure:
            self.init(code: error.code, detail: error.message, path: path)
        default:
            self = .failed(path: path, detail: String(describing: error))
        }
    }

    private init(code: Int32, detail: String, path: String) {
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED: self = .locked(path: path)
        case SQLITE_NOTADB, SQLITE_CORRUPT: self = .corrupt(path: path, detail: detail)
        case SQLITE_FULL: self = .full(path: path)
        case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM, SQLITE_IOERR, SQLITE_AUTH:
            self = .unwritable(path: path, detail: detail)
        default: self = .failed(path: path, detail: detail)
        }
    }
}
