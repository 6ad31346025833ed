import AsyncHTTPClient
import NIOCore

/// The body of a request between its arrival and the connection to the upstream.
///
/// Its state is touched on one event loop only, which is what makes it safe to share.
final class RequestUpload: @unchecked Sendable {
    /// Bytes on their way above which no more are read from the client.
    private static let highWater = 256 << 10

    private let done: EventLoopPromise<Void>
    private let onRoom: () -> Void
    private var writer: HTTPClient.Body.StreamWriter?
    private var waiting: [ByteBuffer] = []
    private var unsentBytes = 0
    private var isFinished = false
    private var isSettled = false

    /// `onRoom` is called when more may be read.
    init(loop: any EventLoop, onRoom: @escaping () -> Void) {
        done = loop.makePromise(of: Void.self)
        self.onRoom = onRoom
    }

    var isFull: Bool { unsentBytes > Self.highWater && !isSettled }

    /// The connection is there; the future ends with the body.
    func start(_ writer: HTTPClient.Body.StreamWriter) -> EventLoopFuture<Void> {
        self.writer = writer
        let pieces = waiting
        waiting = []
        for piece in pieces { send(piece, writer) }
        if isFinished { settle(nil) }
        return done.futureResult
    }

    func append(_ bytes: ByteBuffer) {
        guard !isSettled else { return }
        unsentBytes += bytes.readableBytes
        if let writer {
            send(bytes, writer)
        } else {
            waiting.append(bytes)
        }
    }

    func finish() {
        isFinished = true
        if writer != nil { settle(nil) }
    }

    /// Gives up; nothing more is sent.
    func abandon() {
        waiting = []
        settle(ChannelError.eof)
    }

    private func send(_ bytes: ByteBuffer, _ writer: HTTPClient.Body.StreamWriter) {
        let count = bytes.readableBytes
        writer.write(.byteBuffer(bytes)).whenComplete { [self] _ in
            let wasFull = isFull
            unsentBytes -= count
            if wasFull, !isFull { onRoom() }
        }
    }

    private func settle(_ error: (any Error)?) {
        guard !isSettled else { return }
        isSettled = true
        if let error {
            done.fail(error)
        } else {
            done.succeed(())
        }
    }
}
