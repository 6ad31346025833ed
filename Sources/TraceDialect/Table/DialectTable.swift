import TraceModel

/// Which attributes state which facts, in the order in which they are believed.
///
/// To add a producer, add its names to these lists. The order of the lists is that of the semantic conventions first
/// (OpenTelemetry GenAI from the newest generation to the oldest, OpenInference), then of single producers.
enum DialectTable {
    static let rules: [(fact: Fact, rules: [AttributeRule])] = [
        (.kind, kindRules),
        (.agentName, agentNameRules),
        (.agentHint, agentHintRules),
        (.agentInstance, agentInstanceRules),
        (.provider, providerRules),
        (.modelRequested, modelRequestedRules),
        (.modelResolved, modelResolvedRules),
        (.toolName, toolNameRules),
        (.toolCallID, toolCallIDRules),
        (.responseID, responseIDRules),
        (.tokensInput, tokensInputRules),
        (.tokensOutput, tokensOutputRules),
        (.tokensCacheRead, tokensCacheReadRules),
        (.tokensCacheWrite, tokensCacheWriteRules),
        (.tokensReasoning, tokensReasoningRules),
        (.tokensTotal, tokensTotalRules),
        (.session, sessionRules),
        (.finishReasons, finishReasonRules),
        (.timeToFirstChunk, timeToFirstChunkRules),
        (.errorType, errorTypeRules),
        (.failed, failedRules),
        (.streamed, streamedRules),
        (.otherNumber, otherNumberRules),
    ]

    /// Times that were out of range when their span was read, and counts that the analysis of a trace uses.
    private static let otherNumberRules =
        ["startTimeUnixNano", "endTimeUnixNano"].map { AttributeRule(OutOfRange.keyPrefix + $0, .outOfRange) }
        + evidenceNames.filter { $0.value.isCount }.keys.sorted().map { AttributeRule($0, .rangeOfCount) }

    private static let kindRules: [AttributeRule] =
        .names(
            "langfuse.observation.type", "openinference.span.kind", "gen_ai.operation.name", "mlflow.spanType",
            "traceloop.span.kind", "langsmith.span.kind", "run_type", "span_data.type", "genkit:metadata:subtype",
            "ai.operationId", "agentops.span.kind", "lmnr.span.type", "llm.request.type", "mcp.method.name",
            "ag2.span.type",
            "langwatch.span.type",
            as: .kindWord)
        + .names("braintrust.span_attributes", as: .kindWordAt(["type"]))
        + .names("haystack.component.type", as: .kindOfClass)
        + .names("gen_ai.tool.name", "tool.name", "ai.toolCall.name", "haystack.tool.name", as: .presence(.tool))
        + .names(
            "db.vector.query.top_k", "db.query.retrieved_documents", "retrieval.documents.0.document.content",
            as: .presence(.retrieval))
        + .names("reranker.model_name", as: .presence(.reranker))
        + .names("embedding.model_name", as: .presence(.embedding))
        + .names(
            "gen_ai.request.model", "gen_ai.response.model", "llm.model_name", "llm.request.model_name",
            "mlflow.llm.model", "langfuse.observation.model.name", "gen_ai.usage.prompt_tokens", as: .presence(.llm))
        + .names("gen_ai.agent.name", as: .presence(.agent))

    private static let agentNameRules: [AttributeRule] =
        // CrewAI states the hash of an agent as its name, and what people call it as its role.
        .names("crewai.agent.role", "gen_ai.agent.name", "agent.name", "agent_name", "langsmith.metadata.lc_agent_name")
        + .names("metadata", as: .textAt(["lc_agent_name"]), needsKind: true)

    private static let agentHintRules: [AttributeRule] =
        .names("ai.telemetry.functionId", "graph.node.name", "graph.node.id")
        + .names("subagent_type", needsKind: true)
        + .names("traceloop.association.properties.langgraph_node")
        + .names("metadata", as: .textAt(["langgraph_node"]), needsKind: true)

    private static let agentInstanceRules: [AttributeRule] =
        .names("gen_ai.agent.call.id")
        + .names("agent_id", needsKind: true)
        + .names("gen_ai.agent.id")
        + .names("agent.id", needsKind: true)

    private static let providerRules: [AttributeRule] =
        .names("gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system", "ai.model.provider")
        + .names("mlflow.llm.provider", as: .quotedText)
        + .names("braintrust.metadata", as: .textAt(["provider"]))
        + .names("traceloop.association.properties.ls_provider")

    private static let modelRequestedRules: [AttributeRule] =
        .names("gen_ai.request.model", "llm.request.model_name", "ai.model.id")
        + .names("mlflow.llm.model", as: .quotedText)
        + .names("braintrust.metadata", as: .textAt(["model"]))
        // These do not say whether they mean the model asked for or the one that answered.
        + .names("llm.model_name", "embedding.model_name", "reranker.model_name", "langfuse.observation.model.name")
        + .names("model", "model_name", needsKind: true)

    private static let modelResolvedRules: [AttributeRule] =
        .names("gen_ai.response.model", "llm.response.model_name", "ai.response.model")
        + .names(haystackOutputs, as: .textAt(haystackReply + ["model"]))

    /// Where Haystack's answers stand, and in them what is told of the first.
    static let haystackOutputs = ["haystack.agent.step.llm.output", "haystack.component.output"]
    static let haystackReply = ["replies", "0", "meta"]

    private static let toolNameRules: [AttributeRule] =
        .names("gen_ai.tool.name", "tool.name", "ai.toolCall.name", "haystack.tool.name")
        + .names("tool_name", "operation.name", "name", needsKind: true)

    private static let toolCallIDRules: [AttributeRule] =
        .names("gen_ai.tool.call.id", "gen_ai.tool.call_id", "tool.id", "tool_call.id", "ai.toolCall.id")
        + .names("tool_use_id", needsKind: true)

    private static let responseIDRules: [AttributeRule] = .names(
        "gen_ai.response.id", "ai.response.id", "llm.response.id")

    /// What the ids of the Responses API begin with; those of its conversations begin with `conv_`.
    static let responseIDPrefix = "resp_"

    private static let sessionRules: [AttributeRule] =
        .names("gen_ai.conversation.id", as: .conversation)
        + .names(
            "session.id", "langfuse.session.id",
            "traceloop.association.properties.session_id", "traceloop.association.properties.thread_id",
            "ai.telemetry.metadata.sessionId", "langsmith.trace.session_id", "langsmith.metadata.session_id",
            "langsmith.metadata.thread_id", "langsmith.metadata.conversation_id",
            "lmnr.association.properties.session_id")
        + .names("mlflow.trace.session", as: .quotedText)
        + .names("gcp.vertex.agent.session_id", "copilot_chat.chat_session_id", "mcp.session.id")
        + .names("ag2.network.channel_id", "langwatch.thread.id")
        + .names("metadata", as: .textAt(["thread_id"]))
        + .names("conversation.id", "sessionId", needsKind: true)

    private static let finishReasonRules: [AttributeRule] =
        .names(
            "gen_ai.response.finish_reasons", "gen_ai.response.finish_reason", "gen_ai.response.stop_reason",
            "llm.finish_reason", "llm.response.finish_reason", "llm.response.stop_reason", "ai.response.finishReason",
            "gen_ai.completion.0.finish_reason", "anthropic.message.stop_reason", as: .words)
        + .names("langfuse.observation.metadata.finish_reason", as: .quotedText)
        + .names(haystackOutputs, as: .textAt(haystackReply + ["finish_reason"]))
        + .names("stop_reason", as: .words, needsKind: true)
        + .names("gen_ai.output.messages", as: .finishReasonsOfMessages)

    private static let errorTypeRules: [AttributeRule] = .names("error.type", "exception.type")

    private static let failedRules: [AttributeRule] =
        .names("langfuse.observation.level", as: .oneOf(["ERROR"]))
        + .names("gen_ai.response.status", as: .oneOf(["failed"]))
        + .names("gen_ai.task.status", as: .oneOf(["failure", "error"]))
        + .names("haystack.tool.error", as: .truth)
        + .names("success", as: .untruth, needsKind: true)
        + .names("error", as: .truth)

    private static let streamedRules: [AttributeRule] = .names(
        "gen_ai.request.stream", "gen_ai.is_streaming", "llm.is_streaming", "gen_ai.request.is_stream", as: .truth)
}
