package import Redaction
package import TraceModel
package import TraceStore

/// Stores recorded calls in a trace database.
package final class StoreSink: RecordingSink {
    private let writer: TraceWriter
    private let redactor: Redactor?

    /// - Parameter redactor: what every text passes before it is stored; nil stores texts as they come.
    package init(_ writer: TraceWriter, redactor: Redactor?) {
        self.writer = writer
        self.redactor = redactor
    }

    package func store(_ streams: [RecordedStream]) throws {
        // A response in one piece is a span without a stream.
        let whole = streams.filter { $0.chunks.isEmpty && $0.info.timing == .none }
        let streamed = streams.filter { !($0.chunks.isEmpty && $0.info.timing == .none) }
        _ = try writer.write(
            spans: whole.map { PreparedSpan($0.span, redactor: redactor) },
            streams: streamed.map { PreparedStream($0, redactor: redactor) })
        // So that a reader sees the calls in its list of traces at once.
        try writer.summarizePending()
    }

    package func finish() throws {
        try writer.finish()
    }
}
