import TraceModel
import TraceStore

/// Records on their way from the decoding to the writing thread.
struct ImportBatch: Sendable {
    var spans: [PreparedSpan] = []
    var logs: [SpanLogRecord] = []
    var streams: [PreparedStream] = []
    /// What was replaced in `logs`; those of spans and streams are with them.
    var logRedactions = RedactionCounts()
    var rejections: [StoredRejection] = []
    /// Bytes of all inputs taken so far.
    var bytesDone: Int64 = 0
}
