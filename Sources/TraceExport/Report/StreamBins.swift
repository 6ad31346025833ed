import Basics
import TraceAnalysis
import TraceModel

/// How much of a stream arrived when: its content in equal stretches of time.
struct StreamBins {
    struct Bin {
        /// Bytes of content that arrived in the stretch.
        var bytes = 0
        /// The kind that most of them belong to.
        var kind: ChunkKind = .text
    }

    let bins: [Bin]
    let durationNanos: Int64
    /// The stretches in which the stream stood still, as shares of the duration, 0…1.
    let stalls: [(start: Double, end: Double, nanos: Int64)]
    /// From the onset to the end of loops, as shares of the duration, 0…1.
    let loops: [(start: Double, end: Double)]

    /// Nil for streams without times of their own.
    ///
    /// A stretch is never so short that a steady stream leaves some of them empty.
    init?(_ stream: WholeStream, most: Int) {
        guard stream.info.timing == .measured || stream.info.timing == .synthetic, !stream.chunks.isEmpty,
            stream.chunks.offsets.contains(where: { $0 != StreamChunks.unknownOffset })
        else { return nil }
        let arrivals = StreamArrivals(stream.chunks).nanos
        let duration = max(stream.figures.durationNanos ?? 0, arrivals.last ?? 0)
        guard duration > 0 else { return nil }
        let steady = (stream.figures.interChunk?.p50 ?? 0) &* 3
        let count = steady > 0 ? max(40, min(most, Int(clamping: duration / steady))) : most
        func share(_ nanos: Int64) -> Double { min(1, max(0, Double(nanos) / Double(duration))) }
        var bytes = [[Int]](repeating: Array(repeating: 0, count: 4), count: count)
        for (place, nanos) in arrivals.enumerated() where stream.chunks.kinds[place].isContent {
            let bin = min(count - 1, Int(clamped: share(nanos) * Double(count)))
            bytes[bin][min(3, Int(stream.chunks.kinds[place].rawValue))] += stream.chunks.textRange(place).count
        }
        bins = bytes.map { kinds in
            let most = kinds.indices.max { kinds[$0] < kinds[$1] } ?? 0
            return Bin(bytes: kinds.reduce(0, +), kind: ChunkKind(rawValue: UInt8(most)) ?? .text)
        }
        durationNanos = duration
        stalls = stream.figures.stalls.map { stall in
            let end = stall.startNanos.addingClamped(stall.durationNanos)
            return (share(stall.startNanos), share(end), stall.durationNanos)
        }
        loops = stream.figures.loops.compactMap { loop in
            guard let onset = loop.onsetNanos else { return nil }
            return (share(onset), loop.wastedNanos.map { share(onset.addingClamped($0)) } ?? 1)
        }
    }
}
