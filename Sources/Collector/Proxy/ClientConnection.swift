import NIOCore
import NIOHTTP1

/// One connection of a client: hands requests to exchanges, one at a time, and writes what they answer.
///
/// All its state is touched on the event loop of its channel only, which is what makes it safe to share.
final class ClientConnection: ChannelDuplexHandler, @unchecked Sendable {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    let channel: any Channel
    private let services: ProxyServices
    private var context: ChannelHandlerContext?
    private var exchange: Exchange?
    private var isReadHeld = false
    private var isRequestOpen = false
    private var closesAfterResponse = false

    init(channel: any Channel, services: ProxyServices) {
        self.channel = channel
        self.services = services
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        services.connections.add(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        services.connections.remove(self)
    }

    // MARK: From the client

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            isRequestOpen = true
            if let refusal = services.requestGuard.refusal(of: head) { return refuse(head, refusal) }
            if !head.isKeepAlive { closesAfterResponse = true }
            if head.headers[canonicalForm: "expect"].contains(where: { $0.lowercased() == "100-continue" }) {
                let go = HTTPResponseHead(version: .http1_1, status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
            }
            let exchange = Exchange(head, connection: self, services: services)
            self.exchange = exchange
            exchange.start()
        case .body(let bytes): exchange?.receiveRequest(bytes)
        case .end:
            isRequestOpen = false
            exchange?.endRequest()
        }
    }

    /// Answers a request that does not pass, and takes no other on this connection.
    private func refuse(_ head: HTTPRequestHead, _ refusal: RequestGuard.Refusal) {
        closesAfterResponse = true
        writeAnswer(refusal.status, refusal.reason, to: head)
    }

    /// An answer of the proxy itself, as plain text.
    func writeAnswer(_ status: HTTPResponseStatus, _ reason: String, to head: HTTPRequestHead) {
        let text = ByteBuffer(string: "spandrel: \(reason)\n")
        var headers = HTTPHeaders()
        headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
        headers.add(name: "Content-Length", value: String(text.readableBytes))
        if closesAfterResponse { headers.add(name: "Connection", value: "close") }
        write(HTTPResponseHead(version: .http1_1, status: status, headers: headers))
        if head.method != .HEAD { write(text) }
        writeEnd(closing: false)
    }

    func channelInactive(context: ChannelHandlerContext) {
        exchange?.clientWentAway()
        exchange = nil
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        exchange?.clientWentAway()
        exchange = nil
        context.close(promise: nil)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { exchange?.clientCanTakeMore() }
        context.fireChannelWritabilityChanged()
    }

    func read(context: ChannelHandlerContext) {
        if exchange?.holdsRequestBack ?? false {
            isReadHeld = true
        } else {
            context.read()
        }
    }

    // MARK: For the exchange

    var isWritable: Bool { channel.isWritable }

    var closesAfterThis: Bool { closesAfterResponse }

    /// Reads on after the exchange held the request back.
    func readOn() {
        guard isReadHeld else { return }
        isReadHeld = false
        context?.read()
    }

    func write(_ head: HTTPResponseHead) {
        context?.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
    }

    func write(_ bytes: ByteBuffer) {
        context?.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
    }

    /// Ends the response; `closing` for a body that ends with the connection.
    func writeEnd(closing: Bool) {
        exchange = nil
        // The rest of a request that was answered early is not waited for.
        let closes = closing || closesAfterResponse || isRequestOpen
        guard let context else { return }
        let done = closes ? context.eventLoop.makePromise(of: Void.self) : nil
        if let done {
            let channel = channel
            done.futureResult.whenComplete { _ in channel.close(promise: nil) }
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: done)
        readOn()
    }

    /// Closes without an end of the response, so that the client sees that it is not whole.
    func breakOff() {
        exchange = nil
        channel.close(promise: nil)
    }

    // MARK: For the proxy

    /// Lets a running exchange end and takes no other.
    func drain() {
        closesAfterResponse = true
        if exchange == nil { channel.close(promise: nil) }
    }

    /// Ends a running exchange now.
    func stop() {
        exchange?.stop()
        exchange = nil
        channel.close(promise: nil)
    }
}
