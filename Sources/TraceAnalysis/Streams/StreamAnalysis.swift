import Basics
package import TraceModel

/// What the chunks of a stream come to: figures and findings, as pure functions.
package enum StreamAnalysis {
    /// Computes the figures of a stream.
    ///
    /// | figure | formula |
    /// |---|---|
    /// | time to first chunk (TTFT) | arrival of the first chunk of any kind − request |
    /// | time to first visible chunk | arrival of the first text or refusal that is not empty − request |
    /// | inter-chunk latency | gaps between neighbouring content chunks; percentiles by nearest rank, `sorted[⌈p·n⌉ − 1]` |
    /// | time per output chunk (TPOT) | (last − first) / (n − 1) over the n content chunks |
    /// | time per output token | the same with n = output tokens as billed |
    /// | stalls | pauses > max(1 s, 10 × median gap), see `StreamSettings` |
    /// | stalled share | sum of the stalls / duration |
    /// | undelivered tokens | billed − delivered |
    /// | reasoning share | reasoning characters / characters of text, reasoning and tool arguments |
    ///
    /// TPOT leaves the first chunk out of the count since its time is TTFT. Source of the names and of the n − 1:
    /// the metrics of LLM serving benchmarks, such as vLLM's `benchmark_serving` and NVIDIA's GenAI-Perf. The nearest
    /// rank: NIST/SEMATECH e-Handbook of Statistical Methods, 7.2.6.2.
    ///
    /// All times are nanoseconds from the request. A stream of which only the first and the last time are known gives
    /// TTFT and duration, one without a clock gives counts and characters; a synthetic clock gives all figures, and
    /// `info.timing` says that nobody measured them. A figure that missing chunks could change is unknown. Takes O(n log n) in the chunks and linear time in the text.
    package static func figures(
        of chunks: StreamChunks, info: StreamInfo, settings: StreamSettings = StreamSettings()
    ) -> StreamFigures {
        var figures = StreamFigures()
        count(chunks, into: &figures)
        if let billed = info.tokensBilled, let delivered = info.tokensDelivered {
            figures.tokensUndelivered = billed.subtractingIfFits(delivered)
        }
        switch info.timing {
        case .none: break
        case .firstAndLastOnly:
            figures.timeToFirstChunkNanos = chunks.isEmpty ? nil : chunks.offsetNanos(0).map { max(0, $0) }
            let last = chunks.offsets.last { $0 != StreamChunks.unknownOffset }
            figures.durationNanos = info.durationNanos ?? (chunks.count > 1 ? last : nil)
        case .measured, .synthetic:
            measure(chunks, info: info, settings: settings, into: &figures)
        }
        if info.remarks.contains(StreamInfo.startsAtFirstChunkRemark) {
            // Times count from the first chunk: how long it took to come, nobody saw.
            figures.timeToFirstChunkNanos = nil
            figures.timeToFirstVisibleChunkNanos = nil
        }
        figures.loops = loops(in: chunks, info: info, figures: figures)
        figures.leaveOut(info, missing: info.missingChunks, chunks)
        return figures
    }

    private static func count(_ chunks: StreamChunks, into figures: inout StreamFigures) {
        let kinds = chunks.kinds
        let ends = chunks.textEnds
        var characters = [Int](repeating: 0, count: ChunkKind.allCases.count)
        var contentChunks = 0
        chunks.text.withUnsafeBufferPointer { text in
            var start = 0
            for index in kinds.indices {
                let end = ends[index]
                if kinds[index].isContent, end > start {
                    contentChunks += 1
                    var count = 0
                    for place in start..<end where text[place] & 0xC0 != 0x80 { count += 1 }
                    characters[Int(kinds[index].rawValue)] += count
                }
                start = end
            }
        }
        func total(_ kind: ChunkKind) -> Int { characters[Int(kind.rawValue)] }
        figures.chunkCount = chunks.count
        figures.contentChunkCount = contentChunks
        figures.textCharacters = total(.text) + total(.refusal)
        figures.reasoningCharacters = total(.reasoning)
        figures.toolArgumentCharacters = total(.toolArguments)
        let written = figures.writtenCharacters
        figures.reasoningShare = written == 0 ? nil : Double(figures.reasoningCharacters) / Double(written)
    }

    private static func measure(
        _ chunks: StreamChunks, info: StreamInfo, settings: StreamSettings, into figures: inout StreamFigures
    ) {
        let arrivals = StreamArrivals(chunks)
        let content = ContentTimes(chunks, arrivals: arrivals)
        let offsets = chunks.offsets
        let lastKnown = offsets.contains { $0 != StreamChunks.unknownOffset } ? arrivals.nanos.last : nil
        figures.durationNanos = info.durationNanos.map { max($0, lastKnown ?? 0) } ?? lastKnown
        if let first = offsets.firstIndex(where: { $0 != StreamChunks.unknownOffset }) {
            figures.timeToFirstChunkNanos = arrivals.nanos[first]
        }
        let visible = chunks.kinds.indices.first { index in
            chunks.kinds[index].isVisible && !chunks.textRange(index).isEmpty
                && offsets[index] != StreamChunks.unknownOffset
        }
        figures.timeToFirstVisibleChunkNanos = visible.map { arrivals.nanos[$0] }
        figures.timePerOutputChunkNanos = content.meanGapNanos(count: Int64(content.nanos.count))
        figures.timePerOutputTokenNanos = info.tokensBilled.flatMap { content.meanGapNanos(count: $0) }
        let gaps = content.sortedGaps()
        figures.interChunk = InterChunkLatency(sortedGaps: gaps)
        let stalls = StallFinder(
            chunks: chunks, content: content, arrivals: arrivals,
            endNanos: figures.durationNanos,
            limitNanos: settings.stallLimitNanos(medianGapNanos: figures.interChunk?.p50)
        ).stalls
        figures.stalls = stalls
        // Stalls do not overlap, so that their sum stays below the duration.
        let stalled = stalls.reduce(Int64(0)) { $0 + $1.durationNanos }
        figures.stalledNanos = content.nanos.isEmpty ? nil : stalled
        if let duration = figures.durationNanos, duration > 0, !content.nanos.isEmpty {
            figures.stalledShare = min(1, Double(stalled) / Double(duration))
        }
    }
}

extension StreamFigures {
    /// Takes out the figures that chunks which are missing could change.
    ///
    /// Counts and characters stay, as those of what is there.
    fileprivate mutating func leaveOut(_ info: StreamInfo, missing: MissingChunks, _ chunks: StreamChunks) {
        guard !missing.isEmpty else { return }
        if missing.contains(.first) { timeToFirstChunkNanos = nil }
        // An earlier one may be among the missing, unless it is the very first chunk.
        let isFirstVisible = chunks.kinds.first?.isVisible == true && !chunks.textRange(0).isEmpty
        if missing.contains(.first) || (missing.contains(.between) && !isFirstVisible) {
            timeToFirstVisibleChunkNanos = nil
        }
        if missing.contains(.last), info.durationNanos == nil { durationNanos = nil }
        timePerOutputChunkNanos = nil
        timePerOutputTokenNanos = nil
        interChunk = nil
        stalls.removeAll { stall in
            switch stall.stallClass {
            case .beforeFirst: missing.contains(.first) || (missing.contains(.between) && stall.nextSequence > 0)
            case .midText, .midToolArguments: missing.contains(.between)
            case .tailHang: missing.contains(.last)
            }
        }
        stalledNanos = nil
        stalledShare = nil
        reasoningShare = nil
        for index in loops.indices {
            loops[index].wastedNanos = nil
            loops[index].wastedTokens = nil
        }
    }

    /// Characters of text, reasoning and tool arguments.
    package var writtenCharacters: Int { textCharacters + reasoningCharacters + toolArgumentCharacters }
}

extension InterChunkLatency {
    /// Takes percentiles by nearest rank from gaps in rising order; nil without any.
    init?(sortedGaps gaps: [Int64]) {
        guard let last = gaps.last else { return nil }
        func percentile(_ percent: Int) -> Int64 { gaps[(percent * gaps.count + 99) / 100 - 1] }
        self.init(p50: percentile(50), p95: percentile(95), p99: percentile(99), max: last)
    }
}

/// The limits by which a stream is judged.
package struct StreamSettings: Equatable, Sendable {
    /// No pause shorter than this is a stall, in nanoseconds.
    package var stallFloorNanos: Int64
    /// A pause is a stall when it is longer than this many times the median gap, and than the floor.
    package var stallFactor: Int64
    /// A first chunk that takes longer than this, in nanoseconds, is slow.
    ///
    /// Ten seconds is the limit of a person's attention on a dialogue. Source: Jakob Nielsen, "Usability Engineering",
    /// 1993, chapter 5.5.
    package var slowFirstChunkNanos: Int64

    package init(
        stallFloorNanos: Int64 = 1_000_000_000, stallFactor: Int64 = 10, slowFirstChunkNanos: Int64 = 10_000_000_000
    ) {
        self.stallFloorNanos = stallFloorNanos
        self.stallFactor = stallFactor
        self.slowFirstChunkNanos = slowFirstChunkNanos
    }

    /// How long a pause may last: max(floor, factor × median gap), in nanoseconds; the floor where no gap is known.
    package func stallLimitNanos(medianGapNanos: Int64?) -> Int64 {
        max(stallFloorNanos, (medianGapNanos ?? 0).multipliedClamped(by: stallFactor))
    }
}
