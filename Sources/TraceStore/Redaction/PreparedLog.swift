package import Redaction
package import TraceModel

/// A log record, ready to be stored.
package struct PreparedLog: Sendable {
    package var record: SpanLogRecord
    /// What a redactor replaced; nil where none looked at the record.
    package var redaction: SpanRedaction?

    package init(record: SpanLogRecord, redaction: SpanRedaction? = nil) {
        self.record = record
        self.redaction = redaction
    }

    /// Redacts log records, those of a span together; without a redactor they are stored as they came.
    package static func prepare(_ records: [SpanLogRecord], redactor: Redactor?) -> [PreparedLog] {
        var logs = records.map { PreparedLog(record: $0) }
        guard let redactor else { return logs }
        for places in places(of: records) {
            var group = places.map { records[$0] }
            var counts = RedactionCounts()
            redactor.redact(&group, &counts)
            for (place, record) in zip(places, group) {
                logs[place] = PreparedLog(
                    record: record, redaction: SpanRedaction(policy: redactor.policyName, counts: counts))
                // What was found in all of them is counted with the first.
                counts = RedactionCounts()
            }
        }
        return logs
    }

    /// The places of the records of each span, in order.
    private static func places(of records: [SpanLogRecord]) -> [[Int]] {
        var numbers: [WriteBatch.SpanAddress: Int] = [:]
        var places: [[Int]] = []
        for (place, record) in records.enumerated() {
            let address = WriteBatch.SpanAddress(trace: record.traceID, span: record.spanID)
            if let number = numbers[address] {
                places[number].append(place)
            } else {
                numbers[address] = places.count
                places.append([place])
            }
        }
        return places
    }
}
