import TraceModel

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
