import TraceStore

/// Records on their way from the decoding to the writing thread.
struct ImportBatch: Sendable {
    var spans: [PreparedSpan] = []
    var logs: [PreparedLog] = []
    var streams: [PreparedStream] = []
    var rejections: [StoredRejection] = []
    /// Bytes of all inputs taken so far.
    var bytesDone: Int64 = 0
}
