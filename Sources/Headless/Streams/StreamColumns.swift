import FastJSON
import TraceModel
package import TraceQuery

/// The fields of `spandrel stream`.
package enum StreamColumns {
    package static let all: [Column<StreamDetail>] = [
        Column("trace_id", "string", "32 hexadecimal digits") { .text($0.traceID.hex) },
        Column("span_id", "string", "16 hexadecimal digits") { .text($0.row.spanID.hex) },
        Column("chunks", "integer", "chunks of all kinds; a chunk is not a token") {
            FieldValue($0.figures.chunkCount)
        },
        Column("duration_ns", "integer", nullable: true, "from the request to the end of the response") {
            FieldValue($0.figures.durationNanos)
        },
        Column("time_to_first_chunk_ns", "integer", nullable: true, "from the request to the first chunk of any kind") {
            FieldValue($0.figures.timeToFirstChunkNanos)
        },
        Column("time_to_first_visible_chunk_ns", "integer", nullable: true, "to the first text or refusal") {
            FieldValue($0.figures.timeToFirstVisibleChunkNanos)
        },
        Column(
            "time_per_output_chunk_ns", "integer", nullable: true, "(last − first) / (n − 1) over chunks with content"
        ) {
            FieldValue($0.figures.timePerOutputChunkNanos)
        },
        Column(
            "inter_chunk_ns", "object", nullable: true,
            "`p50, p95, p99, max` of the gaps between chunks with content, by nearest rank"
        ) {
            guard let gaps = $0.figures.interChunk else { return .null }
            return .nested { json in
                json.beginObject()
                json.member("p50", gaps.p50)
                json.member("p95", gaps.p95)
                json.member("p99", gaps.p99)
                json.member("max", gaps.max)
                json.endObject()
            }
        },
        Column(
            "stalls", "object[]",
            "`class (before_first, mid_text, mid_tool_arguments or tail_hang), start_ns, duration_ns`"
        ) {
            let stalls = $0.figures.stalls
            return .nested { json in
                json.list(stalls) { json, stall in
                    json.beginObject()
                    json.member("class", stall.stallClass.name)
                    json.member("start_ns", stall.startNanos)
                    json.member("duration_ns", stall.durationNanos)
                    json.endObject()
                }
            }
        },
        Column(
            "loops", "object[]",
            "`onset_ns (null without a clock), onset_character, period_characters, repeats, looped_share (0 to 1), near`"
        ) {
            let loops = $0.figures.loops
            return .nested { json in json.list(loops) { loop(&$0, $1) } }
        },
        Column(
            "end_cause", "string",
            "`finished`, `client_abort`, `connection_dropped`, `server_error`, `watchdog` or `unknown`"
        ) { .text($0.info.endCause.name) },
        Column("finish_reason", "string", nullable: true, "as the provider states it") {
            FieldValue($0.info.finishReason)
        },
        Column("timing_quality", "string", "`measured`, `first_and_last_only`, `synthetic` or `none`") {
            .text($0.info.timing.name)
        },
        Column("tokens_billed", "integer", nullable: true, "output tokens by the provider's usage record") {
            FieldValue($0.info.tokensBilled)
        },
        Column(
            "tokens_delivered", "integer", nullable: true, "output tokens that arrived, where the source counts them"
        ) {
            FieldValue($0.info.tokensDelivered)
        },
    ]

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
}
