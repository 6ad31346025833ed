import Canvas
import TraceExport
import TraceModel

/// The fields of `spandrel trace`, which are also the first fields of `spandrel span`.
package enum SpanColumns {
    package static let all: [Column<TreeLine>] = recorded + analysed

    /// What stands in the record, or follows from the tree alone.
    static let recorded: [Column<TreeLine>] = [
        Column("trace_id", "string", "32 hexadecimal digits") { .text($0.traceID.hex) },
        Column("span_id", "string", "16 hexadecimal digits; of a placeholder, the id that is missing") {
            .text($0.spanID.hex)
        },
        Column("parent_span_id", "string", nullable: true, "as recorded; null for a root and for a placeholder") {
            FieldValue($0.span?.parentSpanID?.hex)
        },
        Column("depth", "integer", "ancestors above the row; 0 for a root") { FieldValue($0.depth) },
        Column("name", "string", nullable: true, "null for a placeholder") { FieldValue($0.name(\.name)) },
        Column("kind", "string", nullable: true, kinds) { FieldValue($0.span?.kind.name) },
        Column("agent", "string", nullable: true, "of the span, else of its nearest ancestor that names one") {
            FieldValue($0.agent)
        },
        Column("agent_source", "string", "`declared`, `inherited`, `inferred` or `missing`") {
            .text($0.agentSource.name)
        },
        Column("model_requested", "string", nullable: true, "the model asked for") {
            FieldValue($0.name(\.modelRequested))
        },
        Column("model_resolved", "string", nullable: true, "the model that answered") {
            FieldValue($0.name(\.modelResolved))
        },
        Column("status", "string", nullable: true, "`error`, `cancelled`, `ok` or `unset`") {
            FieldValue($0.span?.statusWord)
        },
        Column("start_unix_nano", "integer", nullable: true, "nanoseconds since the Unix epoch") {
            FieldValue($0.span?.startUnixNano)
        },
        Column("end_unix_nano", "integer", nullable: true, "null while unfinished") {
            FieldValue($0.span?.endUnixNano)
        },
        Column("duration_ns", "integer", nullable: true, "end minus start; negative where the end lies before it") {
            FieldValue($0.span?.durationNanos)
        },
        Column("self_ns", "integer", nullable: true, "the part of the duration in which no child ran") {
            FieldValue($0.selfNanos)
        },
        Column("tokens_input", "integer", nullable: true, "tokens of the prompt, as the span states them") {
            FieldValue($0.span?.tokensInput)
        },
        Column("tokens_output", "integer", nullable: true, "tokens of the answer, as the span states them") {
            FieldValue($0.span?.tokensOutput)
        },
        Column("placeholder", "boolean", "true for the row of a parent that has no record") {
            .flag($0.isPlaceholder)
        },
    ]

    /// What the analysis of the trace says of the span.
    static let analysed: [Column<TreeLine>] = [
        Column("agent_label", "string", nullable: true, "of the agent run, such as `worker#3 ·try 2←critic`") {
            FieldValue($0.run?.label)
        },
        Column("agent_run", "integer", nullable: true, "the number of the run, as in `agents`") {
            FieldValue($0.run.map { Int64($0.number) })
        },
        Column("attempt", "integer", nullable: true, "which attempt of its instance the run is, from 1") {
            FieldValue($0.run.map { Int64($0.attempt) })
        },
        Column("attempt_reason", "string", nullable: true, "as in `agents`; null for a first attempt") {
            FieldValue($0.run?.attemptReason?.name)
        },
        Column("step", "integer", nullable: true, "the number of the step that the span belongs to, as in `steps`") {
            FieldValue($0.step.map { Int64($0) })
        },
    ]

    private static let kinds =
        "`agent`, `llm`, `tool`, `retrieval`, `embedding`, `reranker`, `chain`, `guardrail`, `evaluator`, "
        + "`workflow`, `memory` or `other`; null for a placeholder"

    /// Deeper levels than this are not indented further.
    private static let deepestIndent = 24

    static func table(_ presentation: Presentation, idDigits: Int) -> [TableColumn<TreeLine>] {
        [
            TableColumn("name", minimum: 20, text: treeName),
            TableColumn("kind", rank: 2) { $0.span?.kind.name ?? Figures.unknown },
            TableColumn("agent", minimum: 8, rank: 3) { agent($0) },
            TableColumn("model", minimum: 8, rank: 4) { model($0) },
            TableColumn("status") { $0.span?.statusWord ?? Figures.unknown },
            TableColumn("duration", .right) { Figures.duration(nanos: $0.span?.durationNanos) },
            TableColumn("self", .right, rank: 1) { Figures.duration(nanos: $0.selfNanos) },
            TableColumn("in", .right, rank: 5) { Figures.count($0.span?.tokensInput) },
            TableColumn("out", .right, rank: 5) { Figures.count($0.span?.tokensOutput) },
            TableColumn("span") { String($0.spanID.hex.prefix(idDigits)) },
        ]
    }

    private static func treeName(_ line: TreeLine) -> String {
        let indent = String(repeating: "  ", count: min(line.depth, deepestIndent))
        let deeper = line.depth > deepestIndent ? "+\(line.depth - deepestIndent) " : ""
        guard line.span != nil else { return indent + deeper + "┄ missing parent" }
        return indent + deeper + (line.name(\.name) ?? Figures.unknown)
    }

    /// The agent; one that is not the span's own word carries `~`.
    private static func agent(_ line: TreeLine) -> String {
        guard let agent = line.run?.label ?? line.agent else { return Figures.unknown }
        return line.agentSource == .declared ? agent : "~" + agent
    }

    private static func model(_ line: TreeLine) -> String {
        let requested = line.name(\.modelRequested)
        let resolved = line.name(\.modelResolved)
        switch (requested, resolved) {
        case (let requested?, let resolved?) where requested != resolved: return "\(requested) → \(resolved)"
        case (let model?, _), (nil, let model?): return model
        case (nil, nil): return Figures.unknown
        }
    }
}
