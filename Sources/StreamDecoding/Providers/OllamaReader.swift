import FastJSON
import TraceModel

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
