package import Ingest
package import TraceModel
import TraceStore

/// Stores recorded calls in a trace database, by way of the pipeline.
package final class StoreSink: RecordingSink {
    /// Why calls were not taken; they can be offered again.
    enum Refusal: Error, CustomStringConvertible {
        case full
        case closed

        var description: String {
            switch self {
            case .full: "the database cannot keep up"
            case .closed: "the database is closed"
            }
        }
    }

    private let pipeline: IngestPipeline
    private let preparation: Preparation

    package init(_ pipeline: IngestPipeline, _ preparation: Preparation) {
        self.pipeline = pipeline
        self.preparation = preparation
    }

    package func store(_ streams: [RecordedStream]) throws {
        // A response in one piece is a span without a stream.
        let whole = streams.filter { $0.chunks.isEmpty && $0.info.timing == .none }
        let streamed = streams.filter { !($0.chunks.isEmpty && $0.info.timing == .none) }
        let bytes = streams.reduce(0) { $0 + $1.heldBytes }
        var batch = PreparedBatch(bytes: bytes)
        batch.spans = whole.map { preparation.span($0.span) }
        batch.streams = streamed.map { preparation.stream($0) }
        switch pipeline.offer(batch) {
        case .accepted(let receipt): _ = try receipt.wait()
        case .full: throw Refusal.full
        case .closed: throw Refusal.closed
        }
    }

    package func finish() throws {
        try pipeline.finish()
    }
}

extension RecordedStream {
    /// Roughly the bytes that the texts of the call hold.
    fileprivate var heldBytes: Int {
        span.attributes.reduce(chunks.text.count) { $0 + ($1.value.stringValue?.utf8.count ?? 64) }
    }
}

/// Where recorded calls are stored.
///
/// Called from the recorder's thread only, one call at a time; an error means that nothing of it was stored.
package protocol RecordingSink: AnyObject {
    func store(_ streams: [RecordedStream]) throws
    /// Called once, after the last `store`.
    func finish() throws
}

extension RecordingSink {
    package func finish() throws {}
}
