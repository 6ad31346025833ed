import TraceModel

/// The columns of a table of spans.
///
/// Where `spandrel trace` and `spandrel span` have the same thing, it has the same name.
enum SpanTable {
    struct Row {
        let trace: ExportTrace
        let span: ExportSpan
        /// The rules that found something at the span.
        let rules: [String]

        var run: AgentRun? { trace.run(span.row.agentRun) }
    }

    static let columns: [ExportColumn<Row>] = identity + agents + outcome + tokens + content

    private static let identity: [ExportColumn<Row>] = [
        ExportColumn("trace_id") { .text($0.span.span.traceID.hex) },
        ExportColumn("span_id") { .text($0.span.span.spanID.hex) },
        ExportColumn("parent_span_id") { TableCell($0.span.span.parentSpanID?.hex) },
        ExportColumn("name") { .text($0.span.span.name) },
        ExportColumn("kind") { .text($0.span.facts.kind.name) },
        ExportColumn("service") { TableCell($0.span.span.resource.serviceName) },
        ExportColumn("session") { TableCell($0.span.facts.session) },
    ]

    private static let agents: [ExportColumn<Row>] = [
        ExportColumn("agent") { TableCell($0.span.facts.agentName) },
        ExportColumn("agent_source") { .text($0.span.facts.agentSource.name) },
        ExportColumn("agent_label") { TableCell($0.run?.label) },
        ExportColumn("agent_run") { TableCell($0.run.map { Int64($0.number) }) },
        ExportColumn("attempt") { TableCell($0.run.map { Int64($0.attempt) }) },
        ExportColumn("attempt_reason") { TableCell($0.run?.attemptReason?.name) },
        ExportColumn("step") { TableCell($0.span.row.step == 0 ? nil : Int64($0.span.row.step)) },
    ]

    private static let outcome: [ExportColumn<Row>] = [
        ExportColumn("provider") { TableCell($0.span.facts.provider) },
        ExportColumn("model_requested") { TableCell($0.span.facts.modelRequested) },
        ExportColumn("model_resolved") { TableCell($0.span.facts.modelResolved) },
        ExportColumn("response_id") { TableCell($0.span.facts.responseID) },
        ExportColumn("tool") { TableCell($0.span.facts.toolName) },
        ExportColumn("tool_call_id") { TableCell($0.span.facts.toolCallID) },
        ExportColumn("status") { .text($0.span.row.statusWord) },
        ExportColumn("is_error") { .flag($0.span.facts.isError) },
        ExportColumn("error_type") { TableCell($0.span.facts.errorType) },
        ExportColumn("status_message") {
            let message = $0.span.span.status.message
            return message.isEmpty ? .null : .text(message)
        },
        ExportColumn("start_unix_nano") { TableCell($0.span.span.startUnixNano) },
        ExportColumn("end_unix_nano") { TableCell($0.span.span.endUnixNano) },
        ExportColumn("duration_ns") { TableCell($0.span.row.durationNanos) },
        ExportColumn("time_to_first_chunk_ns") { TableCell($0.span.facts.timeToFirstChunkNanos) },
        ExportColumn("finish_reason") { TableCell($0.span.facts.finishReasons.first) },
    ]

    private static let tokens: [ExportColumn<Row>] = [
        ExportColumn("tokens_input") { TableCell($0.span.facts.tokens.input) },
        ExportColumn("tokens_output") { TableCell($0.span.facts.tokens.output) },
        ExportColumn("tokens_cache_read") { TableCell($0.span.facts.tokens.cacheRead) },
        ExportColumn("tokens_cache_write") { TableCell($0.span.facts.tokens.cacheWrite) },
        ExportColumn("tokens_reasoning") { TableCell($0.span.facts.tokens.reasoning) },
    ]

    private static let content: [ExportColumn<Row>] = [
        ExportColumn("input") { TableCell($0.span.content.inputText) },
        ExportColumn("output") { TableCell($0.span.content.outputText) },
        ExportColumn("input_messages") { row in .nested { $0.messages(row.span.content.inputMessages) } },
        ExportColumn("output_messages") { row in .nested { $0.messages(row.span.content.outputMessages) } },
        ExportColumn("attributes") { row in .nested { $0.attributeValue(.map(row.span.span.attributes)) } },
        ExportColumn("resource") { row in .nested { $0.attributeValue(.map(row.span.span.resource.attributes)) } },
        ExportColumn("marks") { row in .nested { $0.texts(row.span.row.marks.names) } },
        ExportColumn("findings") { row in .nested { $0.texts(row.rules) } },
        ExportColumn("part") { TableCell($0.trace.part) },
    ]
}

extension SpanContent {
    /// What went in, as one text: of a conversation its last message.
    var inputText: String? { toolArguments ?? inputValue ?? inputMessages.last.flatMap { Self.text([$0]) } }

    /// What came out, as one text: of a conversation all that was answered.
    var outputText: String? { toolResult ?? outputValue ?? Self.text(outputMessages) }

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
