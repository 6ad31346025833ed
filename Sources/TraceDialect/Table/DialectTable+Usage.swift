extension DialectTable {
    /// What JSON objects of usage call their members, in the words of OpenAI, Anthropic, Langfuse, MLflow and
    /// Braintrust.
    private static let inputPaths = [["input_tokens"], ["prompt_tokens"], ["input"]]
    private static let outputPaths = [["output_tokens"], ["completion_tokens"], ["output"]]
    private static let cacheReadPaths = [
        ["prompt_tokens_details", "cached_tokens"], ["cache_read_input_tokens"], ["input_cached_tokens"],
        ["input_cache_read"], ["prompt_cached_tokens"], ["input_token_details", "cache_read"],
    ]
    private static let cacheWritePaths = [
        ["cache_creation_input_tokens"], ["input_cache_creation"], ["prompt_cache_creation_tokens"],
        ["input_token_details", "cache_creation"],
    ]
    private static let totalPaths = [["total_tokens"], ["total"], ["tokens"]]
    private static let reasoningPaths = [
        ["completion_tokens_details", "reasoning_tokens"], ["output_reasoning_tokens"], ["output_reasoning"],
        ["completion_reasoning_tokens"], ["output_token_details", "reasoning"],
        ["reasoning_tokens"],
    ]

    /// Attributes that hold such an object.
    private static let usageNames = [
        "mlflow.chat.tokenUsage", "langfuse.observation.usage_details", "braintrust.metrics",
        "langsmith.metadata.usage_metadata", "langwatch.metrics",
    ]

    static let tokensInputRules: [AttributeRule] =
        .names(
            "gen_ai.usage.input_tokens", "llm.token_count.prompt", "ai.usage.inputTokens", "ai.usage.promptTokens",
            "gen_ai.usage.prompt_tokens", "llm.usage.prompt_tokens", as: .count)
        + .names(usageNames, as: .countAt(inputPaths))
        + .names(haystackOutputs, as: .countAt(inputPaths.map { haystackReply + ["usage"] + $0 }))
        + .names("input_tokens", "input_token_count", as: .count, needsKind: true)

    static let tokensOutputRules: [AttributeRule] =
        .names(
            "gen_ai.usage.output_tokens", "llm.token_count.completion", "ai.usage.outputTokens",
            "ai.usage.completionTokens", "gen_ai.usage.completion_tokens", "llm.usage.completion_tokens", as: .count)
        + .names(usageNames, as: .countAt(outputPaths))
        + .names(haystackOutputs, as: .countAt(outputPaths.map { haystackReply + ["usage"] + $0 }))
        + .names("output_tokens", "output_token_count", as: .count, needsKind: true)

    static let tokensCacheReadRules: [AttributeRule] =
        .names(
            "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens",
            "llm.token_count.prompt_details.cache_read", "llm.token_count.prompt_details.cache_input",
            "ai.usage.cachedInputTokens", "ai.usage.inputTokenDetails.cacheReadTokens",
            "gen_ai.usage.details.cache_read_tokens", as: .count)
        + .names(usageNames, as: .countAt(cacheReadPaths))
        + .names(haystackOutputs, as: .countAt(cacheReadPaths.map { haystackReply + ["usage"] + $0 }))
        + .names("cache_read_tokens", "cached_token_count", as: .count, needsKind: true)

    static let tokensCacheWriteRules: [AttributeRule] =
        .names(
            "gen_ai.usage.cache_write.input_tokens", "gen_ai.usage.cache_creation.input_tokens",
            "gen_ai.usage.cache_creation_input_tokens", "gen_ai.usage.cache_write_input_tokens",
            "llm.token_count.prompt_details.cache_write", "ai.usage.inputTokenDetails.cacheWriteTokens",
            "gen_ai.usage.details.cache_write_tokens", as: .count)
        + .names(usageNames, as: .countAt(cacheWritePaths))
        + .names("cache_creation_tokens", as: .count, needsKind: true)

    static let tokensReasoningRules: [AttributeRule] =
        .names(
            "gen_ai.usage.reasoning.output_tokens", "gen_ai.usage.reasoning_tokens", "llm.usage.reasoning_tokens",
            "llm.token_count.completion_details.reasoning", "ai.usage.reasoningTokens",
            "ai.usage.outputTokenDetails.reasoningTokens", "gen_ai.usage.details.reasoning_tokens", as: .count)
        + .names(usageNames, as: .countAt(reasoningPaths))
        + .names(haystackOutputs, as: .countAt(reasoningPaths.map { haystackReply + ["usage"] + $0 }))
        + .names("reasoning_token_count", as: .count, needsKind: true)

    static let tokensTotalRules: [AttributeRule] =
        .names(
            "gen_ai.usage.total_tokens", "llm.token_count.total", "ai.usage.totalTokens", "llm.usage.total_tokens",
            as: .count)
        + .names(usageNames, as: .countAt(totalPaths))
        + .names(haystackOutputs, as: .countAt(totalPaths.map { haystackReply + ["usage"] + $0 }))

    static let timeToFirstChunkRules: [AttributeRule] =
        .names(
            "gen_ai.response.time_to_first_chunk", "gen_ai.client.operation.time_to_first_chunk",
            "gen_ai.latency.time_to_first_token", as: .seconds)
        // Seconds with OpenLIT, milliseconds with Strands: the sanity rule of `seconds` tells them apart.
        + .names("gen_ai.server.time_to_first_token", "gen_ai.streaming.time_to_first_token", as: .seconds)
        + .names(
            "ai.response.msToFirstChunk", "ai.stream.msToFirstChunk", "copilot_chat.time_to_first_token", "ttft_ms",
            as: .milliseconds)
        + .names("braintrust.metrics", as: .secondsAt(["time_to_first_token"]))
        + .names("langfuse.observation.completion_start_time", as: .instant)
        + .names("langwatch.timestamps", as: .epochMillisAt(["first_token_at"]))
        + .names(haystackOutputs, as: .instantAt(haystackReply + ["completion_start_time"]))
}
