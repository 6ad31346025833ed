extension SchemaDocumentation {
    static let views = [
        SchemaDocumentation(
            "traces", isView: true, "Traces as people read them: the table `trace` with the id as text.",
            [
                Column("key", "Key of the trace in this database."),
                Column("trace_id", "Trace id, 32 hexadecimal digits."),
                Column("name", "Name of the root span; where there is none, of the earliest span."),
                Column("start_unix_nano", "Earliest start, nanoseconds since the Unix epoch."),
                Column("duration_ns", "Latest end minus earliest start, nanoseconds."),
                Column("span_count", "Number of spans."),
                Column("error_count", "Number of failed spans."),
                Column("services", "Services, a JSON array, the earliest first."),
                Column("agents", "Agents, a JSON array, the earliest first."),
                Column("models", "Models that answered, else those asked for, a JSON array."),
                Column(
                    "tokens_input", "Input tokens of model calls that hold no other model call; null where unknown."),
                Column("tokens_output", "Output tokens of the same calls; null where unknown."),
                Column("session", "Session of the earliest span that has one."),
                Column("findings", "Identifiers of what was found in the trace, a JSON array."),
            ]),
        SchemaDocumentation(
            "spans", isView: true, "Spans as people read them: structure and payload with names and words in place.",
            [
                Column("key", "Key of the span in this database."),
                Column("trace_id", "Trace id, 32 hexadecimal digits."),
                Column("span_id", "Span id, 16 hexadecimal digits."),
                Column("parent_span_id", "Id of the parent; null for a root."),
                Column("name", "Name of the span."),
                Column("kind", "What the span is to an agent run, such as llm or tool."),
                Column("service", "Attribute service.name of the resource."),
                Column("agent", "Agent, its own or inherited."),
                Column("agent_source", "How the agent came to the span: declared, inherited, inferred or missing."),
                Column("agent_instance", "What tells instances of one agent apart."),
                Column("model_requested", "Model asked for."),
                Column("model_resolved", "Model that answered."),
                Column("tool", "Tool called."),
                Column("status", "Status code: unset, ok or error."),
                Column("is_error", "1 where status, an exception or the like says that the span failed."),
                Column("is_cancelled", "1 where the span says that it was cancelled."),
                Column("error_type", "Class of the failure."),
                Column("session", "Session, conversation or thread."),
                Column("start_unix_nano", "Start, nanoseconds since the Unix epoch; null where unknown."),
                Column("end_unix_nano", "End, nanoseconds since the Unix epoch; null while unfinished."),
                Column("duration_ns", "End minus start, nanoseconds."),
                Column(
                    "first_chunk_ns",
                    "Nanoseconds from the start to the first streamed chunk, as the span states or its stream measures."
                ),
                Column("provider", "Who provided the model; null where unknown."),
                Column("tokens_input", "Input tokens, those from a cache included; null where unknown."),
                Column(
                    "tokens_input_stated",
                    "Input tokens as the source states them, where it leaves out those from a cache; else null."),
                Column("tokens_output", "Output tokens, reasoning included; null where unknown."),
                Column("tokens_cache_read", "Input tokens read from a cache."),
                Column("tokens_cache_write", "Input tokens written to a cache."),
                Column("tokens_reasoning", "Output tokens spent on reasoning."),
                Column("marks", "Bits for what is odd about the span; see `span`."),
                Column("sources", "Through how many sources records of the span came."),
                Column("agent_run", "Agent run in its trace, by number; null for none."),
                Column("attempt", "Attempt of that run, from 1; null without a run."),
                Column("attempt_reason", "Why it was tried again, such as critic; null for a first attempt."),
                Column("step", "Step in its trace, by number; null for none."),
                Column("status_message", "Message of the status."),
                Column("attributes", "Attributes, a JSON object."),
                Column("events", "Events of the span itself, a JSON array."),
                Column("links", "Links, a JSON array."),
                Column("resource", "Attributes of the resource, a JSON object."),
                Column("scope", "Name of the instrumentation scope."),
            ]),
    ]

    static let traceTables = [
        SchemaDocumentation(
            "trace", "One row a trace, with its summary: lists read nothing else.",
            [
                Column("key", "Key, given in the order of arrival."),
                Column("id", "Trace id, 16 bytes, big-endian."),
                Column("name", "Name of the root span; where there is none, of the earliest span."),
                Column("start_ns", "Earliest start, nanoseconds since the Unix epoch."),
                Column("end_ns", "Latest end, nanoseconds since the Unix epoch."),
                Column("duration_ns", "Latest end minus earliest start, nanoseconds."),
                Column("span_count", "Number of spans."),
                Column("error_count", "Number of failed spans."),
                Column("services", "Services, a JSON array of at most 256, the earliest first."),
                Column("agents", "Agents, a JSON array of at most 256, the earliest first."),
                Column("models", "Models, a JSON array of at most 256, the earliest first."),
                Column(
                    "tokens_input", "Input tokens of model calls that hold no other model call; null where unknown."),
                Column("tokens_output", "Output tokens of the same calls; null where unknown."),
                Column("tokens_total", "Input and output tokens together; null where both are unknown."),
                Column("model_calls", "Number of model calls that hold no other model call."),
                Column("model_calls_with_tokens", "Number of those that state their usage."),
                Column("session", "Session of the earliest span that has one."),
                Column("findings", "Identifiers of what was found in the trace, a JSON array."),
                Column("longest_span_ns", "Duration of the longest span, nanoseconds."),
                Column("most_span_tokens", "Input and output tokens of the span that has most."),
                Column("next_number", "Number that the next span or log text of the trace gets."),
                Column("dirty", "1 while spans have arrived that the summary does not cover."),
            ]),
        SchemaDocumentation(
            "facet", "How many spans of a trace have a value: filters and counts read this instead of spans.",
            [
                Column("trace", "Key of the trace."),
                Column("field", "Field, an id of `facet_field`."),
                Column(
                    "value",
                    "Value: an id of `name`, of `scope`, of `resource` or of `shape`, a number of a kind, a status "
                        + "(0 unset, 1 ok, 2 error, 3 cancelled) or one bit of the marks."),
                Column("spans", "Number of spans with the value."),
            ]),
        SchemaDocumentation(
            "facet_field", "The fields of `facet`.",
            [Column("id", "Number of the field."), Column("name", "Name of the field.")]),
    ]

    static let spanTables = [
        SchemaDocumentation(
            "span", "One narrow row a span: the structure that trees, lists and filters need.",
            [
                Column("key", "Key: the key of the trace times 2^28, plus the number of the span in it."),
                Column("packed", "The structure once more in one blob of 96 bytes, for reading whole trees fast."),
                Column("trace", "Key of the trace."),
                Column("id", "Span id as a signed integer of the same bits."),
                Column("ordinal", "0, or counting up where spans of one id contradict each other."),
                Column("parent", "Id of the parent, as a signed integer; null for a root."),
                Column("name", "Name, an id of `name`."),
                Column("service", "Service, an id of `name`."),
                Column(
                    "kind",
                    "0 other, 1 agent, 2 llm, 3 tool, 4 retrieval, 5 embedding, 6 reranker, 7 chain, 8 guardrail, "
                        + "9 evaluator, 10 workflow, 11 memory."),
                Column("status", "Status code: 0 unset, 1 ok, 2 error."),
                Column("is_error", "1 where status, an exception or the like says that the span failed."),
                Column("is_cancelled", "1 where the span says that it was cancelled."),
                Column(
                    "marks",
                    "Bits: 1 end before start, 2 duplicate id, 4 self-parent, 8 parent cycle, 16 missing parent, "
                        + "32 unknown enumeration value, 64 missing start, 128 unfinished, 256 dropped data, "
                        + "512 too large for the text index, 1024 duplicate key."),
                Column("start_ns", "Start, nanoseconds since the Unix epoch; null where unknown."),
                Column("end_ns", "End, nanoseconds since the Unix epoch; null while unfinished."),
                Column("agent_source", "0 missing, 1 declared, 2 inherited from the nearest ancestor, 3 inferred."),
                Column("agent", "Agent, its own or inherited, an id of `name`."),
                Column("agent_instance", "What tells instances of one agent apart, an id of `name`."),
                Column("model_requested", "Model asked for, an id of `name`."),
                Column("model_resolved", "Model that answered, an id of `name`."),
                Column("tool", "Tool called, an id of `name`."),
                Column("error_type", "Class of the failure, an id of `name`."),
                Column(
                    "first_chunk_ns",
                    "Nanoseconds from the start to the first streamed chunk, as the span states or its stream measures."
                ),
                Column("tokens_input", "Input tokens, those from a cache included; null where unknown."),
                Column("tokens_output", "Output tokens; null where unknown."),
                Column("tokens_cache_read", "Input tokens read from a cache."),
                Column("tokens_cache_write", "Input tokens written to a cache."),
                Column("tokens_reasoning", "Output tokens spent on reasoning."),
                Column("session", "Session, an id of `name`."),
                Column("otel_kind", "Span kind of OpenTelemetry: 0 unspecified to 5 consumer."),
                Column("resource", "Resource, an id of `resource`."),
                Column("scope", "Instrumentation scope, an id of `scope`."),
                Column("shape", "Set of the attribute keys, an id of `shape`."),
                Column("digest", "64-bit digest of all that the source states about the span."),
            ] + analysedColumns + sourceColumns),
        SchemaDocumentation(
            "span_payload", "What a span carries, read for the span in focus only.",
            [
                Column("key", "Key of the span."),
                Column(
                    "attributes",
                    "Attributes, a JSON object in their order; doubles have a fraction or exponent, bytes are "
                        + "{\"$bytes\": base64}, non-finite numbers {\"$double\": text}."),
                Column("events", "Events, a JSON array; null where there are none."),
                Column("links", "Links, a JSON array; null where there are none."),
                Column("status_message", "Message of the status; null where empty."),
                Column("trace_state", "W3C trace state; null where empty."),
                Column("flags", "W3C trace flags and OTLP's remote bits; null where unstated."),
                Column("dropped_attributes", "Attributes that the producer dropped; null for none."),
                Column("dropped_events", "Events that the producer dropped; null for none."),
                Column("dropped_links", "Links that the producer dropped; null for none."),
            ]),
        SchemaDocumentation(
            "log_record", "Log records that name a span; at reading they are events of it.",
            [
                Column("id", "Key, given in the order of arrival."),
                Column("trace_id", "Trace id, 16 bytes: the record may come before its span."),
                Column("span_id", "Span id as a signed integer of the same bits."),
                Column("digest", "64-bit digest of the record."),
                Column("text_key", "Key of the record's text in `span_text`; null until its span is there."),
                Column("time_ns", "Time, nanoseconds since the Unix epoch."),
                Column("event", "The record as a JSON object of an event."),
                Column("resource", "Resource, an id of `resource`."),
                Column("scope", "Instrumentation scope, an id of `scope`."),
                Column(
                    "redaction",
                    "What was replaced in it, a JSON object with policy and counts; null where nothing was, and once its "
                        + "span is there."),
            ]),
        SchemaDocumentation(
            "span_text", "Full-text index (FTS5) over prompts, outputs, tool calls and names; rows have keys of spans.",
            [
                Column(
                    "text",
                    "Words; of scripts without spaces between words, and of Arabic, Hebrew and the like, overlapping "
                        + "pairs of letters.")
            ]),
        SchemaDocumentation(
            "span_text_word", "The words of the full-text index.",
            [
                Column("term", "The word."), Column("doc", "Key of a text that holds it."),
                Column("col", "Always `text`."), Column("offset", "Place of the word in the text, from 0."),
            ]),
    ]

    static let otherTables = [
        SchemaDocumentation(
            "name", "Texts that many rows share.",
            [Column("id", "Number of the text."), Column("text", "The text; no two are equal to the byte.")]),
        SchemaDocumentation(
            "resource", "Entities that produced spans.",
            [
                Column("id", "Number of the resource."), Column("digest", "64-bit digest of the content."),
                Column("service", "Attribute service.name, an id of `name`."),
                Column("attributes", "Attributes, a JSON object."),
                Column("dropped_attributes", "Number of attributes that the producer dropped."),
                Column("schema_url", "Schema URL, or empty."),
            ]),
        SchemaDocumentation(
            "scope", "Libraries that wrote spans.",
            [
                Column("id", "Number of the scope."), Column("digest", "64-bit digest of the content."),
                Column("name", "Name."), Column("version", "Version, or empty."),
                Column("attributes", "Attributes, a JSON object."),
                Column("dropped_attributes", "Number of attributes that the producer dropped."),
                Column("schema_url", "Schema URL, or empty."),
            ]),
        SchemaDocumentation(
            "shape", "Sets of attribute keys that spans have.",
            [
                Column("id", "Number of the set."), Column("digest", "64-bit digest of the keys."),
                Column("keys", "The keys, a JSON array; numbers between dots stand as #."),
            ]),
        SchemaDocumentation(
            "shape_key", "The keys of each set.",
            [Column("key", "Attribute key; numbers between dots stand as #."), Column("shape", "An id of `shape`.")]),
        SchemaDocumentation(
            "reject", "Input that could not be decoded.",
            [
                Column("id", "Number of the reject."), Column("file", "File as it was named; - for standard input."),
                Column("byte_offset", "Offset in the decompressed input; null where unknown."),
                Column("line", "Line, from 1; null where the input has none."), Column("reason", "What was wrong."),
                Column("time_ns", "When it was met last, nanoseconds since the Unix epoch."),
            ]),
        SchemaDocumentation(
            "counter", "Totals of the whole database.",
            [Column("name", "traces or spans."), Column("value", "The number.")]),
    ]
}
