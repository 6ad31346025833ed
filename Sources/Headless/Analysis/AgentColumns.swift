import Canvas
import FastJSON
import TraceModel

/// The fields of `spandrel agents`.
package enum AgentColumns {
    package static let all: [Column<AgentLine>] = identity + origin + outcome

    private static let identity: [Column<AgentLine>] = [
        Column("agent", "string", "the label, such as `worker#3 ·try 2←critic`") { .text($0.run.label) },
        Column("name", "string", nullable: true, "null where nothing names the agent") { FieldValue($0.run.name) },
        Column("role", "string", nullable: true, "where it is stated beside the name") { FieldValue($0.run.role) },
        Column("source", "string", "`declared`, `inherited`, `inferred` or `missing`") { .text($0.run.source.name) },
        Column("instance", "integer", "which fresh call of the agent, from 1 in order of start") {
            FieldValue($0.run.instance)
        },
        Column("declared_instance", "string", nullable: true, "the id that the source states for the instance") {
            FieldValue($0.run.declaredInstance)
        },
        Column("attempt", "integer", "which attempt of the instance, from 1") { FieldValue($0.run.attempt) },
        Column(
            "attempt_reason", "string", nullable: true,
            "`transport`, `critic`, `validation`, `timeout`, `user` or `unknown`; null for a first attempt"
        ) { FieldValue($0.run.attemptReason?.name) },
        Column(
            "attempt_certainty", "string", nullable: true,
            "`proven`, `inferred` or `cannot_tell`; null for a first attempt"
        ) { FieldValue($0.run.attemptCertainty?.name) },
        Column("attempt_evidence", "object[]", "`span_id, label, value`: what the attempt and its reason rest on") {
            let evidence = $0.run.attemptEvidence
            return .nested { $0.evidence(evidence) }
        },
    ]

    private static let origin: [Column<AgentLine>] = [
        Column("run", "integer", "the number of the run in its trace, from 1 in order of start") {
            .integer(Int64($0.run.number))
        },
        Column("parent_run", "integer", nullable: true, "the run that invoked this one") { number($0.run.parent) },
        Column("parent_agent", "string", nullable: true, "its label") { FieldValue($0.parent) },
        Column("relation", "string", "`root`, `invoked`, `handed_off` or `retried`") { .text($0.run.relation.name) },
        Column("first_attempt_run", "integer", "the first attempt of the same instance") {
            .integer(Int64($0.run.firstAttempt))
        },
        Column("depth", "integer", "runs above the row") { FieldValue($0.depth) },
        Column("trace_id", "string", "32 hexadecimal digits") { .text($0.traceID.hex) },
        Column("span_id", "string", nullable: true, "the span of the invocation") { FieldValue($0.run.spanID?.hex) },
        Column("triggering_span_id", "string", nullable: true, "the span that made it start") {
            FieldValue($0.run.triggeringSpanID?.hex)
        },
        Column("prompt_name", "string", nullable: true, "as stated") { FieldValue($0.run.promptName) },
        Column("prompt_version", "string", nullable: true, "as stated") { FieldValue($0.run.promptVersion) },
        Column("prompt_hash", "string", nullable: true, "of the system prompt as rendered, 16 hexadecimal digits") {
            FieldValue($0.run.promptDigest.map { SpanID($0).hex })
        },
    ]

    private static let outcome: [Column<AgentLine>] = [
        Column("models_requested", "string[]", "models that its own calls asked for, in order of use") {
            .texts($0.run.modelsRequested)
        },
        Column("models_resolved", "string[]", "models that answered them, in order of use") {
            .texts($0.run.modelsResolved)
        },
        Column("state", "string", "`ok`, `error`, `cancelled` or `unfinished`") { .text($0.run.state.name) },
        Column("start_unix_nano", "integer", nullable: true, "nanoseconds since the Unix epoch") {
            FieldValue($0.run.startUnixNano)
        },
        Column("end_unix_nano", "integer", nullable: true, "null while unfinished") { FieldValue($0.run.endUnixNano) },
        Column("duration_ns", "integer", nullable: true, "end minus start") { FieldValue($0.durationNanos) },
        Column("span_count", "integer", "its spans, those of runs beneath it not counted") {
            FieldValue($0.run.spanCount)
        },
        Column("model_calls", "integer", "its own model calls") { FieldValue($0.run.modelCalls) },
        Column("tool_calls", "integer", "its own tool calls") { FieldValue($0.run.toolCalls) },
        Column("error_count", "integer", "its own spans that failed") { FieldValue($0.run.errorCount) },
        Column("tokens_input", "integer", nullable: true, "sum over its own model calls that state it") {
            FieldValue($0.run.tokensInput)
        },
        Column("tokens_output", "integer", nullable: true, "likewise") { FieldValue($0.run.tokensOutput) },
        Column("model_calls_with_tokens", "integer", "model calls that state their tokens, so what the sums cover") {
            FieldValue($0.run.modelCallsWithTokens)
        },
    ]

    static func table(idDigits: Int) -> [TableColumn<AgentLine>] {
        [
            TableColumn("agent", minimum: 20) { String(repeating: "  ", count: min($0.depth, 24)) + label($0.run) },
            TableColumn("came", rank: 3) { $0.run.relation.name },
            TableColumn("state") { $0.run.state.name },
            TableColumn("duration", .right) { Figures.duration(nanos: $0.durationNanos) },
            TableColumn("models", minimum: 8, rank: 4) { models($0.run) },
            TableColumn("calls", .right, rank: 1) { "\($0.run.modelCalls)" },
            TableColumn("tools", .right, rank: 1) { "\($0.run.toolCalls)" },
            TableColumn("errors", .right, rank: 2) { "\($0.run.errorCount)" },
            TableColumn("in", .right, rank: 5) { Figures.count($0.run.tokensInput) },
            TableColumn("out", .right, rank: 5) { Figures.count($0.run.tokensOutput) },
            TableColumn("span") { $0.run.spanID.map { String($0.hex.prefix(idDigits)) } ?? Figures.unknown },
        ]
    }

    /// The label; one that is not the span's own word carries `~`.
    static func label(_ run: AgentRun) -> String { run.source == .declared ? run.label : "~" + run.label }

    private static func models(_ run: AgentRun) -> String {
        let models = run.modelsResolved.isEmpty ? run.modelsRequested : run.modelsResolved
        return models.isEmpty ? Figures.unknown : models.joined(separator: ", ")
    }

    private static func number(_ run: Int32) -> FieldValue { run == 0 ? .null : .integer(Int64(run)) }
}
