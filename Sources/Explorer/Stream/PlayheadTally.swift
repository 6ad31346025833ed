import Basics
import TraceModel

/// What the chunks up to the playhead come to; moving costs what it moves over, whatever the size of the stream.
///
/// Gaps are counted in classes of a thousandth of their size, finer than the three digits that are shown.
struct PlayheadTally: Sendable {
    private static let exact = 2048
    private static let perOctave = 1024

    /// The chunks that are counted in.
    private(set) var count = 0
    /// Those of them that carry content.
    private(set) var contentCount = 0
    private var last: Int?
    private var gapCount = 0
    private var classes: [UInt32] = []

    /// Takes chunks in or out until `target` are counted.
    mutating func move(to target: Int, kinds: [ChunkKind], times: [Int64]?) {
        if classes.isEmpty, times != nil {
            classes = Array(repeating: 0, count: PlayheadTally.exact + 53 * PlayheadTally.perOctave)
        }
        while count < target {
            if kinds[count].isContent {
                if let times, let last { add(times[count] - times[last]) }
                last = count
                contentCount += 1
            }
            count += 1
        }
        while count > target {
            count -= 1
            guard kinds[count].isContent else { continue }
            contentCount -= 1
            var before = count - 1
            while before >= 0, !kinds[before].isContent { before -= 1 }
            last = before >= 0 ? before : nil
            if let times, let last { remove(times[count] - times[last]) }
        }
    }

    /// The time of the last content chunk, as its index.
    var lastContent: Int? { last }

    private mutating func add(_ gap: Int64) {
        classes[PlayheadTally.index(gap)] += 1
        gapCount += 1
    }

    private mutating func remove(_ gap: Int64) {
        classes[PlayheadTally.index(gap)] -= 1
        gapCount -= 1
    }

    private static func index(_ gap: Int64) -> Int {
        let value = UInt64(max(0, gap))
        if value < UInt64(exact) { return Int(value) }
        let exponent = 63 - value.leadingZeroBitCount
        return exact + (exponent - 11) * perOctave + Int((value >> UInt64(exponent - 10)) & UInt64(perOctave - 1))
    }

    /// The middle of a class.
    private static func value(_ index: Int) -> Int64 {
        if index < exact { return Int64(index) }
        let exponent = (index - exact) / perOctave + 11
        let width = UInt64(1) << UInt64(exponent - 10)
        let low = (UInt64(1) << UInt64(exponent)) + UInt64((index - exact) % perOctave) * width
        return Int64(clamping: low + width / 2)
    }

    /// Gaps at some shares of all by nearest rank, and the longest; nil while there is none.
    func percentiles() -> InterChunkLatency? {
        guard gapCount > 0 else { return nil }
        let ranks = [0.5, 0.95, 0.99, 1].map { max(1, Int(clamped: ($0 * Double(gapCount)).rounded(.up))) }
        var values: [Int64] = []
        var seen = 0
        for (index, number) in classes.enumerated() where number > 0 {
            seen += Int(number)
            while values.count < 4, seen >= ranks[values.count] { values.append(PlayheadTally.value(index)) }
            if values.count == 4 { break }
        }
        guard values.count == 4 else { return nil }
        return InterChunkLatency(p50: values[0], p95: values[1], p99: values[2], max: values[3])
    }
}
