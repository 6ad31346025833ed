import NIOCore
import NIOPosix

/// Clients that each read one stream of a `PacedUpstream` and measure how old its chunks are when they arrive.
enum StreamClients {
    /// Nanoseconds: the age of each chunk but the first of each stream, and from each request to its first chunk.
    struct Latencies: Sendable {
        var chunks: [Int64] = []
        var firsts: [Int64] = []
    }

    /// Runs so many streams side by side, started evenly over one second.
    static func run(_ count: Int, port: Int, on group: any EventLoopGroup) async throws -> Latencies {
        try await withThrowingTaskGroup(of: Latencies.self) { tasks in
            for index in 0..<count {
                let delay = TimeAmount.nanoseconds(Int64(index) * 1_000_000_000 / Int64(count))
                tasks.addTask { try await one(port: port, after: delay, on: group.next()) }
            }
            var all = Latencies()
            for try await part in tasks {
                all.chunks += part.chunks
                all.firsts += part.firsts
            }
            return all
        }
    }

    private static func one(port: Int, after delay: TimeAmount, on loop: any EventLoop) async throws -> Latencies {
        let done = loop.makePromise(of: Latencies.self)
        let channel: any Channel
        do {
            channel = try await loop.scheduleTask(in: delay) {}.futureResult.flatMap {
                ClientBootstrap(group: loop)
                    .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                    .channelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            try channel.pipeline.syncOperations.addHandler(Reader(done))
                        }
                    }
                    .connect(host: "127.0.0.1", port: port)
            }.get()
        } catch {
            done.fail(error)
            throw error
        }
        let latencies = try await done.futureResult.get()
        try? await channel.close()
        return latencies
    }

    /// Reads bytes as they come; the framing of HTTP is not looked at.
    private final class Reader: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let done: EventLoopPromise<Latencies>
        private var latencies = Latencies()
        private var sentAt = NIODeadline.now()
        private var rest: [UInt8] = []
        private let mark = Array(PacedUpstream.mark.utf8)
        private let end = Array("[DONE]".utf8)
        private var isDone = false

        init(_ done: EventLoopPromise<Latencies>) {
            self.done = done
        }

        func channelActive(context: ChannelHandlerContext) {
            let body = #"{"model":"m","stream":true,"messages":[{"role":"user","content":"Count."}]}"#
            let request =
                "POST /v1/chat/completions HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
            sentAt = .now()
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let now = NIODeadline.now()
            rest.append(contentsOf: unwrapInboundIn(data).readableBytesView)
            let bytes = rest
            var position = 0
            while let found = Self.find(mark, in: bytes, from: position) {
                let digits = found + mark.count
                guard digits + 20 <= bytes.count else { break }
                let sent = bytes[digits..<digits + 20].reduce(0 as Int64) { $0 * 10 + Int64($1 & 15) }
                if latencies.firsts.isEmpty {
                    latencies.firsts.append((now - sentAt).nanoseconds)
                } else {
                    latencies.chunks.append(Int64(now.uptimeNanoseconds) - sent)
                }
                position = digits + 20
            }
            if Self.find(end, in: bytes, from: position) != nil { finish() }
            // A mark or a number may be cut.
            rest = Array(bytes[max(position, bytes.count - 64)...])
        }

        func channelInactive(context: ChannelHandlerContext) { finish() }

        private func finish() {
            guard !isDone else { return }
            isDone = true
            done.succeed(latencies)
        }

        private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
            bytes.withUnsafeBufferPointer { hay in
                var place = start
                while place + needle.count <= hay.count {
                    var length = 0
                    while length < needle.count, hay[place + length] == needle[length] { length += 1 }
                    if length == needle.count { return place }
                    place += 1
                }
                return nil
            }
        }
    }
}
