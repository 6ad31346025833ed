package import TraceModel

/// A stream that another database holds, on its way to the same span in this one.
package final class RestoredStream: Sendable {
    package let info: StreamInfo
    package let chunks: StreamChunks
    /// What tells the recording from others; nil where the chunks are no longer those that it was made of.
    let digest: Int64?
    /// What the stream waits for while its span only stands in.
    let waitsFor: String?

    package init(info: StreamInfo, chunks: StreamChunks, digest: Int64? = nil, waitsFor: String? = nil) {
        self.info = info
        self.chunks = chunks
        self.digest = digest
        self.waitsFor = waitsFor
    }
}

extension TraceWriter {
    /// Stores the streams that came with the spans of the batch, just as they were.
    func restoreStreams(_ batch: inout WriteBatch) throws {
        for (key, stream, prepared) in batch.restored {
            guard try storedStream(statements.streams.selectStreamOfSpan, key) == nil,
                let (span, facts) = try storedSpan(key)
            else { continue }
            let reading = PreparedSpan(span: span, facts: facts, searchText: prepared.searchText)
            let whole = PreparedStream(
                RecordedStream(span: span, info: stream.info, chunks: stream.chunks, owner: .itself), of: reading)
            let digest = try digest(stream.digest ?? whole.digest, at: key)
            let row = try insert(whole, digest: digest, span: key, waitsFor: stream.waitsFor)
            try insertBlocks(whole.chunks, stream: row)
            try insert(whole.findings, span: key)
            batch.counts.streamsNew += 1
            hasStreams = true
            if stream.waitsFor != nil { waiting = nil }
            try markDirty(traceOfSpan: key, &batch)
        }
        batch.restored = []
    }
}
