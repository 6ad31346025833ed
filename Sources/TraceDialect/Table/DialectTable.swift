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

    private static let kindRules = [
        AttributeRule("langfuse.observation.type", .kindWord),
        AttributeRule("openinference.span.kind", .kindWord),
        AttributeRule("gen_ai.operation.name", .kindWord),
        AttributeRule("mlflow.spanType", .kindWord),
        AttributeRule("traceloop.span.kind", .kindWord),
        AttributeRule("langsmith.span.kind", .kindWord),
        AttributeRule("run_type", .kindWord),
        AttributeRule("span_data.type", .kindWord),
        AttributeRule("genkit:metadata:subtype", .kindWord),
        AttributeRule("ai.operationId", .kindWord),
        AttributeRule("agentops.span.kind", .kindWord),
        AttributeRule("llm.request.type", .kindWord),
        AttributeRule("mcp.method.name", .kindWord),
        AttributeRule("gen_ai.tool.name", .presence(.tool)),
        AttributeRule("tool.name", .presence(.tool)),
        AttributeRule("ai.toolCall.name", .presence(.tool)),
        AttributeRule("db.vector.query.top_k", .presence(.retrieval)),
        AttributeRule("db.query.retrieved_documents", .presence(.retrieval)),
        AttributeRule("retrieval.documents.0.document.content", .presence(.retrieval)),
        AttributeRule("reranker.model_name", .presence(.reranker)),
        AttributeRule("embedding.model_name", .presence(.embedding)),
        AttributeRule("gen_ai.request.model", .presence(.llm)),
        AttributeRule("gen_ai.response.model", .presence(.llm)),
        AttributeRule("llm.model_name", .presence(.llm)),
        AttributeRule("llm.request.model_name", .presence(.llm)),
        AttributeRule("mlflow.llm.model", .presence(.llm)),
        AttributeRule("langfuse.observation.model.name", .presence(.llm)),
        AttributeRule("gen_ai.usage.prompt_tokens", .presence(.llm)),
        AttributeRule("gen_ai.agent.name", .presence(.agent)),
    ]

    private static let agentNameRules = [
        AttributeRule("gen_ai.agent.name"),
        AttributeRule("agent.name"),
        AttributeRule("agent_name"),
    ]

    private static let agentHintRules = [
        AttributeRule("ai.telemetry.functionId"),
        AttributeRule("graph.node.name"),
        AttributeRule("graph.node.id"),
        AttributeRule("subagent_type", needsKind: true),
        AttributeRule("traceloop.association.properties.langgraph_node"),
        AttributeRule("metadata", .textAt(["langgraph_node"]), needsKind: true),
    ]

    private static let agentInstanceRules = [
        AttributeRule("gen_ai.agent.call.id"),
        AttributeRule("agent_id", needsKind: true),
        AttributeRule("gen_ai.agent.id"),
        AttributeRule("agent.id", needsKind: true),
    ]

    private static let providerRules = [
        AttributeRule("gen_ai.provider.name"),
        AttributeRule("gen_ai.system"),
        AttributeRule("llm.provider"),
        AttributeRule("llm.system"),
        AttributeRule("ai.model.provider"),
        AttributeRule("mlflow.llm.provider", .quotedText),
        AttributeRule("traceloop.association.properties.ls_provider"),
    ]

    private static let modelRequestedRules = [
        AttributeRule("gen_ai.request.model"),
        AttributeRule("llm.request.model_name"),
        AttributeRule("ai.model.id"),
        AttributeRule("mlflow.llm.model", .quotedText),
        // These do not say whether they mean the model asked for or the one that answered.
        AttributeRule("llm.model_name"),
        AttributeRule("embedding.model_name"),
        AttributeRule("reranker.model_name"),
        AttributeRule("langfuse.observation.model.name"),
        AttributeRule("model", needsKind: true),
        AttributeRule("model_name", needsKind: true),
    ]

    private static let modelResolvedRules = [
        AttributeRule("gen_ai.response.model"),
        AttributeRule("llm.response.model_name"),
        AttributeRule("ai.response.model"),
    ]

    private static let toolNameRules = [
        AttributeRule("gen_ai.tool.name"),
        AttributeRule("tool.name"),
        AttributeRule("ai.toolCall.name"),
        AttributeRule("tool_name", needsKind: true),
    ]

    private static let toolCallIDRules = [
        AttributeRule("gen_ai.tool.call.id"),
        AttributeRule("gen_ai.tool.call_id"),
        AttributeRule("tool.id"),
        AttributeRule("tool_call.id"),
        AttributeRule("ai.toolCall.id"),
        AttributeRule("tool_use_id", needsKind: true),
    ]

    private static let responseIDRules = [
        AttributeRule("gen_ai.response.id"),
        AttributeRule("ai.response.id"),
        AttributeRule("llm.response.id"),
    ]

    private static let sessionRules = [
        AttributeRule("gen_ai.conversation.id"),
        AttributeRule("session.id"),
        AttributeRule("langfuse.session.id"),
        AttributeRule("traceloop.association.properties.session_id"),
        AttributeRule("traceloop.association.properties.thread_id"),
        AttributeRule("ai.telemetry.metadata.sessionId"),
        AttributeRule("langsmith.trace.session_id"),
        AttributeRule("mlflow.trace.session", .quotedText),
        AttributeRule("gcp.vertex.agent.session_id"),
        AttributeRule("copilot_chat.chat_session_id"),
        AttributeRule("mcp.session.id"),
        AttributeRule("conversation.id", needsKind: true),
        AttributeRule("sessionId", needsKind: true),
    ]

    private static let finishReasonRules = [
        AttributeRule("gen_ai.response.finish_reasons", .words),
        AttributeRule("gen_ai.response.finish_reason", .words),
        AttributeRule("gen_ai.response.stop_reason", .words),
        AttributeRule("llm.finish_reason", .words),
        AttributeRule("llm.response.finish_reason", .words),
        AttributeRule("llm.response.stop_reason", .words),
        AttributeRule("ai.response.finishReason", .words),
        AttributeRule("gen_ai.completion.0.finish_reason", .words),
        AttributeRule("anthropic.message.stop_reason", .words),
        AttributeRule("langfuse.observation.metadata.finish_reason", .quotedText),
        AttributeRule("stop_reason", .words, needsKind: true),
        AttributeRule("gen_ai.output.messages", .finishReasonsOfMessages),
    ]

    private static let errorTypeRules = [
        AttributeRule("error.type"),
        AttributeRule("exception.type"),
    ]

    private static let failedRules = [
        AttributeRule("langfuse.observation.level", .oneOf(["ERROR"])),
        AttributeRule("gen_ai.response.status", .oneOf(["failed"])),
        AttributeRule("gen_ai.task.status", .oneOf(["failure", "error"])),
        AttributeRule("success", .untruth, needsKind: true),
        AttributeRule("error", .truth),
    ]

    private static let streamedRules = [
        AttributeRule("gen_ai.request.stream", .truth),
        AttributeRule("gen_ai.is_streaming", .truth),
        AttributeRule("llm.is_streaming", .truth),
        AttributeRule("gen_ai.request.is_stream", .truth),
    ]
}
