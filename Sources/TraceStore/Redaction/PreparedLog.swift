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

    /// Redacts a log record; without a redactor it is stored as it came.
    package init(_ record: SpanLogRecord, redactor: Redactor?) {
        self.record = record
        guard let redactor else { return }
        var counts = RedactionCounts()
        redactor.redact(&self.record, &counts)
        redaction = SpanRedaction(policy: redactor.policyName, counts: counts)
    }
}
