package import TraceModel

/// How far an export is.
package struct ExportProgress: Equatable, Sendable {
    package var spans = 0
    /// All spans of the selection, where they were counted before.
    package var spansTotal: Int?
    package var bytes: Int64 = 0

    package init() {}
}

/// What an export wrote.
package struct ExportReport: Equatable, Sendable {
    package var traces = 0
    package var spans = 0
    package var bytes: Int64 = 0
    /// The traces, where the export asks for an audit row.
    package var traceIDs: [TraceID] = []
    /// What was redacted on the way out; nil where the texts were to stay.
    package var redactions: RedactionCounts?
    /// What the format has no place for, one sentence each.
    package var remarks: [String] = []

    package init() {}
}

/// What an export would be, before it is written.
package struct ExportEstimate: Equatable, Sendable {
    package var traces: Int
    package var spans: Int
    /// A guess from a sample of the spans; nil without one.
    package var bytes: Int64?
    /// What is known of the redaction of the stored traces.
    package var redaction: TraceRedaction

    package init(traces: Int, spans: Int, bytes: Int64?, redaction: TraceRedaction) {
        self.traces = traces
        self.spans = spans
        self.bytes = bytes
        self.redaction = redaction
    }
}
