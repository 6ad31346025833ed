import CSQLite
import TraceQuery
import TraceStore

extension QueryError {
    /// The meaning of a failure while reading.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as QueryError:
            self = error
        case let error as SQLiteFailure:
            self.init(code: error.code, message: error.message, path: path)
        case is CancellationError:
            self = .cancelled
        default:
            self = .backend(message: String(describing: error))
        }
    }

    private init(code: Int32, message: String, path: String) {
        switch code & 0xFF {
        case SQLITE_INTERRUPT, SQLITE_ABORT: self = .cancelled
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: self = .locked(path: path)
        case SQLITE_NOTADB, SQLITE_CORRUPT: self = .corrupt(path: path, detail: message)
        case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_IOERR, SQLITE_READONLY, SQLITE_AUTH:
            self = .unreadable(path: path, detail: message)
        default: self = .backend(message: message)
        }
    }
}
