import FastJSON
import TraceModel

/// Chunks as OpenAI's `chat.completion.chunk` events.
///
/// Reasoning stands in `reasoning_content`, as compatible servers have it.
struct OpenAIChatForm: ProviderEvents.Form {
    private let stream: StreamExport
    private var begun: Set<[Int]> = []

    init(_ stream: StreamExport) {
        self.stream = stream
    }

    mutating func content(_ chunk: StreamChunk, isLastOfCall: Bool, nanos: Int64) -> String {
        let call = chunk.toolCall ?? StreamToolCall(index: 0)
        let isFirst = chunk.kind == .toolArguments && begun.insert([chunk.choiceIndex, call.index]).inserted
        return event(choice: chunk.choiceIndex, finish: nil) { json in
            switch chunk.kind {
            case .reasoning: json.member("reasoning_content", chunk.text)
            case .refusal: json.member("refusal", chunk.text)
            case .toolArguments: toolCall(call, chunk.text, isFirst: isFirst, into: &json)
            default: json.member("content", chunk.text)
            }
        }
    }

    private func toolCall(_ call: StreamToolCall, _ arguments: String, isFirst: Bool, into json: inout JSONWriter) {
        json.key("tool_calls")
        json.beginArray()
        json.beginObject()
        json.member("index", call.index)
        if isFirst {
            if let id = call.id { json.member("id", id) }
            json.member("type", "function")
        }
        json.key("function")
        json.beginObject()
        if isFirst, let name = call.name { json.member("name", name) }
        json.member("arguments", arguments)
        json.endObject()
        json.endObject()
        json.endArray()
    }

    mutating func end(nanos: Int64) -> String {
        var text = ""
        if let reason = stream.info.finishReason { text += event(choice: 0, finish: reason) { _ in } }
        if let billed = stream.info.tokensBilled {
            text += event(choice: nil, finish: nil, usage: billed) { _ in }
        }
        return text + "data: [DONE]\n\n"
    }

    func raw(_ json: String) -> String { "data: \(json)\n\n" }

    private func event(
        choice: Int?, finish: String?, usage: Int64? = nil, _ delta: (inout JSONWriter) -> Void
    ) -> String {
        var json = JSONWriter()
        json.beginObject()
        json.member("id", stream.responseID)
        json.member("object", "chat.completion.chunk")
        json.member("created", max(0, stream.info.startUnixNano ?? 0) / 1_000_000_000)
        json.member("model", stream.model ?? "unknown")
        json.key("choices")
        json.beginArray()
        if let choice {
            json.beginObject()
            json.member("index", choice)
            json.key("delta")
            json.beginObject()
            delta(&json)
            json.endObject()
            json.member("finish_reason", finish)
            json.endObject()
        }
        json.endArray()
        if let usage {
            json.key("usage")
            json.beginObject()
            json.member("completion_tokens", usage)
            if let reasoning = stream.info.tokensReasoning {
                json.key("completion_tokens_details")
                json.beginObject()
                json.member("reasoning_tokens", reasoning)
                json.endObject()
            }
            json.endObject()
        }
        json.endObject()
        return ProviderEvents.sse(json)
    }
}
