import Importer
package import TraceModel
package import TraceStore

/// Stores recorded calls in a trace database.
package final class StoreSink: RecordingSink {
    private let writer: TraceWriter

    package init(_ writer: TraceWriter) {
        self.writer = writer
    }

    package func store(_ streams: [RecordedStream]) throws {
        _ = try writer.write(spans: streams.map { PreparedSpan($0.span) })
        // So that a reader sees the calls in its list of traces at once.
        try writer.summarizePending()
    }

    package func finish() throws {
        try writer.finish()
    }
}
