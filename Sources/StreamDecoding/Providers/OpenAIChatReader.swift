import FastJSON
import TraceDialect
import TraceModel

/// Chunks of OpenAI's chat completions and legacy completions, and of the many servers that follow them.
enum OpenAIChatReader {
    static func read(_ event: JSONValue, into builder: inout ResponseBuilder) -> Bool {
        guard let choices = event["choices"]?.elements else { return false }
        builder.identify(id: event["id"], model: event["model"])
        let before = builder.chunks.count
        var isLast = choices.isEmpty
        for choice in choices {
            let index = choice["index"]?.smallIndex ?? 0
            let tokens = choice["logprobs"]?["content"]?.elements?.count
            if let text = choice["text"]?.string { builder.text(.text, text, choice: index) }
            // What repeats the whole answer beside the last delta is not added again.
            let delta = choice["delta"] ?? choice["message"]
            if let delta { read(delta, choice: index, tokens: tokens, into: &builder) }
            if let reason = choice["finish_reason"]?.filledString {
                isLast = true
                builder.finish(reason, reason: reason, choice: index)
            }
        }
        let usage = [event["usage"], event["x_groq"]?["usage"]].compactMap { $0 }.first { $0.members != nil }
        // Some servers repeat usage on every chunk; only the records of their own count as chunks.
        builder.usage(usage, { $0.openAI($1) }, isChunk: isLast || builder.chunks.count == before)
        if let error = event["error"], !error.isNull {
            let code = error["code"].flatMap { $0.string ?? $0.int.map(String.init) }
            builder.fail(type: error["type"]?.string ?? code, message: error["message"]?.string ?? error.rawText)
        }
        return true
    }

    private static func read(_ delta: JSONValue, choice: Int, tokens: Int?, into builder: inout ResponseBuilder) {
        builder.role(delta["role"]?.string, choice: choice)
        if let reasoning = delta.reasoning { builder.text(.reasoning, reasoning, choice: choice) }
        switch delta["content"] {
        case .string(let text)?: builder.text(.text, text, choice: choice, tokens: tokens)
        case .array(let parts)?: for part in parts { read(part: part, choice: choice, into: &builder) }
        default: break
        }
        if let refusal = delta["refusal"]?.string { builder.text(.refusal, refusal, choice: choice) }
        if let spoken = delta["audio"]?["transcript"]?.string { builder.text(.text, spoken, choice: choice) }
        for call in delta["tool_calls"]?.elements ?? [] { read(call: call, choice: choice, into: &builder) }
        if let call = delta["function_call"], call.members != nil {
            builder.toolCall(
                .number(-1), name: call["name"]?.string, arguments: call["arguments"]?.rawText ?? "", choice: choice)
        }
    }

    /// Mistral's content parts.
    private static func read(part: JSONValue, choice: Int, into builder: inout ResponseBuilder) {
        if part["type"]?.string == "thinking" {
            let inner = part["thinking"]
            let texts = inner?.elements?.compactMap { $0["text"]?.string } ?? [inner?.string].compactMap { $0 }
            for text in texts { builder.text(.reasoning, text, choice: choice) }
        } else if let text = part["text"]?.string {
            builder.text(.text, text, choice: choice)
        } else {
            builder.part(.other(type: part["type"]?.string ?? "", json: part.text()), choice: choice)
        }
    }

    private static func read(call: JSONValue, choice: Int, into builder: inout ResponseBuilder) {
        let function = call["function"] ?? call["custom"] ?? call
        let id = call["id"]?.filledString
        let reference: CallReference =
            if let index = call["index"]?.smallIndex { .number(index) } else if let id {
                .id(id)
            } else if function["name"]?.filledString != nil { .new } else { .last }
        builder.toolCall(
            reference, id: id, name: function["name"]?.string,
            arguments: (function["arguments"] ?? function["input"])?.rawText ?? "", choice: choice)
    }
}

/// Lines of Ollama's `/api/chat` and `/api/generate`.
enum OllamaReader {
    static func read(_ event: JSONValue, into builder: inout ResponseBuilder) -> Bool {
        guard event["done"]?.bool != nil || event["message"] != nil || event["response"] != nil else { return false }
        builder.identify(id: nil, model: event["model"])
        let message = event["message"]
        builder.role(message?["role"]?.string)
        builder.text(.reasoning, (message?["thinking"] ?? event["thinking"])?.string ?? "")
        builder.text(.text, (message?["content"] ?? event["response"])?.string ?? "")
        for call in message?["tool_calls"]?.elements ?? [] {
            let function = call["function"]
            builder.toolCall(
                .new, id: call["id"]?.string, name: function?["name"]?.string,
                arguments: function?["arguments"]?.rawText ?? "")
        }
        guard event["done"]?.bool == true else { return true }
        builder.finish(event["done_reason"]?.filledString ?? "done", reason: event["done_reason"]?.filledString)
        builder.response.providerDurationNanos = event["total_duration"]?.int
        let input = event["prompt_eval_count"]?.int
        let output = event["eval_count"]?.int
        builder.response.usage.input = input ?? builder.response.usage.input
        builder.response.usage.output = output ?? builder.response.usage.output
        if input != nil || output != nil { builder.usageChunk(usageText(event)) }
        return true
    }

    private static func usageText(_ event: JSONValue) -> String {
        let keys = [
            "total_duration", "load_duration", "prompt_eval_count", "prompt_eval_duration", "eval_count",
            "eval_duration",
        ]
        return JSONValue.object((event.members ?? []).filter { keys.contains($0.key) }).text()
    }
}
