import TraceDialect
package import TraceModel

/// A stream with what was computed from it, ready to be stored.
package struct PreparedStream: Sendable {
    /// The model call as the recording alone knows it; `owner` says when it is stored.
    package var span: PreparedSpan
    package var info: StreamInfo
    package var chunks: StreamChunks
    package var figures: StreamFigures
    /// What the stream shows beside its own span; a span that it joins is analysed again.
    package var findings: [Finding]
    package var owner: StreamOwner
    /// True where the stream was read out of events or attributes of its own span.
    package var isFromSpan: Bool

    package init(
        span: PreparedSpan, info: StreamInfo, chunks: StreamChunks, figures: StreamFigures, findings: [Finding] = [],
        owner: StreamOwner, isFromSpan: Bool = false
    ) {
        self.span = span
        self.info = info
        self.chunks = chunks
        self.figures = figures
        self.findings = findings
        self.owner = owner
        self.isFromSpan = isFromSpan
    }

    /// Computes figures and findings, which takes time linear in the text.
    ///
    /// The stream is a part of the span where `isFromSpan` says so.
    package init(_ stream: RecordedStream, of span: PreparedSpan, isFromSpan: Bool = false) {
        let figures = StreamReading.figures(stream.chunks, stream.info)
        self.init(
            span: span, info: stream.info, chunks: stream.chunks, figures: figures,
            findings: StreamReading.findings(figures, stream.chunks, stream.info, span: span.span, facts: span.facts),
            owner: stream.owner, isFromSpan: isFromSpan)
    }

    /// The stream that a span tells of itself; nil where it tells none, which is quick to see.
    package init?(in span: PreparedSpan) {
        guard let stream = StreamExtractor.stream(of: span.span) else { return nil }
        self.init(stream, of: span, isFromSpan: true)
    }

    /// Tells a recording from all others.
    ///
    /// It covers the recording's own ids, which are a function of its input, and what the chunks say.
    var digest: Int64 {
        var digest = ContentDigest()
        digest.add(span.span.traceID.high)
        digest.add(span.span.traceID.low)
        digest.add(span.span.spanID.rawValue)
        digest.add(Int64(info.timing.rawValue))
        digest.add(UInt64(chunks.count))
        chunks.offsets.withUnsafeBytes { digest.add($0) }
        for kind in chunks.kinds { digest.add(UInt64(kind.rawValue)) }
        chunks.textEnds.withUnsafeBytes { digest.add($0) }
        chunks.text.withUnsafeBytes { digest.add($0) }
        return digest.value
    }

    /// How much a stream tells: of two of one response the one that tells more is kept.
    var rank: Int64 { StreamRank.rank(info.timing, textBytes: chunks.text.count) }
}

/// Which of two streams of one response tells more: texts count before times.
enum StreamRank {
    static func rank(_ timing: TimingQuality, textBytes: Int) -> Int64 {
        let time: Int64 =
            switch timing {
            case .none: 0
            case .synthetic: 1
            case .firstAndLastOnly: 2
            case .measured: 3
            }
        return time + (textBytes > 0 ? 10 : 0)
    }
}
