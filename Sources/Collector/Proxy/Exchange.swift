import AsyncHTTPClient
import Basics
import NIOCore
import NIOHTTP1

/// One request on its way to the upstream, and the response on its way back.
///
/// It is the delegate of the client library's request on the event loop of the client's connection, so that a piece
/// goes from one socket to the other without a change of thread. Its state is touched on that loop only, which is what
/// makes it safe to share.
final class Exchange: HTTPClientResponseDelegate, @unchecked Sendable {
    typealias Response = Void

    private enum Phase {
        case waiting
        /// The head went to the client; true for a body that ends with the connection.
        case responding(untilClose: Bool)
        case done
    }

    private let head: HTTPRequestHead
    private unowned let connection: ClientConnection
    private let loop: any EventLoop
    private let services: ProxyServices
    private var tap: CallTap
    private var phase = Phase.waiting
    private var task: HTTPClient.Task<Void>?
    private var upload: RequestUpload?
    private var clientIsReady: EventLoopPromise<Void>?
    private var lastByte = NIODeadline.now()
    private var watchdog: Scheduled<Void>?

    init(_ head: HTTPRequestHead, connection: ClientConnection, services: ProxyServices) {
        self.head = head
        self.connection = connection
        self.services = services
        loop = connection.channel.eventLoop
        let path = RequestTarget.path(head.uri)
        let shown = services.configuration.upstream.basePath + (path.split(separator: "?").first.map(String.init) ?? "")
        tap = CallTap(
            start: services.callStart(head, path: shown), began: .now(), recorder: services.recorder)
    }

    // MARK: The request

    func start() {
        let address = services.configuration.upstream.text + RequestTarget.path(head.uri)
        // A caller's span gets ours as a child, which calls the upstream; what is no call passes as it came.
        var context: TraceContext?
        if let caller = tap.start.caller, head.method == .POST {
            context = TraceContext(traceID: caller.traceID, spanID: tap.start.spanID, flags: caller.flags)
        }
        guard
            var request = try? HTTPClient.Request(
                url: address, method: head.method,
                headers: HeaderRules.forUpstream(head.headers, traceContext: context))
        else {
            answer(.badRequest, "this address cannot be passed on")
            return
        }
        let length = head.headers.first(name: "content-length").flatMap { Int64($0) }
        if length ?? 0 > 0 || head.headers.contains(name: "transfer-encoding") {
            let upload = RequestUpload(loop: loop) { [unowned self] in connection.readOn() }
            self.upload = upload
            request.body = .stream(contentLength: length) { upload.start($0) }
        }
        guard let client = services.client(on: loop) else {
            answer(.internalServerError, "there is no client on this thread")
            return
        }
        let task = client.execute(request: request, delegate: self, eventLoop: .delegate(on: loop), deadline: nil)
        self.task = task
        // A request that is refused at once has no call of the delegate.
        task.futureResult.whenFailure { self.upstreamFailed($0) }
        if let seconds = services.configuration.idleTimeout { watch(seconds) }
    }

    var holdsRequestBack: Bool { upload?.isFull ?? false }

    func receiveRequest(_ bytes: ByteBuffer) {
        lastByte = .now()
        tap.keepRequest(bytes)
        upload?.append(bytes)
    }

    func endRequest() { upload?.finish() }

    // MARK: The response

    func didReceiveHead(task: HTTPClient.Task<Void>, _ response: HTTPResponseHead) -> EventLoopFuture<Void> {
        guard case .waiting = phase else { return loop.makeSucceededVoidFuture() }
        lastByte = .now()
        let headers = HeaderRules.forClient(
            response, method: head.method, version: head.version, willClose: connection.closesAfterThis)
        let untilClose = headers.first(name: "connection") == "close"
        phase = .responding(untilClose: untilClose)
        connection.write(HTTPResponseHead(version: .http1_1, status: response.status, headers: headers))
        var kept = CallResponse(status: Int(response.status.code))
        kept.contentType = response.headers.first(name: "content-type")
        kept.contentEncoding = response.headers.first(name: "content-encoding")
        kept.requestID = response.headers.first(name: "x-request-id") ?? response.headers.first(name: "request-id")
        tap.keepResponse(kept)
        return loop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ bytes: ByteBuffer) -> EventLoopFuture<Void> {
        guard case .responding = phase else { return loop.makeSucceededVoidFuture() }
        let offset = tap.elapsedNanos
        lastByte = .now()
        connection.write(bytes)
        // A write may find that the client is gone, which ends the call.
        guard case .responding = phase else { return loop.makeSucceededVoidFuture() }
        tap.keepResponse(bytes, offsetNanos: offset)
        guard !connection.isWritable else { return loop.makeSucceededVoidFuture() }
        // The client is slow: the upstream is not read before it took what is there.
        let promise = clientIsReady ?? loop.makePromise(of: Void.self)
        clientIsReady = promise
        return promise.futureResult
    }

    func didFinishRequest(task: HTTPClient.Task<Void>) throws {
        guard case .responding(let untilClose) = phase else { return }
        finish(.complete)
        connection.writeEnd(closing: untilClose)
    }

    func didReceiveError(task: HTTPClient.Task<Void>, _ error: any Error) { upstreamFailed(error) }

    private func upstreamFailed(_ error: any Error) {
        let reason = UpstreamFault.text(error, services.configuration.upstream)
        switch phase {
        case .done: return
        case .waiting:
            finish(.upstreamFailed(reason))
            answer(.badGateway, reason)
        case .responding:
            finish(.upstreamFailed(reason))
            connection.breakOff()
        }
    }

    // MARK: Other ends

    func clientWentAway() { cancel(.clientWentAway) }

    /// Ends the exchange because the proxy stops.
    func stop() { cancel(.stopped) }

    func clientCanTakeMore() {
        let promise = clientIsReady
        clientIsReady = nil
        promise?.succeed(())
    }

    private func watch(_ seconds: Double) {
        let limit = TimeAmount.nanoseconds(Int64(clamped: seconds * 1e9))
        watchdog = loop.scheduleTask(deadline: lastByte + limit) { [weak self] in
            guard let self else { return }
            if NIODeadline.now() < lastByte + limit {
                watch(seconds)
            } else {
                timedOut()
            }
        }
    }

    private func timedOut() {
        switch phase {
        case .done: return
        case .waiting:
            cancel(.timedOut)
            answer(.gatewayTimeout, "nothing came from \(services.configuration.upstream.text) in time")
        case .responding:
            cancel(.timedOut)
            connection.breakOff()
        }
    }

    /// Ends the exchange from this side.
    private func cancel(_ cause: CallEnd.Cause) {
        if case .done = phase { return }
        finish(cause)
        task?.cancel()
    }

    private func finish(_ cause: CallEnd.Cause) {
        phase = .done
        tap.end(cause)
        watchdog?.cancel()
        upload?.abandon()
        clientCanTakeMore()
    }

    /// An answer of the proxy itself, as plain text.
    private func answer(_ status: HTTPResponseStatus, _ reason: String) {
        phase = .done
        connection.writeAnswer(status, reason, to: head)
    }
}
