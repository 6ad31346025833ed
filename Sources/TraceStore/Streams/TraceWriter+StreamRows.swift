import TraceModel

extension TraceWriter {
    /// Inserts the row of a stream and gives its key.
    func insert(
        _ stream: PreparedStream, digest: Int64, span: Int64, waitsFor: String?
    ) throws(SQLiteFailure) -> Int64 {
        let insert = statements.streams.insertStream
        let info = stream.info
        insert.bind(1, span)
        insert.bind(2, digest)
        insert.bind(3, stream.isFromSpan ? 1 : 0)
        insert.bind(4, waitsFor)
        insert.bind(5, waitsFor == nil ? nil : stream.span.searchText)
        insert.bind(6, info.timing.rawValue)
        insert.bind(7, info.clock)
        insert.bind(8, info.startUnixNano)
        insert.bind(9, info.durationNanos)
        insert.bind(10, info.endCause.rawValue)
        insert.bind(11, info.finishReason)
        insert.bind(12, info.tokensBilled)
        insert.bind(13, info.tokensDelivered)
        insert.bind(14, info.tokensReasoning)
        insert.bind(15, info.source)
        insert.bind(16, info.wireProtocol)
        insert.bind(17, info.droppedChunks)
        insert.bind(18, info.errorMessage)
        insert.bind(19, StoredStreamJSON.text(info.remarks))
        insert.bind(20, stream.chunks.count)
        insert.bind(21, stream.chunks.text.count)
        insert.bind(22, StreamReading.version)
        insert.bind(23, StoredStreamJSON.text(stream.figures))
        try insert.run()
        return insertedRowID
    }

    func insertBlocks(_ chunks: StreamChunks, stream key: Int64) throws {
        let insert = statements.streams.insertBlock
        var latest: Int64?
        var number: Int64 = 0
        var start = 0
        while start < chunks.count {
            let end = min(start + StreamBlockEncoder.chunksPerBlock, chunks.count)
            guard number <= StreamKey.maximumBlock else {
                throw StoreError.failed(path: path, detail: "a stream has too many chunks")
            }
            for index in start..<end where chunks.offsets[index] != StreamChunks.unknownOffset {
                latest = max(latest ?? .min, chunks.offsets[index])
            }
            insert.bind(1, StreamKey.block(stream: key, number: number))
            insert.bind(2, key)
            insert.bind(3, latest)
            insert.bind(blob: 4, StreamBlockEncoder.encode(chunks, start..<end))
            try insert.run()
            number += 1
            start = end
        }
    }

    /// Inserts findings about a span.
    func insert(_ findings: [Finding], span: Int64) throws(SQLiteFailure) {
        for finding in findings { try insert(finding, trace: StoreKey.trace(ofSpan: span), span: span) }
    }

    /// Inserts a finding about a trace, or about one of its spans.
    func insert(_ finding: Finding, trace: Int64, span: Int64?) throws(SQLiteFailure) {
        let insert = statements.streams.insertFinding
        let rule = try intern(finding.rule)
        insert.bind(1, trace)
        insert.bind(2, span)
        insert.bind(3, Int64(rule))
        insert.bind(4, finding.severity.rawValue)
        insert.bind(5, finding.certainty.rawValue)
        insert.bind(6, finding.message)
        insert.bind(7, StoredStreamJSON.text(finding.evidence, own: finding.spanID))
        try insert.run()
    }

    /// Removes a stream with its chunks and what was found in it.
    func removeStream(_ stream: StoredStream) throws(SQLiteFailure) {
        let streams = statements.streams
        streams.deleteStream.bind(1, stream.key)
        try streams.deleteStream.run()
        let keys = StreamKey.blocks(ofStream: stream.key)
        streams.deleteBlocks.bind(1, keys.lowerBound)
        streams.deleteBlocks.bind(2, keys.upperBound)
        try streams.deleteBlocks.run()
        streams.deleteFindings.bind(1, stream.span)
        try streams.deleteFindings.run()
    }
}
