import Basics
import Foundation

/// Waits for moments on a clock that only runs forward, and is woken by a signal.
final class PlaybackAlarm: Sendable {
    private let start = PlaybackAlarm.now()
    private let reading: Int32
    private let writing: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        close(reading)
        close(writing)
    }

    /// Ends this and every further wait.
    func ring() {
        var byte: UInt8 = 1
        _ = write(writing, &byte, 1)
    }

    /// Returns once so many nanoseconds have passed since the alarm was made; false where it rang before.
    ///
    /// The moment is absolute, so that what a wait or a write takes longer is no loss for the next one.
    func wait(untilNanos due: Int64) -> Bool {
        let deadline = start.addingClamped(due)
        while true {
            let left = deadline - PlaybackAlarm.now()
            var entry = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
            let milliseconds = Int32(clamping: max(0, left) / 1_000_000)
            if poll(&entry, 1, milliseconds) > 0 { return false }
            if left <= 0 { return true }
            // What poll cannot count is less than a millisecond.
            let rest = deadline - PlaybackAlarm.now()
            if rest > 0, rest < 1_000_000 { usleep(UInt32(rest / 1000 + 1)) }
        }
    }

    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
