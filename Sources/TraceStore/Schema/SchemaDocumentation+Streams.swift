extension SchemaDocumentation {
    static let streamViews = [
        SchemaDocumentation(
            "streams", isView: true, "Streamed responses as people read them.",
            [
                Column("key", "Key of the stream in this database."),
                Column("trace_id", "Trace id of its span, 32 hexadecimal digits."),
                Column("span_id", "Span id, 16 hexadecimal digits."),
                Column("span_name", "Name of the span."),
                Column("timing", "How its times came to be: measured, first_and_last_only, synthetic or none."),
                Column("clock", "Which clock gave the times; null without one."),
                Column("start_unix_nano", "When the request was sent, nanoseconds since the Unix epoch."),
                Column("duration_ns", "From the request to the end of the response, nanoseconds."),
                Column("end_cause", "Why it ended, such as finished or client_abort."),
                Column("finish_reason", "Finish reason as the provider states it; null where none came."),
                Column("tokens_billed", "Output tokens of the usage record; null without one."),
                Column("tokens_delivered", "Output tokens that arrived, where the source counts them."),
                Column("tokens_reasoning", "Which part of the billed tokens was reasoning; null where unknown."),
                Column("source", "Where the stream came from."),
                Column("wire_protocol", "Form in which the provider streamed it; null where unknown."),
                Column("chunks", "Number of chunks; a chunk is not a token."),
                Column("text_bytes", "Bytes of the texts of all chunks."),
                Column("dropped_chunks", "Chunks that the recorder could not keep."),
                Column("figures", "All figures, a JSON object."),
                Column("error_message", "What the error event said, or why the connection broke."),
            ]),
        SchemaDocumentation(
            "findings", isView: true, "What was found, as people read it.",
            [
                Column("id", "Number of the finding."),
                Column("trace_id", "Trace id, 32 hexadecimal digits."),
                Column("span_id", "Id of the span that it is about; null where it is about the trace."),
                Column("rule", "Identifier of the rule, such as stream.stall."),
                Column("severity", "How bad it is: hint, warning or error."),
                Column("certainty", "How sure it is: proven, inferred or cannot_tell."),
                Column("message", "One sentence with the figures."),
                Column("evidence", "What it rests on, a JSON array."),
            ]),
    ]

    static let streamTables = [
        SchemaDocumentation(
            "stream", "One row a stream; its chunks lie in `stream_block`.",
            [
                Column("key", "Key of the stream, given in the order of arrival."),
                Column("span", "Key of the span whose response it is."),
                Column("digest", "64-bit digest of the recording, by which a second import knows it."),
                Column("from_span", "1 where it was read out of events or attributes of its span, else 0."),
                Column(
                    "waits_for",
                    "Response id, or trace and span id with a slash between, of the span that it belongs to and that "
                        + "is not there; until then its span only stands in. Null where the span is the right one."),
                Column("stand_in_text", "Text under which the stand-in is in `span_text`; null for all others."),
                Column("timing", "0 none, 1 first and last only, 2 measured, 3 synthetic."),
                Column("clock", "Which clock gave the times; null without one."),
                Column("start_ns", "When the request was sent, nanoseconds since the Unix epoch."),
                Column("duration_ns", "From the request to the end of the response; null where unknown."),
                Column(
                    "end_cause",
                    "0 unknown, 1 finished, 2 client abort, 3 connection dropped, 4 server error, 5 watchdog."),
                Column("finish_reason", "Finish reason as the provider states it; null where none came."),
                Column("tokens_billed", "Output tokens of the usage record; null without one."),
                Column("tokens_delivered", "Output tokens that arrived, where the source counts them."),
                Column("tokens_reasoning", "Which part of the billed tokens was reasoning; null where unknown."),
                Column("source", "Where the stream came from."),
                Column("wire_protocol", "Form in which the provider streamed it; null where unknown."),
                Column("dropped_chunks", "Chunks that the recorder could not keep."),
                Column("error_message", "What the error event said, or why the connection broke."),
                Column("remarks", "What was odd, a JSON array of sentences."),
                Column("chunks", "Number of chunks."),
                Column("text_bytes", "Bytes of the texts of all chunks."),
                Column("analysis_version", "Version of the functions that computed the figures."),
                Column("figures", "Figures, a JSON object; what the timing cannot tell is absent."),
            ]),
        SchemaDocumentation(
            "stream_block", "Runs of 1,024 chunks of a stream, as packed columns.",
            [
                Column("key", "Key of the stream times 2^24, plus the number of the block from 0."),
                Column("stream", "Key of the stream."),
                Column(
                    "latest_ns",
                    "Latest offset up to the end of the block, nanoseconds from the request; null where none is known."),
                Column("data", "Chunks: offsets, kinds, texts, token counts, choices and tool calls."),
            ]),
        SchemaDocumentation(
            "finding", "What was found about spans and traces.",
            [
                Column("id", "Number of the finding."),
                Column("trace", "Key of the trace."),
                Column("span", "Key of the span that it is about; null where it is about the trace."),
                Column("rule", "Identifier of the rule, an id of `name`."),
                Column("severity", "0 hint, 1 warning, 2 error."),
                Column("certainty", "0 proven, 1 inferred, 2 cannot tell."),
                Column("message", "One sentence with the figures."),
                Column(
                    "evidence",
                    "What it rests on, a JSON array of objects; a span `self` is the one that it is about."),
            ]),
        SchemaDocumentation(
            "response", "Which spans state the id of a model's response.",
            [
                Column("id", "Id of the response as the provider gave it."),
                Column("span", "Key of a span that states it."),
            ]),
    ]
}
