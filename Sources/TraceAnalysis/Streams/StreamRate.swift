package import TraceModel

/// How fast a stream came, over a window of time that ends at any moment.
///
/// Rate = (what arrived in the window) / (length of the window), with the window (t − w, t], which starts at the
/// request at the earliest. Making it takes linear time, a question O(log n).
package struct StreamRate: Sendable {
    /// What arrived each second.
    package struct Figures: Equatable, Sendable {
        /// Chunks with content; a chunk is not a token.
        package var chunksPerSecond: Double
        /// Unicode scalars of text, reasoning and tool arguments.
        package var charactersPerSecond: Double
        /// Nil unless every chunk with content states its tokens.
        package var tokensPerSecond: Double?

        package init(chunksPerSecond: Double, charactersPerSecond: Double, tokensPerSecond: Double? = nil) {
            self.chunksPerSecond = chunksPerSecond
            self.charactersPerSecond = charactersPerSecond
            self.tokensPerSecond = tokensPerSecond
        }
    }

    /// Arrivals of content chunks, never falling, and what had come before each.
    private var nanos: [Int64] = []
    private var characters: [Int] = [0]
    private var tokens: [Int]?

    package init(_ chunks: StreamChunks) {
        let content = ContentTimes(chunks, arrivals: StreamArrivals(chunks))
        nanos = content.nanos
        characters.reserveCapacity(nanos.count + 1)
        var sum = 0
        chunks.text.withUnsafeBufferPointer { text in
            for sequence in content.sequences {
                for place in chunks.textRange(Int(sequence)) where text[place] & 0xC0 != 0x80 { sum += 1 }
                characters.append(sum)
            }
        }
        var counts = [0]
        for sequence in content.sequences {
            guard let count = chunks.tokenCount(Int(sequence)) else { return }
            counts.append((counts.last ?? 0) + count)
        }
        if counts.count > 1 { tokens = counts }
    }

    /// The rates in the window that ends at `time`, nanoseconds from the request; nil at the request and before.
    package func at(_ time: Int64, windowNanos: Int64 = 1_000_000_000) -> Figures? {
        let window = min(time, windowNanos)
        guard window > 0 else { return nil }
        let (from, to) = (count(at: time - window), count(at: time))
        let seconds = Double(window) / 1e9
        return Figures(
            chunksPerSecond: Double(to - from) / seconds,
            charactersPerSecond: Double(characters[to] - characters[from]) / seconds,
            tokensPerSecond: tokens.map { Double($0[to] - $0[from]) / seconds })
    }

    /// Content chunks that had arrived at a time.
    private func count(at time: Int64) -> Int {
        nanos.indices.partitionPoint { nanos[$0] <= time }
    }
}
