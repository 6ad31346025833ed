import Basics
import FastJSON
import TraceModel

/// Usage in the words of each provider, brought to those of the conventions: input includes what the cache served,
/// output includes reasoning.
extension TokenUsage {
    /// OpenAI's chat completions and responses, and servers that follow them.
    mutating func openAI(_ usage: JSONValue) {
        let input = usage["prompt_tokens"]?.int ?? usage["input_tokens"]?.int
        var output = usage["completion_tokens"]?.int ?? usage["output_tokens"]?.int
        let inputDetails = usage["prompt_tokens_details"] ?? usage["input_tokens_details"]
        let outputDetails = usage["completion_tokens_details"] ?? usage["output_tokens_details"]
        let thought = outputDetails?["reasoning_tokens"]?.int ?? usage["reasoning_tokens"]?.int
        if let input, let visible = output, let thought, thought > 0, let total = usage["total_tokens"]?.int,
            total != input.addingClamped(visible), total == input.addingClamped(visible.addingClamped(thought))
        {
            // Some servers count reasoning beside the output instead of in it.
            output = visible.addingClamped(thought)
        }
        self.input = input ?? self.input
        self.output = output ?? self.output
        reasoning = thought ?? reasoning
        cacheRead = inputDetails?["cached_tokens"]?.int ?? usage["prompt_cache_hit_tokens"]?.int ?? cacheRead
        cacheWrite = inputDetails?["cache_write_tokens"]?.int ?? cacheWrite
    }

    /// Anthropic's: input is stated without what the cache served or took, and only in the first event by some.
    mutating func anthropic(_ usage: JSONValue) {
        let read = usage["cache_read_input_tokens"]?.int
        let written = usage["cache_creation_input_tokens"]?.int
        if let fresh = usage["input_tokens"]?.int {
            input = fresh.addingClamped((read ?? cacheRead ?? 0).addingClamped(written ?? cacheWrite ?? 0))
        }
        cacheRead = read ?? cacheRead
        cacheWrite = written ?? cacheWrite
        output = usage["output_tokens"]?.int ?? output
        reasoning = usage["output_tokens_details"]?["thinking_tokens"]?.int ?? reasoning
    }

    /// Gemini's: cumulative, with thoughts beside the answer.
    mutating func gemini(_ usage: JSONValue) {
        let prompt = usage["promptTokenCount"]?.int
        input = prompt.map { $0.addingClamped(usage["toolUsePromptTokenCount"]?.int ?? 0) } ?? input
        let thoughts = usage["thoughtsTokenCount"]?.int
        if let answer = usage["candidatesTokenCount"]?.int {
            output = answer.addingClamped(thoughts ?? 0)
        } else if let thoughts {
            output = thoughts
        }
        reasoning = thoughts ?? reasoning
        cacheRead = usage["cachedContentTokenCount"]?.int ?? cacheRead
    }

    /// Gemini's interactions.
    mutating func interactions(_ usage: JSONValue) {
        let prompt = usage["total_input_tokens"]?.int
        input = prompt.map { $0.addingClamped(usage["total_tool_use_tokens"]?.int ?? 0) } ?? input
        let thoughts = usage["total_thought_tokens"]?.int
        if let answer = usage["total_output_tokens"]?.int { output = answer.addingClamped(thoughts ?? 0) }
        reasoning = thoughts ?? reasoning
        cacheRead = usage["total_cached_tokens"]?.int ?? cacheRead
    }

    /// Amazon's Converse API: input without what the cache served or took.
    mutating func bedrock(_ usage: JSONValue) {
        let read = usage["cacheReadInputTokens"]?.int
        let written = usage["cacheWriteInputTokens"]?.int
        if let fresh = usage["inputTokens"]?.int {
            input = fresh.addingClamped((read ?? 0).addingClamped(written ?? 0))
        }
        output = usage["outputTokens"]?.int ?? output
        cacheRead = read ?? cacheRead
        cacheWrite = written ?? cacheWrite
    }

    /// Cohere's: tokens as counted, not as billed.
    mutating func cohere(_ usage: JSONValue) {
        let tokens = usage["tokens"] ?? usage["billed_units"]
        input = tokens?["input_tokens"]?.int ?? input
        output = tokens?["output_tokens"]?.int ?? output
        cacheRead = usage["cached_tokens"]?.int ?? cacheRead
    }
}
