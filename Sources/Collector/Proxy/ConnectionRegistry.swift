import NIOCore
import Synchronization

/// The open connections of clients, so that they can be asked to end.
final class ConnectionRegistry: Sendable {
    private let connections = Mutex<[ObjectIdentifier: ClientConnection]>([:])

    func add(_ connection: ClientConnection) {
        connections.withLock { $0[ObjectIdentifier(connection)] = connection }
    }

    func remove(_ connection: ClientConnection) {
        connections.withLock { $0[ObjectIdentifier(connection)] = nil }
    }

    var all: [ClientConnection] { connections.withLock { Array($0.values) } }
}
