import FastJSON
import TraceModel

/// Reads one chunk of a provider's stream that a tracer kept as JSON: those of OpenAI, Anthropic, Gemini and LangChain.
///
/// What no rule knows is a chunk of kind `other` with its JSON as text, so that nothing is lost.
enum ProviderChunk {
    static func chunks(_ json: JSONValue) -> [StreamChunk] {
        var found: [StreamChunk] = []
        switch json {
        case .string(let text): found = [chunk(.text, text)]
        case .object:
            if let choices = json["choices"]?.elements {
                found = choices.flatMap { delta($0["delta"] ?? .null, of: $0) }
                if let usage = json["usage"], !usage.isNull { found.append(chunk(.usage, usage.text())) }
            } else if let candidates = json["candidates"]?.elements {
                found = candidates.flatMap { choice($0) }
            } else if let type = json["type"]?.string {
                found = typed(type, json)
            }
            if found.isEmpty { found = plain(json) }
        default: break
        }
        if !found.isEmpty { return found }
        return [chunk(.other, json.isNull ? "" : json.text())]
    }

    private static func chunk(
        _ kind: ChunkKind, _ text: String, choice: Int = 0, call: StreamToolCall? = nil
    ) -> StreamChunk {
        StreamChunk(offsetNanos: nil, kind: kind, text: text, choiceIndex: choice, toolCall: call)
    }

    private static func index(_ json: JSONValue) -> Int { Int(truncatingIfNeeded: json["index"]?.int ?? 0) }

    /// A choice of OpenAI's chat completions.
    private static func delta(_ delta: JSONValue, of choice: JSONValue) -> [StreamChunk] {
        let place = index(choice)
        var found: [StreamChunk] = []
        for key in ["reasoning_content", "reasoning"] {
            if let text = delta[key]?.string, !text.isEmpty { found.append(chunk(.reasoning, text, choice: place)) }
        }
        if let text = delta["content"]?.string, !text.isEmpty { found.append(chunk(.text, text, choice: place)) }
        if let text = delta["refusal"]?.string, !text.isEmpty { found.append(chunk(.refusal, text, choice: place)) }
        for call in delta["tool_calls"]?.elements ?? [] {
            found.append(
                chunk(
                    .toolArguments, call["function"]?["arguments"]?.string ?? "", choice: place,
                    call: StreamToolCall(
                        index: index(call), id: call["id"]?.string, name: call["function"]?["name"]?.string)))
        }
        if let reason = choice["finish_reason"]?.string { found.append(chunk(.terminal, reason, choice: place)) }
        // A chunk whose text was taken out, as redaction does, is still of its kind; the opening one states a role.
        if found.isEmpty && delta["role"] == nil {
            let keys: [(String, ChunkKind)] = [
                ("content", .text), ("reasoning_content", .reasoning), ("reasoning", .reasoning), ("refusal", .refusal),
            ]
            for (key, kind) in keys where delta[key]?.string == "" { return [chunk(kind, "", choice: place)] }
        }
        return found
    }

    /// An answer in the form of Gemini and of `gen_ai.choice`: `content` with `parts`, or a text.
    static func choice(_ json: JSONValue) -> [StreamChunk] {
        let place = index(json)
        var content = json["message"] ?? json["content"] ?? .null
        if let inner = content["content"], content["parts"] == nil { content = inner }
        var found: [StreamChunk] = []
        if let text = content.string { found.append(chunk(.text, text, choice: place)) }
        for (number, part) in (content["parts"]?.elements ?? content.elements ?? []).enumerated() {
            if let text = part["text"]?.string ?? part["content"]?.string {
                found.append(chunk(part["thought"]?.bool == true ? .reasoning : .text, text, choice: place))
            } else if let call = part["functionCall"] ?? part["function_call"] {
                found.append(
                    chunk(
                        .toolArguments, call["args"]?.text() ?? "", choice: place,
                        call: StreamToolCall(index: number, id: call["id"]?.string, name: call["name"]?.string)))
            }
        }
        let reason = (json["finish_reason"] ?? json["finishReason"])?.string ?? ""
        if !reason.isEmpty && !reason.hasSuffix("UNSPECIFIED") { found.append(chunk(.terminal, reason, choice: place)) }
        return found.isEmpty ? [chunk(.other, "", choice: place)] : found
    }

    /// An event of Anthropic's messages or OpenAI's responses.
    private static func typed(_ type: String, _ json: JSONValue) -> [StreamChunk] {
        let delta = json["delta"] ?? .null
        switch type {
        case "content_block_delta":
            if let text = delta["text"]?.string { return [chunk(.text, text)] }
            if let text = delta["thinking"]?.string { return [chunk(.reasoning, text)] }
            if let text = delta["partial_json"]?.string {
                return [chunk(.toolArguments, text, call: StreamToolCall(index: index(json)))]
            }
            return []
        case "message_stop", "response.completed", "response.incomplete", "response.failed":
            return [chunk(.terminal, "")]
        case "message_delta":
            return json["usage"].map { [chunk(.usage, $0.text())] } ?? []
        case _ where type.hasSuffix(".delta"):
            guard let text = delta.string else { return [] }
            if type.hasPrefix("response.reasoning") { return [chunk(.reasoning, text)] }
            if type.hasPrefix("response.refusal") { return [chunk(.refusal, text)] }
            guard type.contains("arguments") || type.contains("tool_call") else { return [chunk(.text, text)] }
            let place = Int(truncatingIfNeeded: json["output_index"]?.int ?? 0)
            return [chunk(.toolArguments, text, call: StreamToolCall(index: place, id: json["item_id"]?.string))]
        default:
            return []
        }
    }

    /// A message chunk of a framework, or an object with a text under a common name.
    private static func plain(_ json: JSONValue) -> [StreamChunk] {
        let inner = json["kwargs"] ?? json["message"] ?? json
        var found: [StreamChunk] = []
        for key in ["content", "text", "delta", "token"] {
            if let text = inner[key]?.string {
                found.append(chunk(.text, text))
                break
            }
        }
        for call in inner["tool_call_chunks"]?.elements ?? [] {
            found.append(
                chunk(
                    .toolArguments, call["args"]?.string ?? "",
                    call: StreamToolCall(index: index(call), id: call["id"]?.string, name: call["name"]?.string)))
        }
        return found
    }
}
