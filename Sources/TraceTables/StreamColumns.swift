import FastJSON
package import Tables
package import TraceModel
package import TraceQuery

/// The stream of a span, as tables show it.
package struct StreamLine: Sendable {
    package var span: SpanLine
    package var info: StreamInfo
    package var figures: StreamFigures
    package var provider: String?
    /// The part of the trace that was asked for; nil for the whole trace.
    package var part: String?

    package init(span: SpanLine, info: StreamInfo, figures: StreamFigures) {
        self.span = span
        self.info = info
        self.figures = figures
    }

    package init(_ detail: StreamDetail) {
        self.init(
            span: SpanLine(traceID: detail.traceID, row: detail.row, names: detail.names, run: nil),
            info: detail.info, figures: detail.figures)
    }

    /// The stalls; nil where no clock could tell of any.
    fileprivate var stalls: [StreamStall]? { figures.stalledNanos == nil ? nil : figures.stalls }
}

/// The columns of streams: `spandrel stream` and exported tables.
///
/// What the timing of a stream cannot tell is unknown, never 0.
package enum StreamColumns {
    package static let all: [Column<StreamLine>] =
        spans(SpanColumns.ids) + chunks + dropped + times + nested + end + timing + tokens

    /// The columns of exported streams; what is nested in `spandrel stream` is flat here.
    package static let exported: [Column<StreamLine>] =
        spans(SpanColumns.ids) + [Column("name") { $0.span.name }] + spans(SpanColumns.label + SpanColumns.step)
        + [Column("provider") { $0.provider }] + spans(SpanColumns.models) + source + timing
        + [Column("clock") { $0.info.clock }, Column("start_unix_nano", "", .time) { $0.info.startUnixNano }] + times
        + rates + gaps + stalls + chunks + content + dropped + characters + tokens + moreTokens + end + remarks

    private static func spans(_ columns: [Column<SpanLine>]) -> [Column<StreamLine>] {
        columns.map { column in column.on { $0.span } }
    }

    private static let chunks: [Column<StreamLine>] = [
        Column("chunks", "chunks of all kinds; a chunk is not a token") { $0.figures.chunkCount }
    ]

    private static let dropped: [Column<StreamLine>] = [
        Column("dropped_chunks", "chunks that the model sent and nobody kept; figures that they could change are null")
        {
            $0.info.droppedChunks
        }
    ]

    private static let times: [Column<StreamLine>] = [
        Column("duration_ns", "from the request to the end of the response", .duration) { $0.figures.durationNanos },
        Column("time_to_first_chunk_ns", "from the request to the first chunk of any kind", .duration) {
            $0.figures.timeToFirstChunkNanos
        },
        Column("time_to_first_visible_chunk_ns", "to the first text or refusal", .duration) {
            $0.figures.timeToFirstVisibleChunkNanos
        },
        Column("time_per_output_chunk_ns", "(last − first) / (n − 1) over chunks with content", .duration) {
            $0.figures.timePerOutputChunkNanos
        },
    ]

    private static let nested: [Column<StreamLine>] = [
        Column(
            "inter_chunk_ns", "`p50, p95, p99, max` of the gaps between chunks with content, by nearest rank",
            nullable: true
        ) { line in
            guard let gaps = line.figures.interChunk else { return TableCell.missing }
            return .nested {
                $0.value(["p50": .int(gaps.p50), "p95": .int(gaps.p95), "p99": .int(gaps.p99), "max": .int(gaps.max)])
            }
        },
        Column(
            "stalls", "`class (before_first, mid_text, mid_tool_arguments or tail_hang), start_ns, duration_ns`",
            type: "object[]"
        ) { line in TableCell.nested { json in json.list(line.figures.stalls) { stall(&$0, $1) } } },
        Column(
            "loops",
            "`onset_ns (null without a clock), onset_character, period_characters, repeats, looped_share (0 to 1), near`",
            type: "object[]"
        ) { line in TableCell.nested { json in json.list(line.figures.loops) { loop(&$0, $1) } } },
    ]

    private static func stall(_ json: inout JSONWriter, _ stall: StreamStall) {
        json.beginObject()
        json.member("class", stall.stallClass.name)
        json.member("start_ns", stall.startNanos)
        json.member("duration_ns", stall.durationNanos)
        json.endObject()
    }

    private static func loop(_ json: inout JSONWriter, _ loop: ContentLoop) {
        json.beginObject()
        json.member("onset_ns", loop.onsetNanos)
        json.member("onset_character", loop.onsetCharacter)
        json.member("period_characters", loop.periodCharacters)
        json.member("repeats", loop.repeats)
        json.member("looped_share", loop.loopedShare)
        json.member("near", loop.isNear)
        json.endObject()
    }

    private static let end: [Column<StreamLine>] = [
        Column(
            "end_cause", "`finished`, `client_abort`, `connection_dropped`, `server_error`, `watchdog` or `unknown`"
        ) { $0.info.endCause.name },
        Column("finish_reason", "as the provider states it") { $0.info.finishReason },
    ]

    private static let timing: [Column<StreamLine>] = [
        Column("timing_quality", "`measured`, `first_and_last_only`, `synthetic` or `none`") { $0.info.timing.name }
    ]

    private static let tokens: [Column<StreamLine>] = [
        Column("tokens_billed", "output tokens by the provider's usage record", .count) { $0.info.tokensBilled },
        Column("tokens_delivered", "output tokens that arrived, where the source counts them", .count) {
            $0.info.tokensDelivered
        },
    ]

    // MARK: What only exported tables have

    private static let source: [Column<StreamLine>] = [
        Column("source") { $0.info.source },
        Column("wire_protocol") { $0.info.wireProtocol },
    ]

    private static let rates: [Column<StreamLine>] = [
        Column("time_per_output_token_ns", "", .duration) { $0.figures.timePerOutputTokenNanos },
        Column("chunks_per_second") { rate($0.figures.timePerOutputChunkNanos) },
        Column("tokens_per_second") { rate($0.figures.timePerOutputTokenNanos) },
    ]

    private static let gaps: [Column<StreamLine>] = [
        Column("inter_chunk_p50_ns", "", .duration) { $0.figures.interChunk?.p50 },
        Column("inter_chunk_p95_ns", "", .duration) { $0.figures.interChunk?.p95 },
        Column("inter_chunk_p99_ns", "", .duration) { $0.figures.interChunk?.p99 },
        Column("inter_chunk_max_ns", "", .duration) { $0.figures.interChunk?.max },
    ]

    private static let stalls: [Column<StreamLine>] = [
        Column("stall_count") { $0.stalls?.count },
        Column("longest_stall_ns", "", .duration) { $0.stalls?.map(\.durationNanos).max() },
        Column("stalled_ns", "", .duration) { $0.figures.stalledNanos },
        Column("stalled_share") { $0.figures.stalledShare },
    ]

    private static let content: [Column<StreamLine>] = [Column("content_chunks") { $0.figures.contentChunkCount }]

    private static let characters: [Column<StreamLine>] = [
        Column("text_characters") { $0.figures.textCharacters },
        Column("reasoning_characters") { $0.figures.reasoningCharacters },
        Column("tool_argument_characters") { $0.figures.toolArgumentCharacters },
        Column("reasoning_share") { $0.figures.reasoningShare },
        Column("loop_count") { $0.figures.loops.count },
        Column("looped_share") { $0.figures.loops.map(\.loopedShare).max() },
    ]

    private static let moreTokens: [Column<StreamLine>] = [
        Column("tokens_reasoning", "", .count) { $0.info.tokensReasoning },
        Column("tokens_undelivered", "", .count) { $0.figures.tokensUndelivered },
    ]

    private static let remarks: [Column<StreamLine>] = [
        Column("error_message") { $0.info.errorMessage },
        Column("remarks") { $0.info.remarks },
        Column("part") { $0.part },
    ]

    /// How many come in a second; nil where the time of one is unknown, or 0, of which no rate can be told.
    private static func rate(_ nanos: Int64?) -> Double? {
        guard let nanos, nanos > 0 else { return nil }
        return 1e9 / Double(nanos)
    }
}

/// The columns of `spandrel stream --chunks`.
package enum StreamChunkColumns {
    package static let all: [Column<StreamChunk>] = columns(isSynthetic: false)

    /// The columns of a stream; with a made-up clock each row says that nobody measured its time.
    package static func columns(isSynthetic: Bool) -> [Column<StreamChunk>] {
        [
            Column("sequence", "the place in the stream, from 0") { $0.sequence }.inTable("sequence", 1),
            Column("offset_ns", "from the request; null where no clock saw the chunk", .duration) { $0.offsetNanos }
                .inTable(isSynthetic ? "offset (synthetic)" : "offset", 2),
            Column("kind", "`text`, `reasoning`, `tool_arguments`, `refusal`, `usage`, `terminal` or `other`") {
                $0.kind.name
            }.inTable("kind", 3),
            Column("text", "as it came") { $0.text }.inTable("text", 4, minimum: 16),
        ] + (isSynthetic ? [Column("timing_quality", "`synthetic`") { _ in "synthetic" }] : [])
    }
}
