extension DialectTable {
    /// What JSON objects of usage call their members, in the words of OpenAI, Anthropic, Langfuse and MLflow.
    private static let inputPaths = [["input_tokens"], ["prompt_tokens"], ["input"]]
    private static let outputPaths = [["output_tokens"], ["completion_tokens"], ["output"]]
    private static let cacheReadPaths = [
        ["prompt_tokens_details", "cached_tokens"], ["cache_read_input_tokens"], ["input_cached_tokens"],
        ["input_cache_read"],
    ]
    private static let cacheWritePaths = [["cache_creation_input_tokens"], ["input_cache_creation"]]
    private static let totalPaths = [["total_tokens"], ["total"]]
    private static let reasoningPaths = [
        ["completion_tokens_details", "reasoning_tokens"], ["output_reasoning_tokens"], ["output_reasoning"],
    ]

    static let tokensInputRules = [
        AttributeRule("gen_ai.usage.input_tokens", .count),
        AttributeRule("llm.token_count.prompt", .count),
        AttributeRule("ai.usage.inputTokens", .count),
        AttributeRule("ai.usage.promptTokens", .count),
        AttributeRule("gen_ai.usage.prompt_tokens", .count),
        AttributeRule("llm.usage.prompt_tokens", .count),
        AttributeRule("mlflow.chat.tokenUsage", .countAt(inputPaths)),
        AttributeRule("langfuse.observation.usage_details", .countAt(inputPaths)),
        AttributeRule("input_tokens", .count, needsKind: true),
        AttributeRule("input_token_count", .count, needsKind: true),
    ]

    static let tokensOutputRules = [
        AttributeRule("gen_ai.usage.output_tokens", .count),
        AttributeRule("llm.token_count.completion", .count),
        AttributeRule("ai.usage.outputTokens", .count),
        AttributeRule("ai.usage.completionTokens", .count),
        AttributeRule("gen_ai.usage.completion_tokens", .count),
        AttributeRule("llm.usage.completion_tokens", .count),
        AttributeRule("mlflow.chat.tokenUsage", .countAt(outputPaths)),
        AttributeRule("langfuse.observation.usage_details", .countAt(outputPaths)),
        AttributeRule("output_tokens", .count, needsKind: true),
        AttributeRule("output_token_count", .count, needsKind: true),
    ]

    static let tokensCacheReadRules = [
        AttributeRule("gen_ai.usage.cache_read.input_tokens", .count),
        AttributeRule("gen_ai.usage.cache_read_input_tokens", .count),
        AttributeRule("llm.token_count.prompt_details.cache_read", .count),
        AttributeRule("llm.token_count.prompt_details.cache_input", .count),
        AttributeRule("ai.usage.cachedInputTokens", .count),
        AttributeRule("ai.usage.inputTokenDetails.cacheReadTokens", .count),
        AttributeRule("gen_ai.usage.details.cache_read_tokens", .count),
        AttributeRule("mlflow.chat.tokenUsage", .countAt(cacheReadPaths)),
        AttributeRule("langfuse.observation.usage_details", .countAt(cacheReadPaths)),
        AttributeRule("cache_read_tokens", .count, needsKind: true),
        AttributeRule("cached_token_count", .count, needsKind: true),
    ]

    static let tokensCacheWriteRules = [
        AttributeRule("gen_ai.usage.cache_write.input_tokens", .count),
        AttributeRule("gen_ai.usage.cache_creation.input_tokens", .count),
        AttributeRule("gen_ai.usage.cache_creation_input_tokens", .count),
        AttributeRule("gen_ai.usage.cache_write_input_tokens", .count),
        AttributeRule("llm.token_count.prompt_details.cache_write", .count),
        AttributeRule("ai.usage.inputTokenDetails.cacheWriteTokens", .count),
        AttributeRule("gen_ai.usage.details.cache_write_tokens", .count),
        AttributeRule("mlflow.chat.tokenUsage", .countAt(cacheWritePaths)),
        AttributeRule("langfuse.observation.usage_details", .countAt(cacheWritePaths)),
        AttributeRule("cache_creation_tokens", .count, needsKind: true),
    ]

    static let tokensReasoningRules = [
        AttributeRule("gen_ai.usage.reasoning.output_tokens", .count),
        AttributeRule("gen_ai.usage.reasoning_tokens", .count),
        AttributeRule("llm.usage.reasoning_tokens", .count),
        AttributeRule("llm.token_count.completion_details.reasoning", .count),
        AttributeRule("ai.usage.reasoningTokens", .count),
        AttributeRule("ai.usage.outputTokenDetails.reasoningTokens", .count),
        AttributeRule("gen_ai.usage.details.reasoning_tokens", .count),
        AttributeRule("langfuse.observation.usage_details", .countAt(reasoningPaths)),
        AttributeRule("reasoning_token_count", .count, needsKind: true),
    ]

    static let tokensTotalRules = [
        AttributeRule("gen_ai.usage.total_tokens", .count),
        AttributeRule("llm.token_count.total", .count),
        AttributeRule("ai.usage.totalTokens", .count),
        AttributeRule("llm.usage.total_tokens", .count),
        AttributeRule("mlflow.chat.tokenUsage", .countAt(totalPaths)),
        AttributeRule("langfuse.observation.usage_details", .countAt(totalPaths)),
    ]

    static let timeToFirstChunkRules = [
        AttributeRule("gen_ai.response.time_to_first_chunk", .seconds),
        AttributeRule("gen_ai.client.operation.time_to_first_chunk", .seconds),
        AttributeRule("gen_ai.latency.time_to_first_token", .seconds),
        // Seconds with OpenLIT, milliseconds with Strands: the sanity rule of `seconds` tells them apart.
        AttributeRule("gen_ai.server.time_to_first_token", .seconds),
        AttributeRule("gen_ai.streaming.time_to_first_token", .seconds),
        AttributeRule("ai.response.msToFirstChunk", .milliseconds),
        AttributeRule("ai.stream.msToFirstChunk", .milliseconds),
        AttributeRule("copilot_chat.time_to_first_token", .milliseconds),
        AttributeRule("ttft_ms", .milliseconds),
        AttributeRule("langfuse.observation.completion_start_time", .instant),
    ]
}
