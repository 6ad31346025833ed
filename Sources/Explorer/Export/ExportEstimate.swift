package import TraceModel

/// What an export would write, told before anything is written.
package struct ExportEstimate: Equatable, Sendable {
    package var traces: Int
    package var spans: Int
    /// About so many bytes; nil where nothing tells.
    package var bytes: Int64?
    /// What is known of the redaction of the stored spans.
    package var redaction: TraceRedaction

    package init(traces: Int, spans: Int, bytes: Int64?, redaction: TraceRedaction) {
        self.traces = traces
        self.spans = spans
        self.bytes = bytes
        self.redaction = redaction
    }
}
