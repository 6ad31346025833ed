import Basics

/// How the time of a stream maps to the time that playing it takes, at 1×.
///
/// Both directions are monotone and never invent a moment: a chunk's time maps to a moment at which it is shown.
package enum PlaybackSchedule: Equatable, Sendable {
    /// The stream's own clock, less the idle time that is cut.
    case clock([IdleCut])
    /// An even pace of reading, whatever the clock saw.
    case reading(ReadingPace)

    /// The playing time at which a time of the stream is reached.
    package func played(_ time: Int64) -> Int64 {
        switch self {
        case .clock(let cuts):
            guard let cut = PlaybackSchedule.last(cuts, { $0.start < time }) else { return time }
            return min(time, cut.end) == time ? cut.playedStart : time - cut.removedThrough
        case .reading(let pace): return pace.played(time)
        }
    }

    /// The time of the stream that a playing time has reached.
    package func position(_ played: Int64) -> Int64 {
        switch self {
        case .clock(let cuts):
            guard let cut = PlaybackSchedule.last(cuts, { $0.playedStart <= played }) else { return played }
            return played.addingClamped(cut.removedThrough)
        case .reading(let pace): return pace.position(played)
        }
    }

    /// The last of the sorted cuts that fulfils a condition which all before it fulfil too.
    static func last(_ cuts: [IdleCut], _ condition: (IdleCut) -> Bool) -> IdleCut? {
        var low = 0
        var high = cuts.count
        while low < high {
            let middle = (low + high) / 2
            if condition(cuts[middle]) { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : cuts[low - 1]
    }
}

/// A stretch of idle time that playing leaves out.
package struct IdleCut: Equatable, Sendable {
    /// Nanoseconds of the stream: what lies between is not waited for.
    package var start: Int64
    package var end: Int64
    /// Nanoseconds cut up to the end, this cut included.
    package var removedThrough: Int64

    package var playedStart: Int64 { end - removedThrough }

    /// The cuts that leave at most `limit` nanoseconds of each gap.
    ///
    /// - Parameter times: when chunks are shown, ascending; waiting starts at 0 and ends at `duration`.
    package static func cuts(times: [Int64], duration: Int64, limit: Int64) -> [IdleCut] {
        var cuts: [IdleCut] = []
        var removed: Int64 = 0
        var before: Int64 = 0
        func gap(to time: Int64) {
            if time - before > limit {
                removed += time - before - limit
                cuts.append(IdleCut(start: before + limit, end: time, removedThrough: removed))
            }
            before = max(before, time)
        }
        for time in times { gap(to: time) }
        gap(to: duration)
        return cuts
    }
}
