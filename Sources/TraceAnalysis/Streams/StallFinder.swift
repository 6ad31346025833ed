import TraceModel

/// Finds the pauses of a stream that are longer than a limit.
///
/// Chunks without content, such as keep-alive events, do not end a pause: nothing reached the reader.
struct StallFinder {
    let chunks: StreamChunks
    let content: ContentTimes
    let arrivals: StreamArrivals
    /// Nanoseconds from the request to the end of the response; nil where unknown.
    let endNanos: Int64?
    let limitNanos: Int64

    /// The stalls in order of time, which do not overlap.
    var stalls: [StreamStall] {
        guard let first = content.nanos.first, let last = content.nanos.last else { return [] }
        var stalls: [StreamStall] = []
        if first > limitNanos {
            stalls.append(
                StreamStall(
                    stallClass: .beforeFirst, startNanos: 0, durationNanos: first,
                    nextSequence: Int(content.sequences[0])))
        }
        for index in content.nanos.indices.dropFirst() {
            let start = content.nanos[index - 1]
            guard content.nanos[index] - start > limitNanos else { continue }
            let next = Int(content.sequences[index])
            stalls.append(
                StreamStall(
                    stallClass: isInToolArguments(next) ? .midToolArguments : .midText, startNanos: start,
                    durationNanos: content.nanos[index] - start, nextSequence: next))
        }
        if let endNanos, endNanos - last > limitNanos {
            stalls.append(
                StreamStall(
                    stallClass: .tailHang, startNanos: last, durationNanos: endNanos - last,
                    nextSequence: arrivals.count(at: endNanos - 1)))
        }
        return stalls
    }

    /// True where the chunk that ended a pause goes on with a call that was there before it.
    ///
    /// The chunk before may have had no arguments yet: some providers name the tool first and send arguments late.
    private func isInToolArguments(_ next: Int) -> Bool {
        guard chunks.kinds[next] == .toolArguments else { return false }
        var previous = next - 1
        while previous >= 0, !chunks.kinds[previous].isContent { previous -= 1 }
        guard previous >= 0, chunks.kinds[previous] == .toolArguments else { return false }
        return chunks.toolCall(previous)?.index == chunks.toolCall(next)?.index
            && chunks.choiceIndex(previous) == chunks.choiceIndex(next)
    }
}
