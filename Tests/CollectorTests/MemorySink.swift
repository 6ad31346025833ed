import Collector
import Foundation
import Synchronization
import TraceModel

/// Keeps recorded calls in memory; it can be made to block and to fail.
final class MemorySink: RecordingSink, @unchecked Sendable {
    private let state = Mutex<State>(State())
    private let arrivals: AsyncStream<RecordedStream>
    private let continuation: AsyncStream<RecordedStream>.Continuation
    private let gate = NSCondition()
    private var isHeld = false

    private struct State {
        var failures = 0
        var attempts = 0
    }

    init() {
        (arrivals, continuation) = AsyncStream.makeStream(of: RecordedStream.self)
    }

    /// Makes the next attempts fail.
    func fail(times: Int) { state.withLock { $0.failures = times } }

    var attempts: Int { state.withLock { $0.attempts } }

    /// Makes `store` block, or lets it go on.
    func hold(_ holds: Bool) {
        gate.lock()
        isHeld = holds
        gate.broadcast()
        gate.unlock()
    }

    func store(_ streams: [RecordedStream]) throws {
        gate.lock()
        while isHeld { gate.wait() }
        gate.unlock()
        let fails = state.withLock { state in
            state.attempts += 1
            guard state.failures > 0 else { return false }
            state.failures -= 1
            return true
        }
        if fails { throw TestProblem("the disk is full") }
        for stream in streams { continuation.yield(stream) }
    }

    /// The next call that was stored.
    func next() async throws -> RecordedStream {
        for await stream in arrivals { return stream }
        throw TestProblem("nothing was stored")
    }

    /// All calls that were stored and not yet taken; the sink must be done.
    func rest() async -> [RecordedStream] {
        continuation.finish()
        var streams: [RecordedStream] = []
        for await stream in arrivals { streams.append(stream) }
        return streams
    }
}
