extension DialectTable {
    /// A place where messages stand.
    enum MessageSource: Sendable {
        /// One attribute with a structured value or JSON text, of a span or of its operation-details event.
        case attribute(String)
        /// An attribute on whose spans only a conversation is expected, such as a model's input.
        case modelAttribute(String)
        /// OpenInference's flattened list, by the prefix of its names.
        case openInference(String)
        /// OpenLLMetry's flattened list.
        case openLLMetry(String)
        /// OpenInference's list of completions: prefix, then the key of the text.
        case completions(String, String)
        /// Events of the span in the order of time.
        case events
        /// The Vercel AI SDK's answer, spread over several attributes.
        case vercelAnswer
    }

    /// Where messages to the model stand; the first place that has some is taken.
    static let inputSources: [MessageSource] = [
        .attribute("gen_ai.input.messages"),
        .openInference("llm.input_messages."),
        .openLLMetry("gen_ai.prompt."),
        .attribute("ai.prompt.messages"),
        .attribute("ai.prompt"),
        .events,
        .completions("llm.prompts.", "prompt.text"),
        .attribute("gen_ai.prompt"),
        .attribute("pydantic_ai.all_messages"),
        .attribute("all_messages_events"),
        .attribute("gcp.vertex.agent.llm_request"),
        .modelAttribute("langfuse.observation.input"),
        .modelAttribute("mlflow.spanInputs"),
        .modelAttribute("braintrust.input_json"),
        .modelAttribute("lmnr.span.input"),
        .attribute("haystack.agent.step.llm.input"),
        .modelAttribute("haystack.component.input"),
        .modelAttribute("traceloop.entity.input"),
        .modelAttribute("langwatch.input"),
        .modelAttribute("input.value"),
        .modelAttribute("input"),
    ]

    /// Where answers of the model stand.
    static let outputSources: [MessageSource] = [
        .attribute("gen_ai.output.messages"),
        .openInference("llm.output_messages."),
        .openLLMetry("gen_ai.completion."),
        .vercelAnswer,
        .events,
        .completions("llm.choices.", "completion.text"),
        .attribute("gen_ai.completion"),
        .attribute("gcp.vertex.agent.llm_response"),
        .modelAttribute("langfuse.observation.output"),
        .modelAttribute("mlflow.spanOutputs"),
        .modelAttribute("braintrust.output_json"),
        .modelAttribute("lmnr.span.output"),
        .attribute("haystack.agent.step.llm.output"),
        .modelAttribute("haystack.component.output"),
        .modelAttribute("traceloop.entity.output"),
        .modelAttribute("langwatch.output"),
        .modelAttribute("output.value"),
        .modelAttribute("output"),
    ]

    /// How the names of flattened lists of messages begin, which only model calls have.
    static let messageListPrefixes = [
        "llm.input_messages.", "llm.output_messages.", "gen_ai.prompt.", "gen_ai.completion.",
    ]

    /// Attributes that tell where messages are kept.
    static let inputReferences = ["gen_ai.input.messages_ref", "gen_ai.input.messages.uri"]
    static let outputReferences = ["gen_ai.output.messages_ref", "gen_ai.output.messages.uri"]

    /// Where the system prompt stands if it is not among the messages.
    static let systemPromptNames = ["gen_ai.system_instructions"]

    static let toolArgumentNames = [
        "gen_ai.tool.call.arguments", "gen_ai.tool.args", "ai.toolCall.args", "tool_arguments",
        "gcp.vertex.agent.tool_call_args", "mcp.request.argument", "input.value", "traceloop.entity.input",
        "langfuse.observation.input", "mlflow.spanInputs", "haystack.agent.step.tool.input", "braintrust.input_json",
        "lmnr.span.input",
        "gen_ai.task.input", "agentops.tool.input", "gen_ai.prompt", "langwatch.input", "input",
    ]

    static let toolResultNames = [
        "gen_ai.tool.call.result", "anthropic.tool_result.content", "ai.toolCall.result", "tool_response",
        "gcp.vertex.agent.tool_response",
        "mcp.response.value", "output.value", "traceloop.entity.output", "langfuse.observation.output",
        "mlflow.spanOutputs", "haystack.agent.step.tool.output", "braintrust.output_json", "lmnr.span.output",
        "gen_ai.task.output", "agentops.tool.output", "gen_ai.completion", "langwatch.output", "output",
    ]

    static let inputValueNames = [
        "input.value", "traceloop.entity.input", "langfuse.observation.input", "mlflow.spanInputs", "genkit:input",
        "braintrust.input_json", "lmnr.span.input", "gen_ai.task.input", "gen_ai.retrieval.query.text",
        "reranker.query", "gen_ai.memory.query.text",
        "langfuse.trace.input", "user_prompt", "agentops.task.input", "agentops.entity.input", "langwatch.input",
        "input",
    ]

    static let outputValueNames = [
        "output.value", "traceloop.entity.output", "langfuse.observation.output", "mlflow.spanOutputs",
        "genkit:output", "braintrust.output_json", "lmnr.span.output", "gen_ai.task.output", "final_result",
        "langfuse.trace.output", "agentops.task.output", "agentops.entity.output", "langwatch.output", "output",
    ]

    /// Attributes with a list of tool definitions.
    static let toolDefinitionNames = [
        "gen_ai.tool.definitions", "ai.prompt.tools", "mlflow.chat.tools", "llm.tools", "model_request_parameters",
    ]

    /// Flattened lists of tool definitions; the second is the key of a JSON text, empty where members are spread.
    static let toolDefinitionLists = [("llm.tools.", "tool.json_schema"), ("llm.request.functions.", "")]

    static let documentNames = [
        "gen_ai.retrieval.documents", "db.query.retrieved_documents", "langwatch.rag_contexts",
    ]

    /// Types of objects of a type and a value, as LangWatch wraps what goes in and out.
    static let typesOfValues: Set<String> = ["text", "chat_messages", "json", "list", "raw"]

    /// Flattened lists of documents.
    static let documentLists = ["retrieval.documents.", "reranker.output_documents."]

    /// Flattened lists of judgements: the prefix of the list, then that of its members.
    static let evaluationLists = [
        ("annotations.", "annotation."), ("evaluations.", "evaluation."),
        ("trace.annotations.", "annotation."), ("session.annotations.", "annotation."),
    ]
}
