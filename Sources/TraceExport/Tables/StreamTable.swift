import TraceModel

/// The columns of a table of streams.
///
/// Where `spandrel stream` has the same thing, it has the same name; what is nested there is flat here. What the timing
/// of a stream cannot tell is unknown, never 0.
enum StreamTable {
    struct Row {
        let trace: ExportTrace
        let span: ExportSpan
        let stream: WholeStream

        var figures: StreamFigures { stream.figures }
        var info: StreamInfo { stream.info }
        /// The stalls; nil where no clock could tell of any.
        var stalls: [StreamStall]? { figures.stalledNanos == nil ? nil : figures.stalls }
    }

    static let columns: [ExportColumn<Row>] = identity + times + content + end

    private static let identity: [ExportColumn<Row>] = [
        ExportColumn("trace_id") { .text($0.span.span.traceID.hex) },
        ExportColumn("span_id") { .text($0.span.span.spanID.hex) },
        ExportColumn("name") { .text($0.span.span.name) },
        ExportColumn("agent_label") { TableCell($0.trace.run($0.span.row.agentRun)?.label) },
        ExportColumn("step") { TableCell($0.span.row.step == 0 ? nil : Int64($0.span.row.step)) },
        ExportColumn("provider") { TableCell($0.span.facts.provider) },
        ExportColumn("model_requested") { TableCell($0.span.facts.modelRequested) },
        ExportColumn("model_resolved") { TableCell($0.span.facts.modelResolved) },
        ExportColumn("source") { .text($0.info.source) },
        ExportColumn("wire_protocol") { TableCell($0.info.wireProtocol) },
        ExportColumn("timing_quality") { .text($0.info.timing.name) },
        ExportColumn("clock") { TableCell($0.info.clock) },
    ]

    private static let times: [ExportColumn<Row>] = [
        ExportColumn("start_unix_nano") { TableCell($0.info.startUnixNano) },
        ExportColumn("duration_ns") { TableCell($0.figures.durationNanos) },
        ExportColumn("time_to_first_chunk_ns") { TableCell($0.figures.timeToFirstChunkNanos) },
        ExportColumn("time_to_first_visible_chunk_ns") { TableCell($0.figures.timeToFirstVisibleChunkNanos) },
        ExportColumn("time_per_output_chunk_ns") { TableCell($0.figures.timePerOutputChunkNanos) },
        ExportColumn("time_per_output_token_ns") { TableCell($0.figures.timePerOutputTokenNanos) },
        ExportColumn("chunks_per_second") { rate($0.figures.timePerOutputChunkNanos) },
        ExportColumn("tokens_per_second") { rate($0.figures.timePerOutputTokenNanos) },
        ExportColumn("inter_chunk_p50_ns") { TableCell($0.figures.interChunk?.p50) },
        ExportColumn("inter_chunk_p95_ns") { TableCell($0.figures.interChunk?.p95) },
        ExportColumn("inter_chunk_p99_ns") { TableCell($0.figures.interChunk?.p99) },
        ExportColumn("inter_chunk_max_ns") { TableCell($0.figures.interChunk?.max) },
        ExportColumn("stall_count") { TableCell($0.stalls.map { Int64($0.count) }) },
        ExportColumn("longest_stall_ns") { TableCell($0.stalls?.map(\.durationNanos).max()) },
        ExportColumn("stalled_ns") { TableCell($0.figures.stalledNanos) },
        ExportColumn("stalled_share") { TableCell($0.figures.stalledShare) },
    ]

    private static let content: [ExportColumn<Row>] = [
        ExportColumn("chunks") { TableCell($0.figures.chunkCount) },
        ExportColumn("content_chunks") { TableCell($0.figures.contentChunkCount) },
        ExportColumn("dropped_chunks") { TableCell($0.info.droppedChunks) },
        ExportColumn("text_characters") { TableCell($0.figures.textCharacters) },
        ExportColumn("reasoning_characters") { TableCell($0.figures.reasoningCharacters) },
        ExportColumn("tool_argument_characters") { TableCell($0.figures.toolArgumentCharacters) },
        ExportColumn("reasoning_share") { TableCell($0.figures.reasoningShare) },
        ExportColumn("loop_count") { TableCell($0.figures.loops.count) },
        ExportColumn("looped_share") { TableCell($0.figures.loops.map(\.loopedShare).max()) },
        ExportColumn("tokens_billed") { TableCell($0.info.tokensBilled) },
        ExportColumn("tokens_delivered") { TableCell($0.info.tokensDelivered) },
        ExportColumn("tokens_reasoning") { TableCell($0.info.tokensReasoning) },
        ExportColumn("tokens_undelivered") { TableCell($0.figures.tokensUndelivered) },
    ]

    private static let end: [ExportColumn<Row>] = [
        ExportColumn("end_cause") { .text($0.info.endCause.name) },
        ExportColumn("finish_reason") { TableCell($0.info.finishReason) },
        ExportColumn("error_message") { TableCell($0.info.errorMessage) },
        ExportColumn("remarks") { row in .nested { $0.texts(row.info.remarks) } },
        ExportColumn("part") { TableCell($0.trace.part) },
    ]

    /// How many come in a second; nil where the time of one is unknown, or 0, of which no rate can be told.
    private static func rate(_ nanos: Int64?) -> TableCell {
        guard let nanos, nanos > 0 else { return .null }
        return .real(1e9 / Double(nanos))
    }
}
