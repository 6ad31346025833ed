import AsyncHTTPClient
import Collector
import NIOCore
import NIOHTTP1
import Synchronization
import TestSupport
import TraceModel

/// A scripted upstream, a proxy in front of it, and a client.
final class ProxyFixture: Sendable {
    let upstream: ScriptedUpstream
    let proxy: RecordingProxy
    let sink: MemorySink
    let complaints: Lines
    /// Does not try again, so that a closed port is seen at once.
    let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    /// Lines that come from other threads.
    final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    static func run(
        path: String = "", limits: RecordLimits = RecordLimits(), idleTimeout: Double? = nil, grace: Double = 10,
        sink: (any RecordingSink)? = nil, sessionHeaders: [String] = ProxyConfiguration.standardSessionHeaders,
        _ body: (ProxyFixture) async throws -> Void
    ) async throws {
        let upstream = try await ScriptedUpstream.start()
        let memory = MemorySink()
        let lines = Lines()
        let configuration = ProxyConfiguration(
            upstream: try UpstreamAddress("http://127.0.0.1:\(upstream.port)\(path)"),
            listen: ListenAddress(host: "127.0.0.1", port: 0), sessionHeaders: sessionHeaders,
            idleTimeout: idleTimeout, grace: grace, limits: limits, threads: 1)
        let proxy = try await RecordingProxy.start(
            configuration, sink: sink ?? memory, clock: { 1_700_000_000_000_000_000 }, complain: { lines.add($0) })
        let fixture = ProxyFixture(upstream: upstream, proxy: proxy, sink: memory, complaints: lines)
        var problem: (any Error)?
        do { try await body(fixture) } catch { problem = error }
        proxy.stopConnections()
        _ = await proxy.drain()
        try? await fixture.client.shutdown()
        await upstream.stop()
        if let problem { throw problem }
    }

    private init(upstream: ScriptedUpstream, proxy: RecordingProxy, sink: MemorySink, complaints: Lines) {
        self.upstream = upstream
        self.proxy = proxy
        self.sink = sink
        self.complaints = complaints
    }

    /// A request to the proxy.
    func request(
        _ path: String = "/v1/chat/completions", method: String = "POST", headers: [(String, String)] = [],
        body: String? = ProxyFixture.chat
    ) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: "http://\(proxy.address.text)\(path)")
        request.method = .init(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if method == "POST", let body { request.body = .bytes(ByteBuffer(string: body)) }
        return request
    }

    /// Sends a request in a task of its own, since the test plays the upstream meanwhile.
    func send(_ request: HTTPClientRequest) -> Task<HTTPClientResponse, any Error> {
        Task(executorPreference: TestThreads.prompt) { [client] in
            try await client.execute(request, timeout: .minutes(10))
        }
    }

    static let chat = #"{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"Hi"}]}"#

    /// A chunk of a chat stream.
    static func delta(_ text: String, finish: String? = nil) -> String {
        let reason = finish.map { "\"\($0)\"" } ?? "null"
        return
            #"data: {"id":"chatcmpl-1","object":"chat.completion.chunk","model":"gpt-4o-2024","choices":[{"index":0,"#
            + #""delta":{"content":"\#(text)"},"finish_reason":\#(reason)}]}"# + "\n\n"
    }

    static let usage =
        #"data: {"id":"chatcmpl-1","object":"chat.completion.chunk","model":"gpt-4o-2024","choices":[],"#
        + #""usage":{"prompt_tokens":9,"completion_tokens":12,"total_tokens":21,"#
        + #""completion_tokens_details":{"reasoning_tokens":5}}}"# + "\n\n"
    static let done = "data: [DONE]\n\n"
}

extension HTTPClientResponse {
    /// The whole body as text.
    func text() async throws -> String { String(buffer: try await body.collect(upTo: 64 << 20)) }
}

extension RecordedStream {
    func attribute(_ key: String) -> AttributeValue? { span.attributes.value(of: key) }

    /// The text of all chunks of a kind.
    func text(_ kind: ChunkKind) -> String { chunks.filter { $0.kind == kind }.map(\.text).joined() }
}
