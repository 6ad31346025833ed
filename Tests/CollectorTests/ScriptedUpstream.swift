import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A model server in this process, of which the test plays every move.
final class ScriptedUpstream: Sendable {
    let port: Int
    private let group: MultiThreadedEventLoopGroup
    private let server: any Channel
    private let calls: AsyncStream<UpstreamCall>
    private let isStopped = Atomic(false)

    static func start() async throws -> ScriptedUpstream {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let (calls, continuation) = AsyncStream.makeStream(of: UpstreamCall.self)
        let server = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    var encoder = HTTPResponseEncoder.Configuration()
                    encoder.automaticallySetFramingHeaders = false
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                        withPipeliningAssistance: false, withEncoderConfiguration: encoder)
                    try channel.pipeline.syncOperations.addHandler(UpstreamHandler { continuation.yield($0) })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return ScriptedUpstream(port: server.localAddress?.port ?? 0, group: group, server: server, calls: calls)
    }

    private init(
        port: Int, group: MultiThreadedEventLoopGroup, server: any Channel, calls: AsyncStream<UpstreamCall>
    ) {
        self.port = port
        self.group = group
        self.server = server
        self.calls = calls
    }

    /// The next request that arrives.
    func next() async throws -> UpstreamCall {
        for await call in calls { return call }
        throw TestProblem("the upstream ended")
    }

    /// Closes the port; asked again, it does nothing.
    func stop() async {
        guard !isStopped.exchange(true, ordering: .relaxed) else { return }
        try? await server.close()
        try? await group.shutdownGracefully()
    }
}

/// A request at the upstream, answered by hand.
final class UpstreamCall: Sendable {
    let head: HTTPRequestHead
    private let channel: any Channel
    private let parts: AsyncStream<ByteBuffer>
    let feed: AsyncStream<ByteBuffer>.Continuation

    init(_ head: HTTPRequestHead, channel: any Channel) {
        self.head = head
        self.channel = channel
        (parts, feed) = AsyncStream.makeStream(of: ByteBuffer.self)
    }

    /// The next piece of the request's body; nil at its end.
    func nextPart() async -> String? {
        for await part in parts { return String(buffer: part) }
        return nil
    }

    /// The rest of the body.
    func body() async -> String {
        var text = ""
        for await part in parts { text += String(buffer: part) }
        return text
    }

    /// Sends a whole response; without a body, one that has none.
    ///
    /// Head, body and end go in one write. Once the other side has as many bytes as the head states, the response is
    /// whole for it, and it may close the connection: an end that is written later can meet a closed channel.
    func answer(
        _ status: HTTPResponseStatus = .ok, _ headers: [(String, String)] = [], _ body: String? = nil
    ) async throws {
        await waitForRequest()
        var fields = HTTPHeaders(headers)
        if let body { fields.add(name: "Content-Length", value: "\(body.utf8.count)") }
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: fields)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        if let body {
            channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: body))), promise: nil)
        }
        try await channel.writeAndFlush(HTTPServerResponsePart.end(nil))
    }

    /// Begins a response that streams events; `send` goes on with it, `end` ends it.
    func respondWithEvents(_ headers: [(String, String)] = []) async throws {
        await waitForRequest()
        let fields = [("Content-Type", "text/event-stream"), ("Transfer-Encoding", "chunked")] + headers
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: HTTPHeaders(fields))
        try await channel.writeAndFlush(HTTPServerResponsePart.head(head))
    }

    /// An answer before the end of the request would make the client of the proxy close the connection.
    private func waitForRequest() async { for await _ in parts {} }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes))))
    }

    func end() async throws { try await channel.writeAndFlush(HTTPServerResponsePart.end(nil)) }

    /// Closes the connection without an end of the response.
    func breakOff() async throws { try await channel.close() }

    /// Waits until the other side closed the connection.
    func waitForClose() async throws { try await channel.closeFuture.get() }
}

private final class UpstreamHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    private let onCall: (UpstreamCall) -> Void
    private var call: UpstreamCall?

    init(_ onCall: @escaping (UpstreamCall) -> Void) {
        self.onCall = onCall
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            let call = UpstreamCall(head, channel: context.channel)
            self.call = call
            onCall(call)
        case .body(let bytes): call?.feed.yield(bytes)
        case .end: call?.feed.finish()
        }
    }

    func channelInactive(context: ChannelHandlerContext) { call?.feed.finish() }
}

struct TestProblem: Error, CustomStringConvertible {
    let description: String
    init(_ text: String) { description = text }
}
