import Foundation
import Ingest
import Synchronization
import TraceModel

/// Turns events into stored calls, on one thread of its own with low priority, so that streams go first.
package final class Recorder: @unchecked Sendable {
    package typealias Complaint = @Sendable (String) -> Void

    package let queue: RecordQueue
    package let budget: RecordBudget
    package let limits: RecordLimits
    private let upstream: UpstreamAddress
    private let version: String
    private let report: @Sendable (CallReport) -> Void
    private let complaints: ComplaintLimiter
    private let ending = Mutex(Ending())

    // Touched on the recorder's thread only.
    private let sink: any RecordingSink
    private var calls: [CallStart.ID: CallAssembly] = [:]
    private var unstored: [Unstored] = []

    /// What the thread left behind once it has ended, and who waits for that.
    private struct Ending {
        var unstored: (calls: Int, reason: String?)?
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// A finished call, and the bytes of the budget that it holds.
    private struct Unstored {
        var stream: RecordedStream
        var heldBytes: Int
    }

    /// Calls that wait for a disk to come back; the oldest go first where there are more.
    private static let unstoredLimit = 1000
    /// Seconds between two attempts to store what could not be stored.
    private static let retrySeconds = 1.0

    package init(
        sink: any RecordingSink, configuration: ProxyConfiguration,
        report: @escaping @Sendable (CallReport) -> Void, complain: @escaping Complaint
    ) {
        self.sink = sink
        limits = configuration.limits
        upstream = configuration.upstream
        version = configuration.version
        queue = RecordQueue(capacity: limits.queuedEvents)
        budget = RecordBudget(bytes: limits.totalBytes)
        self.report = report
        complaints = ComplaintLimiter(complain)
    }

    package func start() {
        let thread = Thread { [self] in run() }
        thread.name = "spandrel-recorder"
        thread.start()
    }

    /// Stores what is left and returns once the thread has ended; how many calls could not be stored, and why.
    package func finish() async -> (unstored: Int, reason: String?) {
        queue.finish()
        await withCheckedContinuation { continuation in
            let hasEnded = ending.withLock { ending in
                if ending.unstored == nil { ending.waiting.append(continuation) }
                return ending.unstored != nil
            }
            if hasEnded { continuation.resume() }
        }
        let left = ending.withLock { $0.unstored }
        return (left?.calls ?? 0, left?.reason)
    }

    /// Says that chunks or whole calls passed unrecorded.
    func noteLoss(_ text: String) { complaints.say(text, about: "loss") }

    private func run() {
        IngestPipeline.lowerPriority()
        var isRunning = true
        while isRunning {
            switch queue.take(within: unstored.isEmpty ? nil : Self.retrySeconds) {
            case .events(let events):
                let waiting = unstored.count
                for event in events { handle(event) }
                if unstored.count > waiting || waiting > 0 { store() }
            case .timeout: store()
            case .finished: isRunning = false
            }
        }
        var reason: String? = nil
        if !unstored.isEmpty { reason = store() }
        do {
            try sink.finish()
        } catch {
            reason = reason ?? String(describing: error)
        }
        let count = unstored.count
        complaints.flush()
        let waiting = ending.withLock { ending in
            ending.unstored = (count, reason)
            defer { ending.waiting = [] }
            return ending.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    private func handle(_ event: RecordEvent) {
        switch event {
        case .begin(let start, let request):
            calls[start.id] = CallAssembly(
                start: start, requestBody: request, upstream: upstream, version: version, limits: limits)
        case .response(let id, let head): calls[id]?.receive(head)
        case .chunk(let id, let bytes, let offset): calls[id]?.receive(bytes, offsetNanos: offset)
        case .end(let id, let end, let heldBytes):
            guard let call = calls.removeValue(forKey: id), let (stream, line) = call.finish(end) else {
                budget.giveBack(heldBytes)
                return
            }
            unstored.append(Unstored(stream: stream, heldBytes: heldBytes))
            report(line)
        }
    }

    /// Stores all finished calls at once, or one by one where that fails; why, where some are left.
    @discardableResult
    private func store() -> String? {
        guard !unstored.isEmpty else { return nil }
        do {
            try sink.store(unstored.map(\.stream))
            settle(unstored)
            unstored = []
            return nil
        } catch {
            return storeSingly(after: error)
        }
    }

    private func storeSingly(after error: any Error) -> String {
        var left: [Unstored] = []
        var reason = String(describing: error)
        if unstored.count > 1 {
            var failures = 0
            for call in unstored {
                // A disk that is gone fails each time; do not try a thousand times.
                if failures < 3 {
                    do {
                        try sink.store([call.stream])
                        settle([call])
                        continue
                    } catch {
                        reason = String(describing: error)
                        failures += 1
                    }
                }
                left.append(call)
            }
        } else {
            left = unstored
        }
        let surplus = left.count - Self.unstoredLimit
        if surplus > 0 {
            settle(Array(left.prefix(surplus)))
            left.removeFirst(surplus)
            complaints.say("\(surplus) calls are lost, since the database cannot be written", about: "lost calls")
        }
        unstored = left
        if !left.isEmpty { complaints.say("\(reason); \(left.count) calls wait to be stored", about: "store") }
        return reason
    }

    private func settle(_ calls: [Unstored]) {
        budget.giveBack(calls.reduce(0) { $0 + $1.heldBytes })
    }
}
