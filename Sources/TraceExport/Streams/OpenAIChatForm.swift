import FastJSON
import TraceModel

/// Chunks as OpenAI's `chat.completion.chunk` events.
///
/// Reasoning stands in `reasoning_content`, as compatible servers have it.
struct OpenAIChatForm: ProviderEvents.Form {
    private let stream: StreamExport
    /// False where the stream spoke another protocol, of which only content can be told in this one.
    private let isNative: Bool
    private var begun: Set<[Int]> = []
    private var hasRole = false
    private var hasUsage = false
    private var isEnded = false

    init(_ stream: StreamExport) {
        self.stream = stream
        isNative = stream.info.wireProtocol == nil || stream.info.wireProtocol == "openai.chat"
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
        var members = [JSONMember("index", .int(Int64(call.index)))]
        var function: [JSONMember] = []
        if isFirst {
            if let id = call.id { members.append(JSONMember("id", .string(id))) }
            members.append(JSONMember("type", "function"))
            if let name = call.name { function.append(JSONMember("name", .string(name))) }
        }
        function.append(JSONMember("arguments", .string(arguments)))
        members.append(JSONMember("function", .object(function)))
        json.member("tool_calls", value: [.object(members)])
    }

    mutating func mark(_ chunk: StreamChunk, next: StreamChunk?, nanos: Int64) -> String {
        if chunk.kind == .terminal, !isNative || chunk.text.isEmpty { return isEnded ? "" : end(nanos: nanos) }
        guard isNative else { return "" }
        switch chunk.kind {
        case .terminal:
            return chunk.text == "[DONE]"
                ? "data: [DONE]\n\n" : event(choice: chunk.choiceIndex, finish: chunk.text) { _ in }
        case .usage:
            guard let usage = ProviderEvents.object(chunk) else { return "" }
            hasUsage = true
            return event(choice: nil, finish: nil, usage: usage) { _ in }
        default:
            if let json = ProviderEvents.object(chunk) { return "data: \(json)\n\n" }
            guard chunk.text.isEmpty else { return "" }
            let isFirst = !hasRole
            hasRole = true
            return event(choice: chunk.choiceIndex, finish: nil) { json in
                guard isFirst else { return }
                json.member("role", "assistant")
                json.member("content", "")
            }
        }
    }

    mutating func end(nanos: Int64) -> String {
        isEnded = true
        var text = ""
        if let reason = stream.info.finishReason { text += event(choice: 0, finish: reason) { _ in } }
        if let billed = stream.info.tokensBilled, !hasUsage {
            var usage = [JSONMember("completion_tokens", .int(billed))]
            if let reasoning = stream.info.tokensReasoning {
                usage.append(JSONMember("completion_tokens_details", ["reasoning_tokens": .int(reasoning)]))
            }
            text += event(choice: nil, finish: nil, usage: JSONValue.object(usage).text()) { _ in }
        }
        return text + "data: [DONE]\n\n"
    }

    private func event(
        choice: Int?, finish: String?, usage: String? = nil, _ delta: (inout JSONWriter) -> Void
    ) -> String {
        ProviderEvents.sse { json in
            json.member("id", stream.responseID)
            json.member("object", "chat.completion.chunk")
            json.member("created", max(0, stream.info.startUnixNano ?? 0) / 1_000_000_000)
            json.member("model", stream.model ?? "unknown")
            json.list("choices", [choice].compactMap(\.self)) { json, choice in
                json.object { json in
                    json.member("index", choice)
                    json.object("delta", delta)
                    json.member("finish_reason", finish)
                }
            }
            guard let usage else { return }
            json.key("usage")
            json.raw(usage)
        }
    }
}
