import Headless
import Testing
import TraceAnalysis
import TraceModel
import TraceQuery

@Suite struct StreamPlaybackTests {
    private let milli: Int64 = 1_000_000

    private func playback(
        _ detail: StreamDetail = StreamFixture.measured, _ options: StreamPlayback.Options = .init()
    ) -> StreamPlayback {
        StreamPlayback(detail.chunks, info: detail.info, options: options)
    }

    @Test func textIsWrittenAtItsTime() {
        let steps = playback().steps
        #expect(steps.map(\.dueNanos) == [200, 220, 240, 1_740, 1_760, 2_000].map { $0 * milli })
        #expect(
            steps.map(\.text) == [
                "[reasoning]\nHm.", "\n[text]\nHi ␛[31m, ", "👩\n", "so, \"x\"", "\n[tool call look␛up]\n{\"q\":1}",
                "\n",
            ])
    }

    @Test func speedDividesEveryDueTimeOnce() {
        let due = playback(StreamFixture.measured, .init(speed: 3)).steps.map(\.dueNanos)
        #expect(due == [200, 220, 240, 1_740, 1_760, 2_000].map { $0 * milli / 3 })
    }

    @Test func pausesAreCutAndTold() {
        let steps = playback(StreamFixture.measured, .init(idleLimitNanos: 500 * milli)).steps
        #expect(steps.map(\.dueNanos) == [200, 220, 240, 740, 760, 1_000].map { $0 * milli })
        #expect(steps[3].text == "[1.00s skipped]so, \"x\"")
    }

    @Test func whatCameBeforeTheStartIsWrittenAtOnce() {
        let steps = playback(StreamFixture.measured, .init(speed: 2, fromNanos: 230 * milli)).steps
        #expect(steps.map(\.dueNanos) == [0, 0, 5, 755, 765, 885].map { $0 * milli })
        let beyond = playback(StreamFixture.measured, .init(fromNanos: 9_000 * milli)).steps
        #expect(beyond.allSatisfy { $0.dueNanos == 0 })
    }

    @Test func anInterruptionLeavesTheLineEnded() throws {
        let written = Bytes()
        let output = ByteOutput(capacity: 8) { bytes in
            written.all.append(contentsOf: bytes)
            return .success(bytes.count)
        }
        var waits: [Int64] = []
        let isWhole = try playback().run(on: output) { due in
            waits.append(due)
            return waits.count < 3
        }
        #expect(!isWhole)
        #expect(String(decoding: written.all, as: UTF8.self) == "[reasoning]\nHm.\n[text]\nHi ␛[31m, \n")
        #expect(waits == [200, 220, 240].map { $0 * milli })
    }

    @Test func aClosedPipeEndsThePlayback() {
        let output = ByteOutput(capacity: 8) { _ in .failure(.closed) }
        #expect(throws: HeadlessError.output(.closed)) {
            _ = try playback().run(on: output) { _ in true }
        }
    }

    @Test func playingNeedsAClock() async throws {
        func plan(_ pace: StreamPace?) async throws -> StreamPlayback {
            var made: StreamPlayback?
            _ = try await Written.by(FakeBackend(stream: StreamFixture.untimed), .table) {
                (reader) async throws(HeadlessError) in
                made = try await reader.playback(trace: "7f", span: "a2", pace: pace, options: .init())
            }
            return try #require(made)
        }
        await #expect(throws: HeadlessError.hasNoClock) { try await plan(nil) }
        let paced = try await plan(StreamPace(chunksPerSecond: 10))
        #expect(paced.steps.map(\.dueNanos) == [100, 200, 300, 300].map { $0 * milli })
        #expect(paced.steps.map(\.text).joined() == "One two three.\n")
    }

    private final class Bytes {
        var all: [UInt8] = []
    }
}
