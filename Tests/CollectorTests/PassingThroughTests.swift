import AsyncHTTPClient
import Collector
import NIOCore
import NIOHTTP1
import TestSupport
import Testing
import TraceModel

@Suite("What passes through the proxy", .prompt)
struct PassingThroughTests {
    @Test("A stream passes chunk by chunk, unbuffered, and becomes a span with its stream")
    func stream() async throws {
        try await ProxyFixture.run { fixture in
            let sent = fixture.send(fixture.request(headers: [("X-Custom", "kept"), ("TE", "trailers")]))
            let call = try await fixture.upstream.next()
            #expect(call.head.uri == "/v1/chat/completions")
            #expect(call.head.headers["host"] == ["127.0.0.1:\(fixture.upstream.port)"])
            #expect(call.head.headers["x-custom"] == ["kept"])
            #expect(!call.head.headers.contains(name: "te"))
            #expect(await call.body() == ProxyFixture.chat)
            try await call.respondWithEvents([("X-Request-Id", "req_7"), ("Keep-Alive", "timeout=5")])
            // The head arrives before any chunk exists.
            let response = try await sent.value
            #expect(response.status == .ok)
            #expect(response.headers["x-request-id"] == ["req_7"])
            #expect(!response.headers.contains(name: "keep-alive"))
            var body = response.body.makeAsyncIterator()
            for piece in [ProxyFixture.delta("Hel"), ProxyFixture.delta("lo"), ProxyFixture.delta("", finish: "stop")] {
                try await call.send(piece)
                // The next chunk is sent only after this one arrived.
                #expect(try await body.next().map { String(buffer: $0) } == piece)
            }
            try await call.send(ProxyFixture.usage + ProxyFixture.done)
            #expect(try await body.next().map { String(buffer: $0) } == ProxyFixture.usage + ProxyFixture.done)
            try await call.end()
            #expect(try await body.next() == nil)

            let stored = try await fixture.sink.next()
            #expect(stored.owner == .itself)
            #expect(stored.info.endCause == .finished)
            #expect(stored.info.timing == .measured)
            #expect(stored.info.clock == "spandrel record, monotonic")
            #expect(stored.info.finishReason == "stop")
            #expect(stored.info.tokensBilled == 12)
            #expect(stored.info.tokensReasoning == 5)
            #expect(stored.info.wireProtocol == "openai.chat")
            #expect(stored.info.startUnixNano == 1_700_000_000_000_000_000)
            #expect(stored.text(.text) == "Hello")
            let offsets = stored.chunks.compactMap(\.offsetNanos)
            #expect(offsets.count == stored.chunks.count && offsets == offsets.sorted())
            #expect(offsets.allSatisfy { $0 > 0 && $0 <= stored.info.durationNanos ?? 0 })
            #expect(stored.attribute("http.response.status_code") == .int(200))
            #expect(stored.attribute("server.address") == .string("127.0.0.1"))
            #expect(stored.attribute("url.path") == .string("/v1/chat/completions"))
            #expect(stored.attribute("gen_ai.request.model") == .string("gpt-4o"))
            #expect(stored.attribute("gen_ai.response.model") == .string("gpt-4o-2024"))
            #expect(stored.attribute("gen_ai.usage.output_tokens") == .int(12))
            #expect(stored.span.name == "chat gpt-4o")
            #expect(stored.span.status.code != .error)
            #expect(stored.span.parentSpanID == nil)
        }
    }

    @Test("A request's body is passed on while it is being sent")
    func upload() async throws {
        try await ProxyFixture.run { fixture in
            let (parts, feed) = AsyncStream.makeStream(of: ByteBuffer.self)
            var request = fixture.request(body: nil)
            request.body = .stream(parts, length: .unknown)
            let sent = fixture.send(request)
            feed.yield(ByteBuffer(string: #"{"model":"gpt-4o","#))
            let call = try await fixture.upstream.next()
            #expect(await call.nextPart() == #"{"model":"gpt-4o","#)
            feed.yield(ByteBuffer(string: #""messages":[]}"#))
            #expect(await call.nextPart() == #""messages":[]}"#)
            feed.finish()
            #expect(await call.nextPart() == nil)
            try await call.answer(.ok, [("Content-Type", "application/json")], "{}")
            #expect(try await sent.value.text() == "{}")
            #expect(try await fixture.sink.next().attribute("gen_ai.request.model") == .string("gpt-4o"))
        }
    }

    @Test("The path of the upstream stands before the client's, and the query passes")
    func basePath() async throws {
        try await ProxyFixture.run(path: "/openai/") { fixture in
            let sent = fixture.send(fixture.request("/v1/models?limit=2&after=a%2Fb", method: "GET"))
            let call = try await fixture.upstream.next()
            #expect(call.head.uri == "/openai/v1/models?limit=2&after=a%2Fb")
            try await call.answer(.ok, [], "[]")
            #expect(try await sent.value.text() == "[]")
        }
    }

    @Test("Requests that call no model pass and are not recorded", arguments: ["GET", "HEAD", "OPTIONS", "DELETE"])
    func noCall(method: String) async throws {
        try await ProxyFixture.run { fixture in
            let sent = fixture.send(fixture.request("/v1/models", method: method))
            let call = try await fixture.upstream.next()
            #expect(call.head.method.rawValue == method)
            #expect(!call.head.headers.contains(name: "transfer-encoding"))
            try await call.answer(.noContent)
            let response = try await sent.value
            #expect(response.status == .noContent)
            #expect(try await response.text() == "")
            // A call of a model after it is the first that is stored.
            let second = fixture.send(fixture.request())
            let answered = try await fixture.upstream.next()
            try await answered.answer(.ok, [("Content-Type", "application/json")], "{}")
            #expect(try await second.value.text() == "{}")
            #expect(try await fixture.sink.next().attribute("http.request.method") == .string("POST"))
        }
    }

    @Test("A response in one piece is recorded without chunks, since it has no course")
    func whole() async throws {
        try await ProxyFixture.run { fixture in
            let sent = fixture.send(fixture.request())
            let call = try await fixture.upstream.next()
            let text =
                #"{"id":"chatcmpl-2","object":"chat.completion","model":"gpt-4o-2024","choices":[{"index":0,"message":"#
                + #"{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"#
                + #""usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}"#
            try await call.answer(.ok, [("Content-Type", "application/json")], text)
            #expect(try await sent.value.text() == text)
            let stored = try await fixture.sink.next()
            #expect(stored.chunks.isEmpty)
            #expect(stored.info.timing == .none)
            #expect(stored.info.endCause == .finished)
            #expect(stored.info.tokensBilled == 2)
            #expect(stored.attribute("gen_ai.response.id") == .string("chatcmpl-2"))
        }
    }

    @Test("A compressed stream passes as it is and is decompressed for the record")
    func gzip() async throws {
        try await ProxyFixture.run { fixture in
            let sent = fixture.send(fixture.request(headers: [("Accept-Encoding", "gzip")]))
            let call = try await fixture.upstream.next()
            #expect(call.head.headers["accept-encoding"] == ["gzip"])
            try await call.respondWithEvents([("Content-Encoding", "gzip")])
            let body = CompressedBody.gzip
            for start in stride(from: 0, to: body.count, by: 50) {
                try await call.send(Array(body[start..<min(start + 50, body.count)]))
            }
            try await call.end()
            let received = try await sent.value.body.collect(upTo: 1 << 20)
            #expect(Array(received.readableBytesView) == body)
            let stored = try await fixture.sink.next()
            #expect(stored.text(.text) == "Hello world")
            #expect(stored.info.endCause == .finished)
        }
    }

    @Test("A coding that is not known is recorded with a remark")
    func brotli() async throws {
        try await ProxyFixture.run { fixture in
            let sent = fixture.send(fixture.request())
            let call = try await fixture.upstream.next()
            try await call.respondWithEvents([("Content-Encoding", "br")])
            try await call.send([0x8B, 0x00, 0x80])
            try await call.end()
            #expect(try await sent.value.body.collect(upTo: 100).readableBytes == 3)
            let stored = try await fixture.sink.next()
            #expect(stored.chunks.isEmpty)
            #expect(stored.info.remarks.contains { $0.contains("coded as br") })
            #expect(stored.info.endCause == .finished)
        }
    }

    @Test("What passes is not limited by what is kept")
    func limits() async throws {
        let limits = RecordLimits(requestBytes: 20, responseBytes: 400)
        try await ProxyFixture.run(limits: limits) { fixture in
            let sent = fixture.send(fixture.request())
            let call = try await fixture.upstream.next()
            #expect(await call.body() == ProxyFixture.chat)
            try await call.respondWithEvents()
            let response = try await sent.value
            var body = response.body.makeAsyncIterator()
            var received = ""
            for index in 0..<10 {
                try await call.send(ProxyFixture.delta("word\(index) "))
                received += try await body.next().map { String(buffer: $0) } ?? ""
            }
            try await call.send(ProxyFixture.done)
            try await call.end()
            while let piece = try await body.next() { received += String(buffer: piece) }
            #expect(received == (0..<10).map { ProxyFixture.delta("word\($0) ") }.joined() + ProxyFixture.done)
            let stored = try await fixture.sink.next()
            #expect(stored.info.droppedChunks > 0)
            #expect(stored.info.remarks.contains { $0.contains("are missing in the record") })
            #expect(stored.info.remarks.contains { $0.contains("of the request") })
            #expect(stored.info.endCause == .finished)
            #expect(stored.text(.text).hasPrefix("word0 "))
        }
    }
}
