extension DialectTable {
    /// What an attribute gives to the text index.
    enum SearchRole: Sendable {
        /// A message to or from the model, or an argument or result of a tool: JSON or plain text.
        case content
        /// What the span took in or gave out; on spans of models it repeats the messages.
        case value
        /// Text that is indexed as it is.
        case plain
        /// Nothing: names, numbers, schemas, settings.
        case none
    }

    /// Attributes with text for the index, by their full names.
    static let searchRoles: [String: SearchRole] = {
        var roles: [String: SearchRole] = [:]
        for name in contentNames { roles[name] = .content }
        for name in valueNames { roles[name] = .value }
        for name in plainNames { roles[name] = .plain }
        return roles
    }()

    private static let contentNames = [
        "gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.system_instructions", "gen_ai.prompt",
        "gen_ai.completion", "gen_ai.tool.call.arguments", "gen_ai.tool.call.result", "gen_ai.tool.args",
        "gen_ai.retrieval.documents", "gen_ai.retrieval.query.text", "gen_ai.memory.query.text",
        "gen_ai.memory.records", "gen_ai.content", "content", "message", "tool.result", "tool_input", "bash_command",
        "anthropic.tool_result.content", "agentops.tool.input", "agentops.tool.output", "agentops.task.input",
        "agentops.task.output", "agentops.entity.input", "agentops.entity.output",
        "ai.prompt", "ai.prompt.messages", "ai.response.text", "ai.response.object", "ai.response.reasoning",
        "ai.response.toolCalls", "ai.toolCall.args", "ai.toolCall.result", "tool_arguments", "tool_response",
        "gcp.vertex.agent.llm_request", "gcp.vertex.agent.llm_response", "gcp.vertex.agent.tool_call_args",
        "gcp.vertex.agent.tool_response", "mcp.request.argument", "mcp.response.value", "reranker.query",
        "db.query.retrieved_documents", "user_prompt", "full_command", "final_result",
    ]

    private static let valueNames = [
        "input.value", "output.value", "traceloop.entity.input", "traceloop.entity.output",
        "langfuse.observation.input", "langfuse.observation.output", "langfuse.trace.input", "langfuse.trace.output",
        "mlflow.spanInputs", "mlflow.spanOutputs", "haystack.agent.step.llm.input", "haystack.agent.step.llm.output",
        "haystack.agent.step.tool.input",
        "haystack.agent.step.tool.output", "haystack.component.input", "haystack.component.output",
        "braintrust.input_json", "braintrust.output_json", "lmnr.span.input",
        "lmnr.span.output", "genkit:input", "genkit:output", "gen_ai.task.input",
        "gen_ai.task.output", "pydantic_ai.all_messages", "all_messages_events", "langwatch.input", "langwatch.output",
        "langwatch.rag_contexts", "input", "output",
    ]

    private static let plainNames = [
        "exception.message", "exception.type", "error.type", "error.message", "gen_ai.evaluation.explanation",
        "langfuse.observation.status_message",
    ]

    /// Families of flattened attributes: the prefix, and the endings of the names that carry text.
    static let searchFamilies: [(prefix: StaticString, endings: [StaticString])] = [
        (
            "llm.input_messages.",
            [".content", ".text", ".arguments", ".function_call_arguments_json", ".function.name"]
        ),
        (
            "llm.output_messages.",
            [".content", ".text", ".arguments", ".function_call_arguments_json", ".function.name"]
        ),
        ("gen_ai.prompt.", [".content", ".arguments"]),
        ("gen_ai.completion.", [".content", ".arguments", ".reasoning"]),
        ("llm.prompts.", [".text"]),
        ("llm.choices.", [".text"]),
        ("retrieval.documents.", [".content"]),
        ("reranker.input_documents.", [".content"]),
        ("reranker.output_documents.", [".content"]),
        ("embedding.embeddings.", [".text"]),
    ]

    /// Families whose presence makes the input or output value of a model's span a repetition.
    static let inputMessageNames: [StaticString] = ["llm.input_messages.", "gen_ai.input.messages", "gen_ai.prompt."]
    static let outputMessageNames: [StaticString] = [
        "llm.output_messages.", "gen_ai.output.messages", "gen_ai.completion.",
    ]

    /// Keys inside JSON whose strings say nothing to a reader: ids, types, settings.
    static let silentKeys: [StaticString] = [
        "id", "type", "role", "object", "model", "model_name", "model_id", "tool_call_id", "toolCallId", "call_id",
        "tool_use_id", "toolUseId", "response_id", "run_id", "trace_id", "span_id", "message_id", "finish_reason",
        "finishReason", "stop_reason", "mime_type", "mimeType", "media_type", "modality", "signature",
        "thoughtSignature", "encrypted_content", "system_fingerprint", "service_tier", "created_at", "status",
        "index", "lc", "format", "detail", "cache_control", "uuid",
    ]

    /// Keys inside JSON whose whole values are schemas or settings.
    static let silentTrees: [StaticString] = [
        "tools", "functions", "tool_definitions", "function_tools", "json_schema", "input_schema", "output_schema",
        "response_format", "parameters", "schema", "usage", "usage_metadata", "token_usage", "response_metadata",
        "llm_output", "invocation_params", "additional_kwargs", "safety_settings", "generation_config",
        "model_parameters", "logprobs", "metadata", "serialized", "tags", "config",
    ]
}
