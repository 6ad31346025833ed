import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization
import TraceModel

/// What every connection of a proxy shares.
final class ProxyServices: Sendable {
    let configuration: ProxyConfiguration
    let requestGuard: RequestGuard
    /// One for each event loop, by its identity: a pool of its own keeps the connections on that loop, and keeps them.
    ///
    /// One client for all would close a connection after its first call where calls ask for their own loop.
    private let clients: [ObjectIdentifier: HTTPClient]
    let recorder: Recorder
    /// Nanoseconds since the Unix epoch.
    let clock: @Sendable () -> Int64
    let connections = ConnectionRegistry()
    private let lastCall = Atomic<CallStart.ID>(0)
    private static let textLimit = 256

    init(
        configuration: ProxyConfiguration, clients: [ObjectIdentifier: HTTPClient], recorder: Recorder,
        clock: @escaping @Sendable () -> Int64
    ) {
        self.configuration = configuration
        requestGuard = RequestGuard(configuration)
        self.clients = clients
        self.recorder = recorder
        self.clock = clock
    }

    /// The client of an event loop of the proxy.
    func client(on loop: any EventLoop) -> HTTPClient? { clients[ObjectIdentifier(loop)] }

    func shutDownClients() async {
        for client in clients.values { try? await client.shutdown() }
    }

    /// What is kept of a request's head.
    func callStart(_ head: HTTPRequestHead, path: String) -> CallStart {
        var start = CallStart(
            id: lastCall.add(1, ordering: .relaxed).newValue, unixNano: clock(), method: head.method.rawValue,
            path: path,
            spanID: .random())
        let contexts = head.headers["traceparent"]
        // Several headers are invalid by the rules of W3C Trace Context.
        if contexts.count == 1 { start.caller = TraceContext(header: contexts[0]) }
        for name in configuration.sessionHeaders {
            if let value = head.headers.first(name: name), !value.isEmpty {
                start.session = String(value.prefix(Self.textLimit))
                break
            }
        }
        start.userAgent = head.headers.first(name: "user-agent").map { String($0.prefix(Self.textLimit)) }
        return start
    }
}

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
