import Basics

/// The pace at which a person can just follow: chunks come one after the other as the text before them is read.
///
/// 120 bytes of UTF-8 a second are 20 English words; a character of Chinese or Japanese counts three, as it says more.
package struct ReadingPace: Equatable, Sendable {
    package static let wordsPerSecond = 20
    static let nanosPerByte: Int64 = 1_000_000_000 / 120

    /// When chunks are shown, ascending, and where the text of each ends.
    let times: [Int64]
    let ends: [Int]
    let duration: Int64

    /// The playing time at which a chunk is shown: when the text before it is read.
    private func knot(_ index: Int) -> Int64 {
        index == 0 ? 0 : index > ends.count ? 0 : Int64(ends[index - 1]) * ReadingPace.nanosPerByte
    }

    /// The stream's time of a knot; behind the last chunk stands the end of the stream.
    private func time(_ index: Int) -> Int64 { index < times.count ? times[index] : duration }

    func played(_ time: Int64) -> Int64 {
        let next = StreamTape.count(of: times, upTo: time)
        if next == 0 { return 0 }
        if time >= duration { return knot(times.count) }
        return ReadingPace.between(
            time, from: self.time(next - 1), to: self.time(next), onto: knot(next - 1), and: knot(next))
    }

    func position(_ played: Int64) -> Int64 {
        // The last knot at or before the playing time.
        var low = 0
        var high = times.count + 1
        while low < high {
            let middle = (low + high) / 2
            if knot(middle) <= played { low = middle + 1 } else { high = middle }
        }
        let index = max(0, low - 1)
        if index >= times.count { return duration }
        return ReadingPace.between(
            played, from: knot(index), to: knot(index + 1), onto: time(index), and: time(index + 1))
    }

    private static func between(_ value: Int64, from: Int64, to: Int64, onto start: Int64, and end: Int64) -> Int64 {
        guard to > from, end > start else { return start }
        let share = Double(value - from) / Double(to - from)
        // Below the end until it is reached.
        return min(value < to ? end - 1 : end, start + Int64(clamped: share * Double(end - start)))
    }
}
