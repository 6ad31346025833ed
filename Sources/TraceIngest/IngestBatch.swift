package import TraceModel

/// A run of decoded records of one input, in input order.
package struct IngestBatch: Sendable {
    package var spans: [Span] = []
    package var logs: [SpanLogRecord] = []
    package var streams: [RecordedStream] = []
    package var rejects: [Rejection] = []
    /// Bytes of the input file consumed so far, before decompression; for progress.
    package var bytesConsumed: Int64 = 0
    /// Bytes of input that the records were decoded from, after decompression: a measure of what they hold.
    package var bytesDecoded: Int64 = 0

    package init() {}
}

/// A record, or the rest of an input, that could not be decoded.
package struct Rejection: Equatable, Sendable {
    /// The offset in the decompressed input.
    package var byteOffset: Int64?
    /// The line, from 1, where the input has lines.
    package var line: Int64?
    package var reason: String

    package init(byteOffset: Int64?, line: Int64?, reason: String) {
        self.byteOffset = byteOffset
        self.line = line
        self.reason = reason
    }
}

/// Why one record cannot be stored, and where in the input the error is.
struct RecordFault: Error, Equatable {
    var offset: Int64
    var line: Int64?
    var reason: String
}

/// What a decoded input held.
package struct DecodeSummary: Equatable, Sendable {
    package var spans = 0
    /// Log records that name a span.
    package var logs = 0
    /// Recorded responses of models.
    package var streams = 0
    package var rejected = 0
    /// Log records that name no span.
    package var skippedLogs = 0
    /// Groups of metrics (`ResourceMetrics`), which this program does not store.
    package var skippedMetricGroups = 0
    /// Spans that were handed on before their resource or scope was complete, because both stood behind them in a
    /// stream that cannot be read twice.
    package var spansWithLateEnvelope = 0
    /// The bytes of the input after decompression.
    package var bytesDecoded: Int64 = 0
    /// Where reading goes on once the input has grown: behind the last whole record.
    package var position = InputPosition()

    package init() {}
}

/// A place between two records of an input, after decompression.
package struct InputPosition: Equatable, Sendable {
    package var offset: Int64 = 0
    /// Lines before the place.
    package var lines: Int64 = 0
}

/// A fault of the machine, not of the data: the input could not be read at all, or not further.
package enum IngestError: Error, Equatable, Sendable, CustomStringConvertible {
    case cannotOpen(path: String, reason: String)
    case cannotRead(path: String, reason: String)

    package var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "\(path): cannot open: \(reason)"
        case .cannotRead(let path, let reason): "\(path): cannot read: \(reason)"
        }
    }
}
