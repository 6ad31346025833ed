import AsyncHTTPClient
import Basics
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A reverse proxy that passes everything on and records the calls of models.
///
/// The server is a plain NIO channel and no Hummingbird application: a web framework hands a body from the event loop
/// to a task and back for each piece, which at 20,000 pieces a second costs two changes of thread and a wake-up each.
/// Here the pieces stay on one event loop from socket to socket.
package final class RecordingProxy: Sendable {
    /// Where it listens, with the port that it got.
    package let address: ListenAddress
    private let services: ProxyServices
    private let group: MultiThreadedEventLoopGroup
    private let server: any Channel
    private let draining = Mutex<Task<(unstored: Int, reason: String?), Never>?>(nil)

    private init(
        address: ListenAddress, services: ProxyServices, group: MultiThreadedEventLoopGroup, server: any Channel
    ) {
        self.address = address
        self.services = services
        self.group = group
        self.server = server
    }

    /// Starts to listen and to record.
    ///
    /// `clock` gives nanoseconds since the Unix epoch; `report` and `complain` are called from other threads.
    package static func start(
        _ configuration: ProxyConfiguration, sink: any RecordingSink, clock: @escaping @Sendable () -> Int64,
        report: @escaping @Sendable (CallReport) -> Void = { _ in }, complain: @escaping Recorder.Complaint = { _ in }
    ) async throws(CollectorError) -> RecordingProxy {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, configuration.threads))
        let recorder = Recorder(sink: sink, configuration: configuration, report: report, complain: complain)
        var clients: [ObjectIdentifier: HTTPClient] = [:]
        for loop in group.makeIterator() {
            clients[ObjectIdentifier(loop)] = HTTPClient(
                eventLoopGroupProvider: .shared(loop), configuration: client)
        }
        let services = ProxyServices(configuration: configuration, clients: clients, recorder: recorder, clock: clock)
        do {
            let server = try await bootstrap(group, services)
                .bind(host: configuration.listen.host, port: configuration.listen.port).get()
            recorder.start()
            let address = ListenAddress(
                host: configuration.listen.host, port: server.localAddress?.port ?? configuration.listen.port)
            return RecordingProxy(address: address, services: services, group: group, server: server)
        } catch {
            await services.shutDownClients()
            try? await group.shutdownGracefully()
            let detail = (error as? IOError)?.description ?? String(describing: error)
            throw .bind(address: configuration.listen.text, detail: detail)
        }
    }

    /// Ends: accepts no more, lets running calls end within the grace time, and stores everything.
    ///
    /// Returns how many calls could not be stored, and why; asked again, it says the same.
    package func drain() async -> (unstored: Int, reason: String?) {
        let task = draining.withLock { draining in
            let task = draining ?? Task { await self.drainOnce() }
            draining = task
            return task
        }
        return await task.value
    }

    private func drainOnce() async -> (unstored: Int, reason: String?) {
        try? await server.close()
        let connections = services.connections.all
        for connection in connections {
            connection.channel.eventLoop.execute { connection.drain() }
        }
        let grace = TimeAmount.nanoseconds(Int64(clamped: services.configuration.grace * 1e9))
        let deadline = server.eventLoop.scheduleTask(in: grace) { [self] in stopConnections() }
        let closed = EventLoopFuture.andAllComplete(connections.map(\.channel.closeFuture), on: server.eventLoop)
        try? await closed.get()
        deadline.cancel()
        // What was accepted while the server closed.
        stopConnections()
        await services.shutDownClients()
        try? await group.shutdownGracefully()
        return await services.recorder.finish()
    }

    /// Ends running calls now; what came of them is recorded.
    package func stopConnections() {
        for connection in services.connections.all {
            connection.channel.eventLoop.execute { connection.stop() }
        }
    }

    private static var client: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.decompression = .disabled
        // Each stream has a connection of its own, as many as there are clients.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 100_000
        // Servers close idle connections after five seconds and more; a request should not meet that moment.
        configuration.connectionPool.idleTimeout = .seconds(4)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout.connect = .seconds(30)
        return configuration
    }

    private static func bootstrap(_ group: MultiThreadedEventLoopGroup, _ services: ProxyServices) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    // The exchange frames responses itself, since a HEAD request needs its own rule.
                    var encoder = HTTPResponseEncoder.Configuration()
                    encoder.automaticallySetFramingHeaders = false
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                        withEncoderConfiguration: encoder)
                    try channel.pipeline.syncOperations.addHandler(
                        ClientConnection(channel: channel, services: services))
                }
            }
    }
}
