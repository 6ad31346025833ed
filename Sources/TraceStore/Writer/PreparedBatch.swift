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
