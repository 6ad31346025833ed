import Basics
import FastJSON
package import TraceModel

/// Reads streams and findings as they were stored.
///
/// It belongs to one connection and is used only on that connection's queue.
package final class StoredStreamReader {
    private let connection: OpaquePointer
    /// Asked once a span, so that it is compiled once.
    private var headStatement: PreparedStatement?

    package init(_ connection: OpaquePointer) {
        self.connection = connection
    }

    /// A stored stream without its chunks.
    package struct Head: Equatable, Sendable {
        package var key: Int64
        package var info: StreamInfo
        package var figures: StreamFigures
        package var chunkCount: Int
        package var textBytes: Int
        /// True where the stream was read out of the events or attributes of its span.
        package var isFromSpan: Bool
    }

    /// The stream of a span.
    package static let selectHead = """
        SELECT
            key, timing, clock, start_ns, duration_ns, end_cause, finish_reason, tokens_billed, tokens_delivered,
            tokens_reasoning, source, wire_protocol, dropped_chunks, error_message, remarks, chunks, text_bytes, figures,
            from_span
        FROM stream WHERE span = ?1
        """
    /// Blocks of a stream by their keys, in order.
    package static let selectBlocks = "SELECT data FROM stream_block WHERE key BETWEEN ?1 AND ?2 ORDER BY key"
    /// The first block that reaches a time.
    package static let selectBlockAt = """
        SELECT key FROM stream_block INDEXED BY stream_block_time
        WHERE stream = ?1 AND latest_ns >= ?2 ORDER BY latest_ns, key LIMIT 1
        """
    /// The findings about a span.
    package static let selectSpanFindings = """
        SELECT name.text, finding.severity, finding.certainty, finding.message, finding.evidence, ?2
        FROM finding INDEXED BY finding_span CROSS JOIN name ON name.id = finding.rule
        WHERE finding.span = ?1 ORDER BY finding.id
        """
    /// The findings of a trace, in the order of the spans that they are about; those about the trace first.
    package static let selectTraceFindings = """
        SELECT name.text, finding.severity, finding.certainty, finding.message, finding.evidence, span.id
        FROM finding INDEXED BY finding_trace CROSS JOIN name ON name.id = finding.rule
            LEFT JOIN span ON span.key = finding.span
        WHERE finding.trace = ?1 ORDER BY span.start_ns, finding.span, finding.id
        """

    /// The stream of a span; nil where it has none.
    package func head(ofSpan key: Int64) throws -> Head? {
        let select = try headStatement ?? PreparedStatement(Self.selectHead, on: connection)
        headStatement = select
        select.bind(1, key)
        defer { select.reset() }
        guard try select.step() else { return nil }
        var info = StreamInfo(source: select.text(10) ?? "")
        info.timing = TimingQuality(rawValue: Int(select.int(1))) ?? .none
        info.clock = select.text(2)
        info.startUnixNano = select.optionalInt(3)
        info.durationNanos = select.optionalInt(4)
        info.endCause = StreamEndCause(rawValue: Int(select.int(5))) ?? .unknown
        info.finishReason = select.text(6)
        info.tokensBilled = select.optionalInt(7)
        info.tokensDelivered = select.optionalInt(8)
        info.tokensReasoning = select.optionalInt(9)
        info.wireProtocol = select.text(11)
        info.droppedChunks = select.count(12)
        info.errorMessage = select.text(13)
        info.remarks = (try JSONValue(parsing: select.text(14) ?? "[]").elements ?? []).compactMap(\.string)
        info.admitNumbers()
        return Head(
            key: select.int(0), info: info,
            figures: StoredStreamJSON.figures(try JSONValue(parsing: select.text(17) ?? "{}")),
            chunkCount: select.count(15),
            textBytes: select.count(16),
            isFromSpan: select.int(18) != 0)
    }

    /// All chunks of a stream.
    package func chunks(of head: Head) throws -> StreamChunks {
        try read(StreamKey.blocks(ofStream: head.key), head.chunkCount, textBytes: head.textBytes)
    }

    /// The chunks of a stream around a time, with the sequence number of the first one.
    ///
    /// It reads the block in which the stream reaches `offsetNanos`, with `margin` blocks on both sides; past the end it
    /// is the last block. Streams without times give their beginning.
    package func chunks(
        of head: Head, around offsetNanos: Int64, margin: Int64 = 1
    ) throws -> (first: Int, chunks: StreamChunks) {
        let last = Int64(max(0, head.chunkCount - 1) / StreamBlockEncoder.chunksPerBlock)
        let select = try PreparedStatement(Self.selectBlockAt, on: connection)
        select.bind(1, head.key)
        select.bind(2, offsetNanos)
        let isTimed = head.info.timing == .measured || head.info.timing == .synthetic
        var number = isTimed ? last : 0
        if try select.step() {
            number = min(last, max(0, select.int(0) - StreamKey.block(stream: head.key, number: 0)))
        }
        let numbers = max(0, number - margin)...min(last, number + margin)
        let keys =
            StreamKey.block(
                stream: head.key, number: numbers.lowerBound)...StreamKey.block(
                stream: head.key, number: numbers.upperBound)
        let chunks = try read(keys, numbers.count * StreamBlockEncoder.chunksPerBlock, textBytes: 0)
        return (Int(numbers.lowerBound) * StreamBlockEncoder.chunksPerBlock, chunks)
    }

    private func read(_ keys: ClosedRange<Int64>, _ count: Int, textBytes: Int) throws -> StreamChunks {
        let select = try PreparedStatement(Self.selectBlocks, on: connection)
        select.bind(1, keys.lowerBound)
        select.bind(2, keys.upperBound)
        var decoder = StreamBlockDecoder()
        // The numbers of a damaged file may be anything.
        decoder.reserveCapacity(min(count, 1 << 24), textBytes: min(textBytes, 1 << 28))
        while try select.step() {
            try select.withBytes(0) { bytes in
                Result { () throws(StreamBlockDecoder.Damage) in try decoder.append(bytes) }
            }.get()
        }
        return decoder.chunks
    }

    /// The findings about a span.
    package func findings(ofSpan key: Int64, id: SpanID) throws -> [Finding] {
        let select = try PreparedStatement(Self.selectSpanFindings, on: connection)
        select.bind(1, key)
        select.bind(2, Int64(bitPattern: id.rawValue))
        return try findings(select)
    }

    /// All findings of a trace.
    package func findings(ofTrace key: Int64) throws -> [Finding] {
        let select = try PreparedStatement(Self.selectTraceFindings, on: connection)
        select.bind(1, key)
        return try findings(select)
    }

    private func findings(_ select: PreparedStatement) throws -> [Finding] {
        var findings: [Finding] = []
        while try select.step() {
            let span = select.optionalInt(5).map { SpanID(UInt64(bitPattern: $0)) }
            let evidence = try JSONValue(parsing: select.text(4) ?? "[]")
            findings.append(
                Finding(
                    rule: select.text(0) ?? "", severity: FindingSeverity(rawValue: Int(select.int(1))) ?? .hint,
                    certainty: FindingCertainty(rawValue: Int(select.int(2))) ?? .cannotTell,
                    message: select.text(3) ?? "", spanID: span,
                    evidence: StoredStreamJSON.evidence(evidence, own: span)))
        }
        return findings
    }
}
