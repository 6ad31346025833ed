import AsyncHTTPClient
import Collector
import NIOCore
import TestSupport
import Testing
import TraceModel

@Suite("The recorder behind the streams", .prompt)
struct RecorderTests {
    /// Streams a short answer through the proxy and returns what the client received.
    private func stream(_ fixture: ProxyFixture, words: Int) async throws -> String {
        let sent = fixture.send(fixture.request())
        let call = try await fixture.upstream.next()
        try await call.respondWithEvents()
        let response = try await sent.value
        var body = response.body.makeAsyncIterator()
        var received = ""
        for index in 0..<words {
            try await call.send(ProxyFixture.delta("w\(index) "))
            received += try await body.next().map { String(buffer: $0) } ?? ""
        }
        try await call.send(ProxyFixture.done)
        try await call.end()
        while let piece = try await body.next() { received += String(buffer: piece) }
        return received
    }

    @Test("A disk that hangs slows no stream; what finds no room is counted and told")
    func overflow() async throws {
        try await ProxyFixture.run(limits: RecordLimits(queuedEvents: 16)) { fixture in
            fixture.sink.hold(true)
            defer { fixture.sink.hold(false) }
            let first = try await stream(fixture, words: 1)
            #expect(first.hasSuffix(ProxyFixture.done))
            // The recorder may take some of it before it hangs in the sink, never all.
            let words = 200
            let second = try await stream(fixture, words: words)
            #expect(second == (0..<words).map { ProxyFixture.delta("w\($0) ") }.joined() + ProxyFixture.done)
            fixture.sink.hold(false)
            #expect(try await fixture.sink.next().text(.text) == "w0 ")
            let stored = try await fixture.sink.next()
            #expect(stored.info.droppedChunks > 0)
            #expect(stored.info.remarks.contains { $0.contains("are missing in the record") })
            #expect(stored.text(.text).hasPrefix("w0 w1 "))
            #expect(fixture.complaints.all.contains { $0.contains("pass unrecorded") })
        }
    }

    @Test("A disk that comes back gets what it missed")
    func retry() async throws {
        try await ProxyFixture.run { fixture in
            fixture.sink.fail(times: 1)
            _ = try await stream(fixture, words: 3)
            #expect(try await fixture.sink.next().text(.text) == "w0 w1 w2 ")
            #expect(fixture.sink.attempts == 2)
            #expect(fixture.complaints.all.contains { $0.contains("the disk is full") })
        }
    }

    @Test("A disk that stays away is told at the end, with the number of calls")
    func lost() async throws {
        try await ProxyFixture.run { fixture in
            fixture.sink.fail(times: .max)
            _ = try await stream(fixture, words: 3)
            let (unstored, reason) = await fixture.proxy.drain()
            #expect(unstored == 1)
            #expect(reason == "the disk is full")
        }
    }

    @Test("The queue loses what may be lost, keeps the rest, and hands all on in order")
    func queue() {
        let queue = RecordQueue(capacity: 2, linger: 0)
        let start = CallStart(id: 1, unixNano: 0, method: "POST", path: "/", spanID: SpanID(1))
        queue.push(.begin(start, request: []))
        #expect(queue.offer(.chunk(1, [65], offsetNanos: 5)))
        #expect(!queue.offer(.chunk(1, [66], offsetNanos: 6)))
        #expect(queue.isOverfull)
        queue.push(.end(1, CallEnd(cause: .complete, durationNanos: 7), heldBytes: 1), isUrgent: true)
        guard case .events(let events) = queue.take(within: nil) else {
            Issue.record("nothing was handed on")
            return
        }
        #expect(events.count == 3)
        #expect(!queue.isOverfull)
        guard case .timeout = queue.take(within: 0.001) else {
            Issue.record("there was nothing to take")
            return
        }
        queue.finish()
        #expect(!queue.offer(.chunk(1, [67], offsetNanos: 8)))
        guard case .finished = queue.take(within: nil) else {
            Issue.record("the end was not told")
            return
        }
    }

    @Test("The budget gives no more than it has")
    func budget() {
        let budget = RecordBudget(bytes: 10)
        #expect(budget.take(6))
        #expect(!budget.take(5))
        #expect(budget.take(4))
        budget.giveBack(10)
        #expect(budget.take(10))
    }
}
