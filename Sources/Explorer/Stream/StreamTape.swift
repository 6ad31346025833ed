import Canvas
import Synchronization
import TraceModel
package import TraceQuery

/// A stream with all that showing it needs, derived once; shared, never copied.
///
/// What is shown at a time is always the first so many chunks in order of arrival: up to and with the last chunk whose
/// offset is at or before that time. A chunk whose clock stepped ahead therefore shows no later than those after it,
/// and text never changes its order.
package final class StreamTape: Sendable, Equatable {
    package let detail: StreamDetail
    /// The alternative answer that is shown, and how many there are.
    package let choice: Int
    package let choiceCount: Int
    package let timing: StreamTiming
    /// When each chunk is shown, ascending; nil without a clock.
    package let times: [Int64]?
    /// From the request to the end, in nanoseconds; 0 without a clock.
    package let duration: Int64
    /// The text of the choice, one chunk after the other, and where each chunk's ends.
    let bytes: [UInt8]
    let ends: [Int]
    package let blocks: [StreamBlock]
    /// In order of the chunks.
    package let markers: [StreamMarker]
    let firstContent: Int?
    let firstVisible: Int?
    private let memo = Mutex(Memo())

    /// What was computed once and may be forgotten.
    private struct Memo {
        var columns = 0
        var metrics = TextMetrics()
        var rows: [Int: [StreamRow]] = [:]
        var strips: [StripKey: StreamStrips] = [:]
        var tally = PlayheadTally()
        var characters: [Int]?
    }

    private struct StripKey: Hashable {
        var columns: Int
        var extent: Int64
    }

    /// - Parameter pace: chunks a second for a stream that no clock measured; nil leaves it without times.
    package init(_ detail: StreamDetail, choice: Int = 0, pace: Double? = nil) {
        self.detail = detail
        self.choice = choice
        let chunks = detail.chunks
        var choiceCount = 1
        for index in chunks.indices { choiceCount = max(choiceCount, chunks.choiceIndex(index) + 1) }
        self.choiceCount = choiceCount
        (timing, times) = StreamTape.times(detail, pace: pace)
        let end = timing == .measured ? detail.info.durationNanos ?? 0 : 0
        duration = times.map { max($0.last ?? 0, end) } ?? 0
        (bytes, ends) = StreamTape.text(chunks, choice: choice, isOnly: choiceCount == 1)
        blocks = StreamTape.blocks(chunks, choice: choice, ends: ends)
        firstContent = chunks.kinds.firstIndex { $0.isContent }
        let firstVisible = chunks.indices.first { chunks.kinds[$0].isVisible && !chunks.textRange($0).isEmpty }
        self.firstVisible = firstVisible
        markers = StreamTape.markers(
            detail, blocks: blocks, times: times, duration: duration, firstVisible: firstVisible)
    }

    package static func == (a: StreamTape, b: StreamTape) -> Bool { a === b }

    package var chunkCount: Int { ends.count }
    package var isEmpty: Bool { ends.isEmpty }
    package var isTimed: Bool { times != nil }

    // MARK: Time

    /// The chunks that are shown at a time.
    package func count(at time: Int64) -> Int {
        times.map { StreamTape.count(of: $0, upTo: time) } ?? 0
    }

    /// The number of ascending times that are not after a time.
    static func count(of times: [Int64], upTo time: Int64) -> Int {
        var low = 0
        var high = times.count
        while low < high {
            let middle = (low + high) / 2
            if times[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The time at which so many chunks are shown; nil without a clock.
    package func time(ofCount count: Int) -> Int64? {
        guard let times else { return nil }
        return count <= 0 ? 0 : times[min(count, times.count) - 1]
    }

    /// Chunks a second in the stretch of time that ends at the playhead.
    func rate(at time: Int64, windowNanos: Int64 = 1_000_000_000) -> Double? {
        guard timing == .measured, time > 0 else { return nil }
        let window = min(windowNanos, time)
        let inWindow = count(at: time) - count(at: time - window)
        return Double(inWindow) * 1e9 / Double(window)
    }

    // MARK: Text

    /// Where the text of the first chunks ends, less a character that later chunks complete.
    package func end(count: Int) -> Int {
        guard count > 0 else { return 0 }
        let end = ends[min(count, ends.count) - 1]
        guard count < ends.count, let block = lastBlock(count: count) else { return end }
        return StreamGraphemes.boundary(atOrBefore: end, in: bytes, of: byteRange(block: block))
    }

    /// The text of the first chunks as it is shown.
    package func text(count: Int) -> String { String(decoding: bytes[..<end(count: count)], as: UTF8.self) }

    /// The bytes of the newest chunk with text among the first so many; empty where none is near.
    func newest(count: Int) -> Range<Int> {
        var index = min(count, ends.count) - 1
        let floor = max(0, index - 256)
        while index >= floor {
            let start = index == 0 ? 0 : ends[index - 1]
            if ends[index] > start {
                guard let block = lastBlock(count: index + 1) else { return 0..<0 }
                let range = byteRange(block: block)
                let begin = StreamGraphemes.boundary(atOrBefore: start, in: bytes, of: range)
                return begin..<max(begin, end(count: count))
            }
            index -= 1
        }
        return 0..<0
    }

    /// The last block that the first chunks have opened.
    func lastBlock(count: Int) -> Int? {
        var low = 0
        var high = blocks.count
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].firstChunk < count { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : low - 1
    }

    func byteRange(block: Int) -> Range<Int> {
        blocks[block].start..<(block + 1 < blocks.count ? blocks[block + 1].start : bytes.count)
    }

    /// Characters (Unicode scalars) of the text up to each chunk; computed when first asked for.
    func characters(count: Int) -> Int {
        guard count > 0 else { return 0 }
        return characterEnds()[min(count, ends.count) - 1]
    }

    /// The time at which so many characters are shown; nil where the stream has fewer, or no clock.
    package func time(ofCharacters characters: Int) -> Int64? {
        guard let times else { return nil }
        if characters <= 0 { return 0 }
        let ends = characterEnds()
        var low = 0
        var high = ends.count
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] < characters { low = middle + 1 } else { high = middle }
        }
        return low < times.count ? times[low] : nil
    }

    private func characterEnds() -> [Int] {
        memo.withLock { memo in
            if let known = memo.characters { return known }
            var result: [Int] = []
            result.reserveCapacity(ends.count)
            var position = 0
            var characters = 0
            for end in ends {
                while position < end {
                    if bytes[position] & 0xC0 != 0x80 { characters += 1 }
                    position += 1
                }
                result.append(characters)
            }
            memo.characters = result
            return result
        }
    }

    // MARK: Computed once

    /// The rows of a paragraph, laid out when they are first looked at.
    func rows(of segment: Range<Int>, columns: Int, metrics: TextMetrics, _ layOut: () -> [StreamRow]) -> [StreamRow] {
        memo.withLock { memo in
            if memo.columns != columns || memo.metrics != metrics || memo.rows.count > 2048 {
                memo.rows = [:]
                memo.columns = columns
                memo.metrics = metrics
            }
            if let rows = memo.rows[segment.lowerBound] { return rows }
            let rows = layOut()
            memo.rows[segment.lowerBound] = rows
            return rows
        }
    }

    /// The stream in columns; `extent` is the time they share, that of the tape without one.
    func strips(columns: Int, extent: Int64? = nil) -> StreamStrips {
        let key = StripKey(columns: columns, extent: extent ?? duration)
        return memo.withLock { memo in
            if let strips = memo.strips[key] { return strips }
            if memo.strips.count > 8 { memo.strips = [:] }
            let strips = StreamStrips(self, columns: columns, extent: key.extent)
            memo.strips[key] = strips
            return strips
        }
    }

    /// What the first chunks come to.
    func tally<Value: Sendable>(count: Int, _ read: (PlayheadTally) -> Value) -> Value {
        memo.withLock { memo in
            memo.tally.move(to: min(count, ends.count), kinds: detail.chunks.kinds, times: times)
            return read(memo.tally)
        }
    }
}
