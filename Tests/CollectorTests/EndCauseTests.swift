import AsyncHTTPClient
import Collector
import NIOCore
import NIOHTTP1
import TestSupport
import Testing
import TraceModel

@Suite("How calls end", .prompt)
struct EndCauseTests {
    @Test("A client that goes away ends the call at the upstream, and is told apart")
    func clientAbort() async throws {
        try await ProxyFixture.run { fixture in
            let reading = Task(executorPreference: TestThreads.prompt) {
                [client = fixture.client, request = fixture.request()] in
                let response = try await client.execute(request, timeout: .minutes(10))
                // Leaving the loop drops the connection.
                for try await _ in response.body { break }
            }
            let call = try await fixture.upstream.next()
            try await call.respondWithEvents()
            try await call.send(ProxyFixture.delta("Hel"))
            try await reading.value
            try await call.waitForClose()
            let stored = try await fixture.sink.next()
            #expect(stored.info.endCause == .clientAbort)
            #expect(stored.text(.text) == "Hel")
            #expect(stored.span.status.code != .error)
            #expect(stored.attribute("gen_ai.response.status") == .string("cancelled"))
            #expect(stored.attribute("error.type") == nil)
        }
    }

    @Test("A client that closes after the end mark has not aborted")
    func clientClosesEarly() async throws {
        try await ProxyFixture.run { fixture in
            let reading = Task(executorPreference: TestThreads.prompt) {
                [client = fixture.client, request = fixture.request()] in
                let response = try await client.execute(request, timeout: .minutes(10))
                for try await _ in response.body { break }
            }
            let call = try await fixture.upstream.next()
            try await call.respondWithEvents()
            try await call.send(ProxyFixture.delta("Hi", finish: "stop") + ProxyFixture.done)
            try await reading.value
            try await call.waitForClose()
            #expect(try await fixture.sink.next().info.endCause == .finished)
        }
    }

    @Test("An upstream that breaks off is seen as such by the client and in the record")
    func broken() async throws {
        try await ProxyFixture.run { fixture in
            let sent = fixture.send(fixture.request())
            let call = try await fixture.upstream.next()
            try await call.respondWithEvents()
            let response = try await sent.value
            try await call.send(ProxyFixture.delta("Hel"))
            var body = response.body.makeAsyncIterator()
            #expect(try await body.next() != nil)
            try await call.breakOff()
            await #expect(throws: (any Error).self) { try await body.next() }
            let stored = try await fixture.sink.next()
            #expect(stored.info.endCause == .connectionDropped)
            #expect(stored.info.errorMessage?.contains("closed the connection") ?? false)
            #expect(stored.span.status.code == .error)
        }
    }

    @Test("A body that ends without the provider's end mark is not whole")
    func noEndMark() async throws {
        try await ProxyFixture.run { fixture in
            let sent = fixture.send(fixture.request())
            let call = try await fixture.upstream.next()
            try await call.respondWithEvents()
            try await call.send(ProxyFixture.delta("Hel"))
            try await call.end()
            #expect(try await sent.value.text() == ProxyFixture.delta("Hel"))
            #expect(try await fixture.sink.next().info.endCause == .connectionDropped)
        }
    }

    @Test("An upstream that is not there gives 502 with the reason, and a span")
    func unreachable() async throws {
        try await ProxyFixture.run { fixture in
            await fixture.upstream.stop()
            let response = try await fixture.send(fixture.request()).value
            #expect(response.status == .badGateway)
            #expect(try await response.text().hasPrefix("spandrel: cannot connect to 127.0.0.1:"))
            let stored = try await fixture.sink.next()
            #expect(stored.info.endCause == .serverError)
            #expect(stored.attribute("http.response.status_code") == nil)
            #expect(stored.attribute("error.type") == .string("upstream_unreachable"))
            #expect(stored.span.status.code == .error)
            #expect(stored.attribute("gen_ai.request.model") == .string("gpt-4o"))
        }
    }

    @Test("A status above 399 is an error of the server")
    func status() async throws {
        try await ProxyFixture.run { fixture in
            let sent = fixture.send(fixture.request())
            let call = try await fixture.upstream.next()
            let text = #"{"error":{"message":"slow down","type":"rate_limit_error","code":"rate_limit"}}"#
            try await call.answer(.tooManyRequests, [("Content-Type", "application/json")], text)
            let response = try await sent.value
            #expect(response.status == .tooManyRequests)
            #expect(try await response.text() == text)
            let stored = try await fixture.sink.next()
            #expect(stored.info.endCause == .serverError)
            #expect(stored.info.errorMessage == "slow down")
            #expect(stored.attribute("http.response.status_code") == .int(429))
            #expect(stored.span.status.code == .error)
        }
    }

    @Test("An error event in a stream is an error of the server")
    func errorEvent() async throws {
        try await ProxyFixture.run { fixture in
            let sent = fixture.send(fixture.request("/v1/messages"))
            let call = try await fixture.upstream.next()
            try await call.respondWithEvents()
            try await call.send(
                "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                    + "\"message\":\"Overloaded\"}}\n\n")
            try await call.end()
            _ = try await sent.value.text()
            let stored = try await fixture.sink.next()
            #expect(stored.info.endCause == .serverError)
            #expect(stored.info.errorMessage == "Overloaded")
            #expect(stored.attribute("error.type") == .string("overloaded_error"))
        }
    }

    @Test("A stream in which nothing comes any more is ended by the time limit")
    func watchdog() async throws {
        try await ProxyFixture.run(idleTimeout: 2) { fixture in
            let sent = fixture.send(fixture.request())
            let call = try await fixture.upstream.next()
            try await call.respondWithEvents()
            try await call.send(ProxyFixture.delta("Hel"))
            let response = try await sent.value
            await #expect(throws: (any Error).self) { try await response.text() }
            try await call.waitForClose()
            let stored = try await fixture.sink.next()
            #expect(stored.info.endCause == .watchdog)
            #expect(stored.text(.text) == "Hel")
        }
    }

    @Test("An upstream that never answers ends in 504")
    func silence() async throws {
        try await ProxyFixture.run(idleTimeout: 0.2) { fixture in
            let response = try await fixture.send(fixture.request()).value
            #expect(response.status == .gatewayTimeout)
            #expect(try await fixture.sink.next().info.endCause == .watchdog)
        }
    }

    @Test("A stop lets a running stream end, takes no other, and stores")
    func drain() async throws {
        try await ProxyFixture.run { fixture in
            let sent = fixture.send(fixture.request())
            let call = try await fixture.upstream.next()
            try await call.respondWithEvents()
            let response = try await sent.value
            let drained = Task(executorPreference: TestThreads.prompt) { [proxy = fixture.proxy] in await proxy.drain()
            }
            try await call.send(ProxyFixture.delta("Hi", finish: "stop"))
            try await call.send(ProxyFixture.done)
            try await call.end()
            #expect(try await response.text().hasSuffix(ProxyFixture.done))
            let (unstored, reason) = await drained.value
            #expect(unstored == 0)
            #expect(reason == nil)
            await #expect(throws: (any Error).self) { try await fixture.send(fixture.request()).value }
            let stored = await fixture.sink.rest()
            #expect(stored.map(\.info.endCause) == [.finished])
        }
    }

    @Test("A stream that outlasts the grace time is ended and stored")
    func grace() async throws {
        try await ProxyFixture.run(grace: 0.1) { fixture in
            let sent = fixture.send(fixture.request())
            let call = try await fixture.upstream.next()
            try await call.respondWithEvents()
            try await call.send(ProxyFixture.delta("Hi"))
            let response = try await sent.value
            var body = response.body.makeAsyncIterator()
            #expect(try await body.next() != nil)
            _ = await fixture.proxy.drain()
            await #expect(throws: (any Error).self) { try await body.next() }
            let stored = await fixture.sink.rest()
            #expect(stored.map(\.info.endCause) == [.watchdog])
            #expect(stored.map(\.info.errorMessage) == ["the recorder was stopped"])
        }
    }
}
