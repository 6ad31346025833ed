import Foundation
import Synchronization

/// Hands events to the recorder and never makes the giver wait.
///
/// A wake-up costs more than a chunk, so the recorder is let sleep until an end or many events wait, or a short time
/// passed.
package final class RecordQueue: @unchecked Sendable {
    /// What the recorder wakes up to.
    package enum Wake {
        case events([RecordEvent])
        case timeout
        case finished
    }

    // All state is touched under the condition's lock only.
    private let condition = NSCondition()
    private let capacity: Int
    private let batch: Int
    /// Seconds that events wait for company.
    private let linger: Double
    private var events: [RecordEvent] = []
    private var isUrgent = false
    private var isFinished = false

    package init(capacity: Int, linger: Double = 0.02) {
        self.capacity = max(1, capacity)
        self.linger = linger
        batch = max(1, min(4096, capacity / 4))
    }

    /// Adds an event that may be lost; false when there was no room.
    package func offer(_ event: RecordEvent) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        guard events.count < capacity, !isFinished else { return false }
        events.append(event)
        if events.count == 1 || events.count == batch { condition.signal() }
        return true
    }

    /// Adds an event of which there is but one a call, so that their number is bounded by that of the calls.
    package func push(_ event: RecordEvent, isUrgent urgent: Bool = false) {
        condition.lock()
        defer { condition.unlock() }
        events.append(event)
        if urgent { isUrgent = true }
        if events.count == 1 || urgent { condition.signal() }
    }

    /// True when so many events wait that a new call is better not recorded at all.
    package var isOverfull: Bool {
        condition.lock()
        defer { condition.unlock() }
        return events.count >= capacity
    }

    /// Takes all events, after waiting for some; `seconds` bounds the wait, nil waits without limit.
    package func take(within seconds: Double?) -> Wake {
        condition.lock()
        defer { condition.unlock() }
        let limit = seconds.map { Date(timeIntervalSinceNow: $0) }
        while events.isEmpty, !isFinished {
            if let limit {
                if !condition.wait(until: limit) { return .timeout }
            } else {
                condition.wait()
            }
        }
        if !events.isEmpty {
            let lingering = Date(timeIntervalSinceNow: linger)
            while !isUrgent, !isFinished, events.count < batch {
                if !condition.wait(until: lingering) { break }
            }
        }
        guard !events.isEmpty else { return .finished }
        let taken = events
        events = []
        isUrgent = false
        return .events(taken)
    }

    /// Says that no event will follow; those that wait can still be taken.
    package func finish() {
        condition.lock()
        defer { condition.unlock() }
        isFinished = true
        condition.broadcast()
    }
}

/// What an exchange tells the recorder; the events of one call come in order.
package enum RecordEvent: Sendable {
    /// The call, and its request as far as it was kept.
    case begin(CallStart, request: [UInt8])
    case response(CallStart.ID, CallResponse)
    /// Bytes of the response, and nanoseconds from the arrival of the request to theirs.
    case chunk(CallStart.ID, [UInt8], offsetNanos: Int64)
    /// The end, and the bytes of the budget that the call holds.
    case end(CallStart.ID, CallEnd, heldBytes: Int)
}

/// The bytes that all calls together may hold before they are stored.
package final class RecordBudget: Sendable {
    private let left: Atomic<Int>

    package init(bytes: Int) {
        left = Atomic(bytes)
    }

    /// Takes bytes; false, and nothing is taken, when so many are not left.
    package func take(_ count: Int) -> Bool {
        let (_, now) = left.subtract(count, ordering: .relaxed)
        if now >= 0 { return true }
        left.add(count, ordering: .relaxed)
        return false
    }

    package func giveBack(_ count: Int) {
        left.add(count, ordering: .relaxed)
    }

}
