import TraceModel

/// Streams made by hand.
enum StreamFixture {
    /// One chunk of text for each offset in nanoseconds; nil for chunks without a time.
    static func text(_ offsets: [Int64?], _ text: (Int) -> String = { "word\($0) " }) -> StreamChunks {
        StreamChunks(
            offsets.enumerated().map { StreamChunk(offsetNanos: $1, kind: .text, text: text($0)) })
    }

    /// A text cut into chunks of some characters, one each `gap` nanoseconds.
    static func chunks(
        of text: String, size: Int = 7, kind: ChunkKind = .text, gap: Int64 = 20_000_000
    ) -> StreamChunks {
        var chunks = StreamChunks()
        var rest = text.unicodeScalars[...]
        var time = gap
        while !rest.isEmpty {
            chunks.append(StreamChunk(offsetNanos: time, kind: kind, text: String(rest.prefix(size))))
            rest = rest.dropFirst(size)
            time += gap
        }
        return chunks
    }

    static func info(_ timing: TimingQuality = .measured, duration: Int64? = nil) -> StreamInfo {
        StreamInfo(durationNanos: duration, timing: timing, source: "test")
    }

    static let span = Span(
        traceID: TraceID(high: 1, low: 2), spanID: SpanID(3), name: "chat", startUnixNano: 0,
        endUnixNano: 9_000_000_000)
}
