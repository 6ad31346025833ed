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
}
