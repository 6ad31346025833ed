package import TraceModel

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
        var low = 0
        var high = nanos.count
        while low < high {
            let middle = (low + high) / 2
            if nanos[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
