import Synchronization
import TraceQuery

/// Connections that are free; more are opened when all are busy.
///
/// A request never waits for another one, so that a long search holds up no list.
final class ReaderPool: Sendable {
    private let path: String
    private let idle: Mutex<[ReadConnection]>
    /// Connections kept open when nothing runs.
    private let idleLimit = 3

    init(path: String, first: ReadConnection) {
        self.path = path
        idle = Mutex([first])
    }

    /// Takes a free connection or opens one.
    func acquire() throws(QueryError) -> ReadConnection {
        while let connection = idle.withLock({ $0.popLast() }) {
            // A reader of what the files were does not see what was written since.
            if connection.isCurrent { return connection }
        }
        return try ReadOnlyFile.open(path)
    }

    /// Gives a connection back.
    func release(_ connection: ReadConnection) {
        idle.withLock { idle in
            if idle.count < idleLimit { idle.append(connection) }
        }
    }
}
