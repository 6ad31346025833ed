import Basics

/// Where in a stream playing has got to, as a function of a monotonic clock.
///
/// A value without a timer: whoever plays asks for the position at a time, and for the time of a position. All follows
/// from where and when playing began, so that errors do not add up.
package struct PlaybackClock: Equatable, Sendable {
    package private(set) var schedule: PlaybackSchedule
    /// Playing time per real time.
    package private(set) var rate: Double
    /// The end of the stream, in its own nanoseconds.
    package let duration: Int64
    /// When playing began; nil while paused.
    private var startedAt: Int64?
    /// The playing time at which it began.
    private var startedFrom: Int64 = 0
    /// The position while paused, exactly as it was set.
    private var restingAt: Int64

    package init(duration: Int64, schedule: PlaybackSchedule = .clock([]), rate: Double = 1, position: Int64 = 0) {
        self.duration = duration
        self.schedule = schedule
        self.rate = rate
        restingAt = max(0, min(duration, position))
    }

    package var isPlaying: Bool { startedAt != nil }

    /// The position in the stream at a time, both in nanoseconds.
    package func position(at now: Int64) -> Int64 {
        guard let startedAt else { return restingAt }
        let elapsed = (Double(max(0, now - startedAt)) * rate).rounded(.down)
        let reached = schedule.position(startedFrom &+ Int64(clamped: min(elapsed, 4e18)))
        return max(restingAt, min(duration, reached))
    }

    /// The first time at which a position is reached; nil while paused or behind the end.
    package func time(of position: Int64) -> Int64? {
        guard let startedAt, position <= duration else { return nil }
        let distance = Double(schedule.played(position) - startedFrom)
        var time = startedAt + Int64(clamped: min(4e18, max(0, (distance / rate).rounded(.up))))
        // Rounding must not call too early, or the same moment would be asked for again.
        for _ in 0..<64 where self.position(at: time) < position { time += 1 }
        return time
    }

    package mutating func play(at now: Int64) {
        guard !isPlaying else { return }
        startedFrom = schedule.played(restingAt)
        startedAt = now
    }

    package mutating func pause(at now: Int64) {
        restingAt = position(at: now)
        startedAt = nil
    }

    /// Goes to a position, playing or not.
    package mutating func seek(to position: Int64, at now: Int64) {
        restingAt = max(0, min(duration, position))
        if isPlaying {
            startedFrom = schedule.played(restingAt)
            startedAt = now
        }
    }

    /// Goes on from here by another schedule or at another rate.
    package mutating func change(schedule: PlaybackSchedule? = nil, rate: Double? = nil, at now: Int64) {
        let here = position(at: now)
        if let schedule { self.schedule = schedule }
        if let rate { self.rate = rate }
        seek(to: here, at: now)
    }
}
