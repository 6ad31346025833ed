package import TraceModel
package import TraceStore

/// Stores recorded calls in a trace database.
package final class StoreSink: RecordingSink {
    private let writer: TraceWriter

    package init(_ writer: TraceWriter) {
        self.writer = writer
    }

    package func store(_ streams: [RecordedStream]) throws {
        // A response in one piece is a span without a stream.
        let whole = streams.filter { $0.chunks.isEmpty && $0.info.timing == .none }
        let streamed = streams.filter { !($0.chunks.isEmpty && $0.info.timing == .none) }
        _ = try writer.write(
            spans: whole.map { PreparedSpan($0.span) }, streams: streamed.map { PreparedStream($0) })
        // So that a reader sees the calls in its list of traces at once.
        try writer.summarizePending()
    }

    package func finish() throws {
        try writer.finish()
    }
}
