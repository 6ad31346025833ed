import TraceDialect
import TraceModel

/// Gathers records into batches and hands them on when they are large enough.
///
/// It flushes by count, by bytes of input, and, when nothing is decoded for long, empty for the sake of progress.
final class BatchCollector {
    /// Bytes of decompressed input after which a batch is handed on even if it is short.
    private static let byteLimit: Int64 = 4 << 20

    private(set) var summary = DecodeSummary()
    /// Whether places in what is decoded are places in the file; else only lines are.
    var knowsOffsets = true
    private var batch = IngestBatch()
    private let batchSize: Int
    /// Where in the input the decoded part begins, from which places in it are counted.
    private let start: InputPosition
    private let emit: (IngestBatch) throws -> Void
    private let bytesConsumed: () -> Int64
    private var lastFlushOffset: Int64 = 0

    init(
        batchSize: Int, start: InputPosition = InputPosition(), bytesConsumed: @escaping () -> Int64,
        emit: @escaping (IngestBatch) throws -> Void
    ) {
        self.batchSize = max(batchSize, 1)
        self.start = start
        self.bytesConsumed = bytesConsumed
        self.emit = emit
    }

    func add(_ span: Span) {
        var span = span
        span.admitNumbers()
        batch.spans.append(span)
        summary.spans += 1
    }

    /// Adds a log record, or the stream that it carries.
    func add(_ log: SpanLogRecord) {
        if let stream = StreamConvention.stream(carriedBy: log) {
            add(stream)
            return
        }
        batch.logs.append(log)
        summary.logs += 1
    }

    func add(_ stream: RecordedStream) {
        batch.streams.append(stream)
        summary.streams += 1
    }

    func skippedLog() { summary.skippedLogs += 1 }
    func skippedMetrics() { summary.skippedMetricGroups += 1 }

    func lateEnvelope(of count: Int) { summary.spansWithLateEnvelope += count }

    func reject(_ rejection: Rejection) {
        var rejection = rejection
        rejection.byteOffset = knowsOffsets ? rejection.byteOffset.map { $0 + start.offset } : nil
        rejection.line = rejection.line.map { $0 + start.lines }
        batch.rejects.append(rejection)
        summary.rejected += 1
    }

    /// Hands the batch on if it is large enough; `offset` is the place in the decompressed input.
    func flushIfFull(at offset: Int64) throws {
        let count = batch.spans.count + batch.logs.count + batch.streams.count + batch.rejects.count
        guard count >= batchSize || offset - lastFlushOffset >= Self.byteLimit else { return }
        try flush(at: offset)
    }

    /// Hands on what is left.
    func flush(at offset: Int64) throws {
        batch.bytesDecoded = max(0, offset - lastFlushOffset)
        lastFlushOffset = offset
        batch.bytesConsumed = bytesConsumed()
        let full = batch
        batch = IngestBatch()
        try emit(full)
    }
}
