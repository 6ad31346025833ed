extension DialectTable {
    /// What an event of a span, or a log record that belongs to it, says.
    enum EventMeaning {
        /// Its attributes are those of the operation itself.
        case operationDetails
        /// Its time is that of the first streamed chunk.
        case firstChunk
        /// Its attributes describe an exception.
        case exception
        /// It is a message to the model, of this role.
        case message(role: String)
        /// It is an answer of the model.
        case choice
        /// It holds prompts in its attribute `gen_ai.prompt`.
        case prompt
        /// It holds answers in its attribute `gen_ai.completion`.
        case completion
        /// It is a judgement on the span.
        case evaluation
    }

    /// An event that tells of the run of a tool, on the tool's span.
    struct ToolEvent {
        let name: String
        var arguments: String?
        var result: String?
    }

    static let toolEvents: [ToolEvent] = [
        ToolEvent(name: "gen_ai.tool.message", arguments: "content"),
        ToolEvent(name: "gen_ai.choice", result: "message"),
        ToolEvent(name: "tool.output", arguments: "bash_command", result: "output"),
    ]

    /// The attribute of spans whose agent logs what they do not tell, and the records of that log.
    static let agentLogMark = "span.type"
    static let agentTurnKey = "prompt.id"
    static let agentRequest = (
        event: "api_request",
        keys: ["input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens", "ttft_ms"]
    )
    static let agentAnswer = (event: "assistant_response", key: "response")
    static let agentToolRun = (event: "tool_result", id: "tool_use_id", arguments: "tool_input")
    static let agentLogEvents: Set<String> = [agentRequest.event, agentAnswer.event, agentToolRun.event]

    static let eventMeanings: [String: EventMeaning] = [
        "gen_ai.client.inference.operation.details": .operationDetails,
        "First Token Stream Event": .firstChunk,
        "ai.stream.firstChunk": .firstChunk,
        "first_token_received": .firstChunk,
        "gen_ai.content.completion.chunk": .firstChunk,
        "llm.content.completion.chunk": .firstChunk,
        "gen_ai.token.generated": .firstChunk,
        "mlflow.chunk.item.0": .firstChunk,
        "gen_ai.response.chunk": .firstChunk,
        "exception": .exception,
        "gen_ai.client.operation.exception": .exception,
        "gen_ai.system.message": .message(role: "system"),
        "gen_ai.user.message": .message(role: "user"),
        "gen_ai.assistant.message": .message(role: "assistant"),
        "gen_ai.tool.message": .message(role: "tool"),
        "gen_ai.choice": .choice,
        "gen_ai.content.prompt": .prompt,
        "gen_ai.content.completion": .completion,
        "gen_ai.evaluation.result": .evaluation,
    ]
}
