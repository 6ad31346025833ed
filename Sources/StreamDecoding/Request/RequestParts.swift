import FastJSON
import TraceDialect
import TraceModel

/// Messages of requests in the forms of all protocols that are known.
enum RequestParts {
    /// The messages of a list such as OpenAI's `messages`, OpenAI's `input`, Anthropic's, Gemini's `contents`.
    static func messages(_ value: JSONValue?) -> [Message] {
        guard let value else { return [] }
        if let text = value.string { return [Message(role: "user", parts: [.text(text)])] }
        return (value.elements ?? [value]).compactMap(message)
    }

    /// The parts of a content value: text, a list of parts, or Gemini's object with `parts`.
    static func parts(_ value: JSONValue?) -> [MessagePart] {
        switch value {
        case nil, .null?: []
        case .string(let text)?: text.isEmpty ? [] : [.text(text)]
        case .array(let elements)?: elements.compactMap(part)
        case .object?: value?["parts"] != nil ? parts(listOf: value?["parts"]) : value.flatMap(part).map { [$0] } ?? []
        case .bool?, .int?, .double?: [.text(value?.text() ?? "")]
        }
    }

    private static func parts(listOf value: JSONValue?) -> [MessagePart] {
        (value?.elements ?? [value].compactMap { $0 }).compactMap(part)
    }

    private static func message(_ value: JSONValue) -> Message? {
        if let text = value.string { return Message(role: "user", parts: [.text(text)]) }
        guard value.members != nil else { return nil }
        // Items of the responses API that are no messages.
        if value["role"] == nil, let item = item(value) { return item }
        var role = value["role"]?.string ?? "user"
        if role == "model" { role = "assistant" }
        var parts: [MessagePart] = []
        if let text = value.reasoning {
            parts.append(.reasoning(text))
        }
        let content = value["content"] ?? value["parts"]
        if role == "tool" || role == "function", value["tool_call_id"] != nil || value["tool_name"] != nil {
            let id = value["tool_call_id"]?.string ?? value["tool_name"]?.string
            parts.append(.toolResult(id: id, result: joined(content)))
        } else {
            parts += Self.parts(content)
        }
        for call in value["tool_calls"]?.elements ?? [] { parts.append(toolCall(call)) }
        if let call = value["function_call"], call.members != nil { parts.append(toolCall(call)) }
        // Ollama's images stand beside the text.
        for image in value["images"]?.elements ?? [] {
            parts.append(media("image", nil, "\(image.string?.utf8.count ?? 0) bytes of base64"))
        }
        return Message(role: role, name: value["name"]?.string, parts: parts)
    }

    private static func item(_ value: JSONValue) -> Message? {
        guard let type = value["type"]?.string else { return nil }
        if type.hasSuffix("_output") {
            let id = value["call_id"]?.string
            return Message(role: "tool", parts: [.toolResult(id: id, result: joined(value["output"]))])
        }
        if type == "reasoning" { return Message(role: "assistant", parts: [reasoning(value)]) }
        if type.hasSuffix("_call") { return Message(role: "assistant", parts: [toolCall(value)]) }
        return type == "message" ? nil : Message(role: "user", parts: [.other(type: type, json: value.text())])
    }

    private static func part(_ value: JSONValue) -> MessagePart? {
        if let text = value.string { return .text(text) }
        guard value.members != nil else { return nil }
        switch value["type"]?.string {
        case "text"?, "input_text"?, "output_text"?: return .text(value["text"]?.string ?? "")
        case "refusal"?: return .text(value["refusal"]?.string ?? "")
        case "thinking"?, "reasoning"?: return reasoning(value)
        case "redacted_thinking"?: return .redacted
        case "tool_use"?, "server_tool_use"?, "mcp_tool_use"?: return toolCall(value)
        case let type? where type.hasSuffix("tool_result"):
            return .toolResult(id: value["tool_use_id"]?.string, result: joined(value["content"]))
        case "image_url"?, "input_image"?, "image"?, "document"?, "input_audio"?, "file"?, "input_file"?:
            return media(value)
        case let type?: return .other(type: type, json: value.text())
        case nil: return untyped(value)
        }
    }

    /// Parts of Gemini and of Amazon's Converse API, which the key tells apart.
    private static func untyped(_ value: JSONValue) -> MessagePart {
        if let text = value["text"]?.string { return value["thought"]?.bool == true ? .reasoning(text) : .text(text) }
        if let call = value["functionCall"] ?? value["toolUse"] {
            return .toolCall(
                id: (call["id"] ?? call["toolUseId"])?.string, name: call["name"]?.string,
                arguments: (call["args"] ?? call["input"])?.rawText)
        }
        if let answer = value["functionResponse"] ?? value["toolResult"] {
            return .toolResult(
                id: (answer["id"] ?? answer["toolUseId"] ?? answer["name"])?.string,
                result: answer["response"]?.rawText ?? joined(answer["content"]))
        }
        if let text = value["reasoningContent"]?["reasoningText"]?["text"]?.string { return .reasoning(text) }
        if let data = value["inlineData"] ?? value["fileData"] ?? value["inline_data"] ?? value["file_data"] {
            let mime = (data["mimeType"] ?? data["mime_type"])?.string
            let size = "\(data["data"]?.string?.utf8.count ?? 0) bytes of base64"
            let modality = mime?.split(separator: "/").first.map(String.init) ?? "file"
            return media(modality, mime, (data["fileUri"] ?? data["file_uri"])?.string ?? size)
        }
        return .other(type: value.members?.first?.key ?? "", json: value.text())
    }

    private static func reasoning(_ value: JSONValue) -> MessagePart {
        if let text = (value["thinking"] ?? value["text"])?.filledString { return .reasoning(text) }
        let texts = ((value["summary"]?.elements ?? []) + (value["content"]?.elements ?? []))
            .compactMap { $0["text"]?.string }
        return texts.isEmpty ? .redacted : .reasoning(texts.joined(separator: "\n"))
    }

    private static func toolCall(_ value: JSONValue) -> MessagePart {
        let function = value["function"] ?? value["custom"] ?? value
        return .toolCall(
            id: (value["call_id"] ?? value["id"])?.string, name: function["name"]?.string ?? value["type"]?.string,
            arguments: (function["arguments"] ?? function["input"] ?? function["action"])?.rawText)
    }

    private static func media(_ value: JSONValue) -> MessagePart {
        let type = value["type"]?.string ?? "file"
        let modality = type.contains("image") ? "image" : type.contains("audio") ? "audio" : "file"
        let source = value["source"] ?? value["image_url"] ?? value["file"] ?? value["input_audio"] ?? value
        let address = source.string ?? source["url"]?.string ?? source["file_id"]?.string ?? value["file_id"]?.string
        if let address, !address.hasPrefix("data:") { return media(modality, nil, address) }
        let data = address ?? (source["data"] ?? source["file_data"])?.string
        return media(modality, source["media_type"]?.string, "\(data?.utf8.count ?? 0) bytes of base64")
    }

    private static func media(_ modality: String, _ mimeType: String?, _ reference: String) -> MessagePart {
        .media(modality: modality, mimeType: mimeType, reference: reference)
    }

    /// The plain text of a list of texts, JSON of anything else; nil for nothing.
    private static func joined(_ value: JSONValue?) -> String? {
        guard let value else { return nil }
        if let elements = value.elements, !elements.isEmpty {
            let texts = elements.compactMap { $0["text"]?.string }
            if texts.count == elements.count { return texts.joined(separator: "\n") }
        }
        return value.rawText
    }
}
