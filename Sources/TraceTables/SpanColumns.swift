import Canvas
import FastJSON
package import Tables
import TraceModel

/// The columns of spans: `spandrel trace` and `spandrel span`, exported tables, and the tree of the explorer.
package enum SpanColumns {
    /// The fields of `spandrel trace`.
    package static let trace: [Column<SpanLine>] =
        ids + parent + depth + named + agent + models + status + times + selfTime + tokens + placeholder + analysed
        + composed

    /// The figures of the tree of the explorer.
    package static let listed: [Column<SpanLine>] = trace.inList()

    /// The fields of `spandrel span`.
    package static let span: [Column<SpanPayloadLine>] =
        lifted(ids + parent + depth + named + agent + models + status + times + selfTime + tokens + placeholder)
        + payload + lifted(analysed)

    /// The columns of exported spans.
    package static let exported: [Column<SpanPayloadLine>] =
        lifted(ids + parent + named) + source + lifted(agent + analysed) + provider + lifted(models) + calls
        + lifted(status) + failure + lifted(times) + answer + lifted(tokens) + moreTokens + texts + messages
        + attributes + exportedNotes

    /// The fields that `spandrel trace` does not have.
    package static let payload: [Column<SpanPayloadLine>] = attributes + records + messages + detail

    private static func lifted(_ columns: [Column<SpanLine>]) -> [Column<SpanPayloadLine>] {
        columns.map { column in column.on { $0.line } }
    }

    // MARK: What stands in the record, or follows from the tree alone

    static let ids: [Column<SpanLine>] = [
        Column("trace_id", "32 hexadecimal digits", .id) { $0.traceID.hex },
        Column("span_id", "16 hexadecimal digits; of a placeholder, the id that is missing", .id) { $0.spanID.hex }
            .inTable("span", 99),
    ]

    private static let parent: [Column<SpanLine>] = [
        Column("parent_span_id", "as recorded; null for a root and for a placeholder", .id) { $0.parentSpanID?.hex }
    ]

    private static let depth: [Column<SpanLine>] = [
        Column("depth", "ancestors above the row; 0 for a root") { $0.depth }
    ]

    static let named: [Column<SpanLine>] = [
        Column("name", "null for a placeholder") { $0.name }
            .inTable("name", 1, minimum: 20) { line, _ in treeName(line) },
        Column("kind", kinds) { $0.kind?.name }.inTable("kind", 2, rank: 2),
    ]

    private static let kinds =
        "`agent`, `llm`, `tool`, `retrieval`, `embedding`, `reranker`, `chain`, `guardrail`, `evaluator`, "
        + "`workflow`, `memory` or `other`; null for a placeholder"

    private static let agent: [Column<SpanLine>] = [
        Column("agent", "of the span, else of its nearest ancestor that names one") { $0.agent }
            .inTable("agent", 3, minimum: 8, rank: 3) { line, words in
                // One that is not the span's own word carries `~`.
                guard let agent = line.run?.label ?? line.agent else { return words.unknown }
                return words.sign(line.agentSource == .declared ? .stated : .inferred) + agent
            },
        Column("agent_source", "`declared`, `inherited`, `inferred` or `missing`") { $0.agentSource.name },
    ]

    static let models: [Column<SpanLine>] = [
        Column("model_requested", "the model asked for") { $0.modelRequested },
        Column("model_resolved", "the model that answered") { $0.modelResolved },
    ]

    private static let status: [Column<SpanLine>] = [
        Column("status", "`error`, `cancelled`, `ok` or `unset`") { $0.status }.inTable("status", 5)
    ]

    private static let times: [Column<SpanLine>] = [
        Column("start_unix_nano", "nanoseconds since the Unix epoch", .time) { $0.startUnixNano },
        Column("end_unix_nano", "null while unfinished", .time) { $0.endUnixNano },
        Column("duration_ns", "end minus start; negative where the end lies before it", .duration) {
            $0.durationNanos
        }.inTable("duration", 6).inList("total", 2, width: 7, from: 26),
    ]

    private static let selfTime: [Column<SpanLine>] = [
        Column("self_ns", "the part of the duration in which no child ran", .duration) { $0.selfNanos }
            .inTable("self", 7, rank: 1).inList("self", 1, width: 8, from: 100, tone: { _ in .dim })
    ]

    private static let tokens: [Column<SpanLine>] = [
        Column("tokens_input", "tokens of the prompt, those from a cache included", .count) { $0.tokens.input }
            .inTable("in", 8, rank: 5),
        Column("tokens_output", "tokens of the answer, as the span states them", .count) { $0.tokens.output }
            .inTable("out", 9, rank: 5),
    ]

    private static let placeholder: [Column<SpanLine>] = [
        Column("placeholder", "true for the row of a parent that has no record") { $0.isPlaceholder }
    ]

    /// What the analysis of the trace says of the span.
    private static let analysed: [Column<SpanLine>] =
        label + [
            Column("agent_run", "the number of the run, as in `agents`") { $0.run?.number },
            Column("attempt", "which attempt of its instance the run is, from 1") { $0.run?.attempt },
            Column("attempt_reason", "as in `agents`; null for a first attempt") { $0.run?.attemptReason?.name },
        ] + step

    static let label: [Column<SpanLine>] = [
        Column("agent_label", "of the agent run, such as `worker#3 ·try 2←critic`") { $0.run?.label }
    ]

    static let step: [Column<SpanLine>] = [
        Column("step", "the number of the step that the span belongs to, as in `steps`") { $0.step }
    ]

    /// What only people see.
    private static let composed: [Column<SpanLine>] = [
        .shown("model") { line -> String? in
            switch (line.modelRequested, line.modelResolved) {
            case (let requested?, let resolved?) where requested != resolved: "\(requested) → \(resolved)"
            case (let model?, _), (nil, let model?): model
            case (nil, nil): nil
            }
        }.inTable("model", 4, minimum: 8, rank: 4)
    ]

    /// Deeper levels than this are not indented further.
    private static let deepestIndent = 24

    private static func treeName(_ line: SpanLine) -> String {
        let indent = String(repeating: "  ", count: min(line.depth, deepestIndent))
        let deeper = line.depth > deepestIndent ? "+\(line.depth - deepestIndent) " : ""
        return indent + deeper + (line.isPlaceholder ? "┄ missing parent" : line.name ?? Figures.unknown)
    }

    // MARK: Payload

    private static let attributes: [Column<SpanPayloadLine>] = [
        Column("attributes", "every attribute as recorded; a key that stands again gets `#2`, `#3` …") { row in
            TableCell.nested { $0.attributeValue(.map(row.span.attributes)) }
        }
    ]

    private static let records: [Column<SpanPayloadLine>] = [
        Column(
            "events",
            "`time_unix_nano, name, origin (span or log), attributes, body, severity_number, dropped_attributes_count`",
            type: "object[]"
        ) { row in TableCell.nested { $0.list(row.span.events) { $0.event($1) } } },
        Column(
            "links", "`trace_id, span_id, trace_state, flags, attributes, dropped_attributes_count`", type: "object[]"
        ) { row in TableCell.nested { $0.list(row.span.links) { $0.link($1) } } },
        Column("resource", "`attributes, schema_url, dropped_attributes_count`") { row in
            TableCell.nested { $0.resource(row.span.resource) }
        },
        Column("scope", "`name, version, attributes, schema_url, dropped_attributes_count`") { row in
            TableCell.nested { $0.scope(row.span.scope) }
        },
    ]

    private static let messages: [Column<SpanPayloadLine>] = [
        Column(
            "input_messages", "`role, name, finish_reason, parts[]`; a part has a `type`, see below", type: "object[]"
        ) { row in TableCell.nested { $0.list(row.content.inputMessages) { $0.message($1) } } },
        Column("output_messages", "likewise", type: "object[]") { row in
            TableCell.nested { $0.list(row.content.outputMessages) { $0.message($1) } }
        },
    ]

    private static let detail: [Column<SpanPayloadLine>] = [
        Column(
            "tool", "`name, call_id, arguments, result`; arguments and result are the recorded texts", nullable: true
        ) { row in
            let (facts, content) = (row.facts, row.content)
            let isTool =
                facts.kind == .tool || facts.toolName != nil || facts.toolCallID != nil
                || content.toolArguments != nil || content.toolResult != nil
            return isTool ? TableCell.nested { $0.tool(facts, content) } : .missing
        },
        Column(
            "content_from",
            "parts that stand elsewhere: `part` (input_messages, output_messages, tool.arguments, tool.result), "
                + "`origin` (" + ContentSource.Origin.allCases.map(\.rawValue).joined(separator: ", ")
                + "), `span_id`, null for log records",
            type: "object[]"
        ) { row in TableCell.nested { $0.list(row.content.sources) { $0.contentSource($1) } } },
        Column(
            "context",
            "what a model call was given beside what its agent's call before was: `messages, new_from` (the place of the "
                + "first new message, from 0)`, dropped, previous_span_id, system_hash, tools_hash, system_bytes, "
                + "tools_bytes, history_bytes`; null for other spans and without messages",
            nullable: true
        ) { row in row.context.map { context in TableCell.nested { $0.context(context) } } ?? .missing },
        Column(
            "findings", "`rule, severity, certainty, message, evidence[]`; an evidence is `span_id, label, value`",
            type: "object[]"
        ) { row in TableCell.nested { $0.list(row.findings) { $0.finding($1) } } },
        Column(
            "stream",
            "`chunks, timing_quality, clock, source, wire_protocol, duration_ns, time_to_first_chunk_ns, end_cause, "
                + "finish_reason, tokens_billed, tokens_delivered, stalls, loops`; null where nothing is known of one",
            nullable: true
        ) { row in row.stream.map { stream in TableCell.nested { $0.stream(stream) } } ?? .missing },
    ]

    // MARK: What only exported tables have

    private static let source: [Column<SpanPayloadLine>] = [
        Column("service") { $0.span.resource.serviceName },
        Column("session") { $0.facts.session },
    ]

    static let provider: [Column<SpanPayloadLine>] = [Column("provider") { $0.facts.provider }]

    private static let calls: [Column<SpanPayloadLine>] = [
        Column("response_id") { $0.facts.responseID },
        Column("tool") { $0.facts.toolName },
        Column("tool_call_id") { $0.facts.toolCallID },
    ]

    private static let failure: [Column<SpanPayloadLine>] = [
        Column("is_error") { $0.facts.isError },
        Column("error_type") { $0.facts.errorType },
        Column("status_message") { $0.span.status.message.isEmpty ? nil : $0.span.status.message },
    ]

    private static let answer: [Column<SpanPayloadLine>] = [
        Column("time_to_first_chunk_ns", "", .duration) {
            $0.facts.timeToFirstChunkNanos ?? $0.firstChunkOfStream
        },
        Column(
            "time_to_first_chunk_source",
            "`span` where the span states it, `stream` where only the chunks of its stream show it"
        ) {
            $0.facts.timeToFirstChunkNanos != nil ? "span" : $0.firstChunkOfStream != nil ? "stream" : nil
        },
        Column("finish_reason") { $0.facts.finishReasons.first },
    ]

    private static let moreTokens: [Column<SpanPayloadLine>] = [
        Column("tokens_cache_read", "", .count) { $0.facts.tokens.cacheRead },
        Column("tokens_cache_write", "", .count) { $0.facts.tokens.cacheWrite },
        Column("tokens_reasoning", "", .count) { $0.facts.tokens.reasoning },
    ]

    private static let texts: [Column<SpanPayloadLine>] = [
        Column("input") { $0.content.inputText },
        Column("output") { $0.content.outputText },
    ]

    private static let exportedNotes: [Column<SpanPayloadLine>] = [
        Column("resource") { row in TableCell.nested { $0.attributeValue(.map(row.span.resource.attributes)) } },
        Column("marks") { $0.line.row?.marks.names ?? [] },
        Column("findings") { row in
            // Each rule once, in the order of the findings.
            var rules: [String] = []
            for finding in row.findings where !rules.contains(finding.rule) { rules.append(finding.rule) }
            return rules
        },
        Column("part") { $0.part },
    ]
}

extension SpanContent {
    /// What went in, as one text: of a conversation its last message.
    package var inputText: String? { toolArguments ?? inputValue ?? inputMessages.last.flatMap { Self.text([$0]) } }

    /// What came out, as one text: of a conversation all that was answered.
    package var outputText: String? { toolResult ?? outputValue ?? Self.text(outputMessages) }

    /// The texts of messages, a line apart; nil where none has text.
    private static func text(_ messages: [Message]) -> String? {
        var texts: [String] = []
        for part in messages.flatMap(\.parts) {
            switch part {
            case .text(let text): texts.append(text)
            case .toolResult(_, let result?): texts.append(result)
            default: break
            }
        }
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }
}
