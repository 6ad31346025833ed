import Basics
package import TraceModel

/// The arrivals of the chunks that carry content: text, reasoning, tool arguments or a refusal that is not empty.
struct ContentTimes {
    /// Places in the stream.
    private(set) var sequences: [Int32] = []
    /// Nanoseconds from the request, never falling.
    private(set) var nanos: [Int64] = []

    /// Leaves out content that no clock saw.
    init(_ chunks: StreamChunks, arrivals: StreamArrivals) {
        sequences.reserveCapacity(chunks.count)
        nanos.reserveCapacity(chunks.count)
        let kinds = chunks.kinds
        let offsets = chunks.offsets
        let ends = chunks.textEnds
        var start = 0
        for index in kinds.indices {
            let end = ends[index]
            if kinds[index].isContent, end > start, offsets[index] != StreamChunks.unknownOffset {
                sequences.append(Int32(truncatingIfNeeded: index))
                nanos.append(arrivals.nanos[index])
            }
            start = end
        }
    }

    /// The gaps between neighbours, in rising order.
    func sortedGaps() -> [Int64] {
        guard nanos.count > 1 else { return [] }
        var gaps: [Int64] = []
        gaps.reserveCapacity(nanos.count - 1)
        for index in 1..<nanos.count { gaps.append(nanos[index] - nanos[index - 1]) }
        gaps.sort()
        return gaps
    }

    /// (last − first) / (n − 1), in nanoseconds, rounded; nil where n is below 2 or nothing was timed.
    func meanGapNanos(count: Int64) -> Int64? {
        guard count > 1, nanos.count > 1, let first = nanos.first, let last = nanos.last else { return nil }
        let (span, parts) = (last - first, count - 1)
        return span / parts + (span % parts * 2 >= parts && span % parts > 0 ? 1 : 0)
    }
}

/// When the chunks of a stream were there, as a clock that never runs back.
///
/// A chunk cannot have been read before the one in front of it, so its arrival is the largest offset up to it. Where
/// offsets rise, as they do unless a clock was set back or chunks were mixed up, this is the offset itself. Offsets
/// before the request count as 0, and a chunk without a time arrived with the one before it.
package struct StreamArrivals: Sendable {
    /// Nanoseconds from the request, one for each chunk, never falling.
    package let nanos: [Int64]

    package init(_ chunks: StreamChunks) {
        var latest: Int64 = 0
        nanos = chunks.offsets.map { offset in
            if offset > latest { latest = offset }
            return latest
        }
    }

    /// How many chunks were there at a time: those with an arrival ≤ `time`, in nanoseconds from the request.
    package func count(at time: Int64) -> Int {
        nanos.indices.partitionPoint { nanos[$0] <= time }
    }
}

/// A made-up clock for a stream that nobody timed: chunks with content come evenly, one after another.
///
/// Whatever is shown with it is labelled `synthetic`; it is never stored.
package struct StreamPace: Equatable, Sendable {
    package var chunksPerSecond: Double

    /// Nil unless the rate is a number above 0 and no more than a million.
    package init?(chunksPerSecond: Double) {
        guard chunksPerSecond.isFinite, chunksPerSecond > 0, chunksPerSecond <= 1e6 else { return nil }
        self.chunksPerSecond = chunksPerSecond
    }

    /// Reads `20/s` or `20`.
    package init?(text: String) {
        guard let rate = Double(text.hasSuffix("/s") ? String(text.dropLast(2)) : text) else { return nil }
        self.init(chunksPerSecond: rate)
    }

    /// True for streams that have no clock of their own for each chunk.
    package static func isNeeded(_ info: StreamInfo) -> Bool {
        info.timing == .none || info.timing == .firstAndLastOnly
    }

    /// Gives the n-th chunk with content the offset n / rate; chunks without content come with the one before.
    package func apply(to chunks: inout StreamChunks, info: inout StreamInfo) {
        let isContent = chunks.kinds.indices.map { chunks.kinds[$0].isContent && !chunks.textRange($0).isEmpty }
        var index = 0
        var count = 0
        chunks.mapOffsets { _ in
            if isContent[index] { count += 1 }
            index += 1
            return Int64(clamped: min(Double(count) / chunksPerSecond * 1e9, 9e18).rounded())
        }
        info.timing = .synthetic
        info.durationNanos = chunks.offsets.last
        info.clock = "synthetic, \(chunksPerSecond) chunks/s"
    }
}
