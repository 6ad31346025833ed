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
