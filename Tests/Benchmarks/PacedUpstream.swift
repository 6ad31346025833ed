import NIOCore
import NIOHTTP1
import NIOPosix

/// A model server that answers each request with chunks at an even pace, each with the time at which it was sent.
final class PacedUpstream: Sendable {
    let port: Int
    private let server: any Channel

    /// Chunks go out every `interval`; the first at once.
    static func start(on group: any EventLoopGroup, chunks: Int, interval: TimeAmount) async throws -> PacedUpstream {
        let server = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
                    try channel.pipeline.syncOperations.addHandler(Pacer(chunks: chunks, interval: interval))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return PacedUpstream(port: server.localAddress?.port ?? 0, server: server)
    }

    private init(port: Int, server: any Channel) {
        self.port = port
        self.server = server
    }

    func stop() async throws { try await server.close() }

    /// Stands before the time in a chunk, which is 20 digits of nanoseconds on the monotonic clock.
    static let mark = #"{"content":"t"#

    private final class Pacer: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart
        private let chunks: Int
        private let interval: TimeAmount
        private var sent = 0
        private var due = NIODeadline.now()

        init(chunks: Int, interval: TimeAmount) {
            self.chunks = chunks
            self.interval = interval
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard case .end = unwrapInboundIn(data) else { return }
            let headers: HTTPHeaders = ["Content-Type": "text/event-stream"]
            let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            sent = 0
            due = .now()
            step(context)
        }

        private func step(_ context: ChannelHandlerContext) {
            guard context.channel.isActive else { return }
            guard sent < chunks else {
                let end = ByteBuffer(
                    string: #"data: {"id":"chatcmpl-b","object":"chat.completion.chunk","model":"m","choices":[{"#
                        + #""index":0,"delta":{},"finish_reason":"stop"}]}"# + "\n\ndata: [DONE]\n\n")
                context.write(wrapOutboundOut(.body(.byteBuffer(end))), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
                return
            }
            sent += 1
            var chunk = context.channel.allocator.buffer(capacity: 256)
            chunk.writeString(
                #"data: {"id":"chatcmpl-b","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"#)
            let digits = String(NIODeadline.now().uptimeNanoseconds)
            chunk.writeString(#""delta":"# + PacedUpstream.mark)
            chunk.writeString(String(repeating: "0", count: 20 - digits.utf8.count) + digits)
            chunk.writeString(#" "},"finish_reason":null}]}"# + "\n\n")
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(chunk))), promise: nil)
            due = due + interval
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            let pacer = NIOLoopBound(self, eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(deadline: due) { pacer.value.step(bound.value) }
        }
    }
}
