import Basics
import TraceModel
import TraceQuery

/// A stream in columns of equal time, or of equally many chunks where it has no clock.
struct StreamStrips: Sendable {
    /// What arrives in a column.
    struct Voices: OptionSet, Sendable {
        let rawValue: UInt8
        static let text = Voices(rawValue: 1)
        static let reasoning = Voices(rawValue: 2)
        static let toolArguments = Voices(rawValue: 4)
    }

    /// Content chunks of each column.
    private(set) var counts: [Int]
    /// The longest wait that ends in a column, in nanoseconds; -1 where no content arrives or no clock saw it.
    private(set) var gaps: [Int64]
    private(set) var voices: [Voices]
    private(set) var longestGap: Int64 = 0

    /// - Parameter extent: the time that the columns share, at least that of the tape.
    init(_ tape: StreamTape, columns: Int, extent: Int64) {
        let columns = max(1, columns)
        var counts = [Int](repeating: 0, count: columns)
        var gaps = [Int64](repeating: -1, count: columns)
        var voices = [Voices](repeating: [], count: columns)
        let kinds = tape.detail.chunks.kinds
        let times = tape.times
        let scale = Double(columns) / Double(max(1, times == nil ? Int64(kinds.count) : extent))
        var before: Int64?
        for (index, kind) in kinds.enumerated() where kind.isContent {
            let place = times?[index] ?? Int64(index)
            let column = min(columns - 1, Int(clamped: Double(place) * scale))
            counts[column] += 1
            switch kind {
            case .reasoning: voices[column].insert(.reasoning)
            case .toolArguments: voices[column].insert(.toolArguments)
            default: voices[column].insert(.text)
            }
            guard times != nil else { continue }
            // The wait for the first chunk is no gap between chunks.
            if let before {
                gaps[column] = max(gaps[column], place - before)
                longestGap = max(longestGap, place - before)
            } else {
                gaps[column] = max(gaps[column], 0)
            }
            before = place
        }
        self.counts = counts
        self.gaps = gaps
        self.voices = voices
    }

    /// The gaps as heights from 1 to 8 on a logarithmic scale from 1 ms to 10 s; nil where nothing arrives.
    ///
    /// The scale is the same for all streams, so that an even one looks even and two can be compared by eye; only a
    /// longer gap stretches it.
    func gapLevels() -> [Int?] {
        let floor = 1e6
        let top = max(Double(longestGap), 10e9)
        return gaps.map { gap in
            guard gap >= 0 else { return nil }
            let share = StreamStrips.logarithm(max(1, Double(gap) / floor)) / StreamStrips.logarithm(top / floor)
            return 1 + min(7, Int(clamped: (share * 7).rounded()))
        }
    }

    /// The binary logarithm of a number from 1 on, to a part in 32, by repeated squaring.
    private static func logarithm(_ value: Double) -> Double {
        var result = Double(value.exponent)
        var rest = value.significand
        var bit = 0.5
        for _ in 0..<6 {
            rest *= rest
            if rest >= 2 {
                rest /= 2
                result += bit
            }
            bit /= 2
        }
        return result
    }
}
