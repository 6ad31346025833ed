package import TraceModel

/// Records that are stored together or not at all.
package struct PreparedBatch: Sendable {
    package var spans: [PreparedSpan] = []
    package var logs: [PreparedLog] = []
    package var streams: [PreparedStream] = []
    package var rejections: [StoredRejection] = []
    /// What was known of some traces before, to which their spans and log records add.
    package var redactions: [TraceID: TraceRedaction] = [:]
    /// How much the records hold: a measure of memory, at least one kilobyte.
    package let bytes: Int

    package init(bytes: Int) {
        self.bytes = max(1024, bytes)
    }
}

extension PreparedBatch {
    /// From how many records of one span on they are stored together.
    static let crowd = 32

    /// The same batches, but that very many records of one span stand in the first batch that has one of it.
    ///
    /// A span costs what it holds each time that records of it are stored: those of a transaction are stored at once.
    static func gathered(_ batches: [PreparedBatch]) -> [PreparedBatch] {
        guard batches.count > 1 else { return batches }
        var batches = batches
        gather(\.spans, in: &batches) { .init(trace: $0.span.traceID, span: $0.span.spanID) }
        gather(\.logs, in: &batches) { .init(trace: $0.record.traceID, span: $0.record.spanID) }
        return batches
    }

    private static func gather<Record>(
        _ records: WritableKeyPath<PreparedBatch, [Record]>, in batches: inout [PreparedBatch],
        address: (Record) -> WriteBatch.SpanAddress
    ) {
        var counts: [WriteBatch.SpanAddress: (first: Int, last: Int, records: Int)] = [:]
        for (number, batch) in batches.enumerated() {
            for record in batch[keyPath: records] {
                var known = counts[address(record)] ?? (first: number, last: number, records: 0)
                known.last = number
                known.records += 1
                counts[address(record)] = known
            }
        }
        counts = counts.filter { $0.value.records >= crowd && $0.value.first < $0.value.last }
        if counts.isEmpty { return }
        var moved: [(batch: Int, record: Record)] = []
        for number in batches.indices {
            batches[number][keyPath: records].removeAll { record in
                guard let first = counts[address(record)]?.first, first < number else { return false }
                moved.append((first, record))
                return true
            }
        }
        for (number, record) in moved { batches[number][keyPath: records].append(record) }
    }
}
