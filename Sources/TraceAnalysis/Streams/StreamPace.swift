import Basics
package import TraceModel

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
