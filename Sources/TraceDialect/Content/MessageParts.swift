import FastJSON
import TraceModel

/// Reads the parts of a message in the forms of all known APIs.
enum MessageParts {
    /// What OpenInference puts in the place of hidden content.
    static let redactedText = "__REDACTED__"
    /// What all sources put there.
    static let redactedTexts: Set<String> = [redactedText, "<elided>", "[REDACTED]", "<redacted>"]

    static func text(_ text: String) -> MessagePart {
        redactedTexts.contains(text) ? .redacted : .text(text)
    }

    /// The parts that a content value stands for.
    static func parts(_ value: JSONValue) -> [MessagePart] {
        switch value {
        case .null: []
        case .string(let text): text.isEmpty ? [] : [Self.text(text)]
        case .array(let elements): elements.compactMap(part)
        case .object: contentObject(value)
        case .bool, .int, .double: [.text(value.text())]
        }
    }

    /// Google's content object holds `parts`; any other is one part.
    private static func contentObject(_ value: JSONValue) -> [MessagePart] {
        if case .array(let inner)? = value["parts"] { return inner.compactMap(part) }
        return part(value).map { [$0] } ?? []
    }

    /// The plain text of parts that are all text; nil otherwise.
    static func plainText(_ parts: [MessagePart]) -> String? {
        var texts: [String] = []
        for part in parts {
            guard case .text(let text) = part else { return nil }
            texts.append(text)
        }
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }

    /// A tool call in the form of OpenAI (`function`), LangChain (`args`) or the conventions (`arguments`).
    static func toolCall(_ value: JSONValue) -> MessagePart {
        let function = value["function"] ?? value
        let arguments = function["arguments"] ?? function["args"] ?? function["input"] ?? value["args"]
        return .toolCall(
            id: string(value, "id", "call_id", "tool_call_id", "toolCallId"),
            name: string(function, "name", "toolName", "tool_name"), arguments: arguments.flatMap(\.rawText))
    }

    private static func part(_ value: JSONValue) -> MessagePart? {
        switch value {
        case .string(let text): return text.isEmpty ? nil : Self.text(text)
        case .object: break
        case .null: return nil
        default: return .text(value.text())
        }
        guard let type = value["type"]?.string else { return untyped(value) }
        switch type {
        case "text", "input_text", "output_text", "refusal":
            let text = string(value, "content", "text", "refusal")
            return text.flatMap { $0.isEmpty ? nil : Self.text($0) }
        case "reasoning", "thinking", "redacted_thinking":
            return reasoning(value)
        case "tool_call", "tool_use", "tool-call", "function_call", "server_tool_use", "function":
            return toolCall(value)
        case "tool_call_response", "tool_result", "tool-result", "function_call_output", "tool_response":
            return toolResult(value)
        case "blob", "file", "uri", "image", "image_url", "input_image", "audio", "input_audio", "video", "document",
            "input_file", "media":
            return media(value, type: type)
        default:
            return .other(type: type, json: value.text())
        }
    }

    /// Parts of the Gemini API, of Amazon's Converse API and of Haystack, which the key tells apart.
    private static func untyped(_ value: JSONValue) -> MessagePart? {
        if let call = value["functionCall"] ?? value["function_call"] ?? value["toolUse"] {
            return .toolCall(
                id: string(call, "id", "toolUseId"), name: string(call, "name"),
                arguments: (call["args"] ?? call["input"]).flatMap(\.rawText))
        }
        if let answer = value["functionResponse"] ?? value["function_response"] ?? value["toolResult"] {
            return .toolResult(
                id: string(answer, "id", "toolUseId", "name"),
                result: (answer["response"] ?? answer["content"]).flatMap(\.rawText))
        }
        if let call = value["tool_call"], call.members != nil { return toolCall(call) }
        if let answer = value["tool_call_result"], answer.members != nil {
            return .toolResult(
                id: answer["origin"].flatMap { string($0, "id") }, result: answer["result"].flatMap(\.rawText))
        }
        if let blob = value["inlineData"] ?? value["inline_data"] ?? value["fileData"] ?? value["file_data"] {
            return media(blob, type: "file")
        }
        if let text = value["text"]?.string ?? value["content"]?.string {
            if value["thought"]?.bool == true { return .reasoning(text) }
            return text.isEmpty ? nil : Self.text(text)
        }
        if let inner = value["reasoningContent"]?["reasoningText"]?["text"]?.string { return .reasoning(inner) }
        return .other(type: "", json: value.text())
    }

    private static func reasoning(_ value: JSONValue) -> MessagePart {
        if let text = string(value, "content", "text", "thinking", "reasoning"), !text.isEmpty {
            return redactedTexts.contains(text) ? .redacted : .reasoning(text)
        }
        let summary = value["summary"]?.elements?.compactMap { $0["text"]?.string } ?? []
        return summary.isEmpty ? .redacted : .reasoning(summary.joined(separator: "\n"))
    }

    private static func toolResult(_ value: JSONValue) -> MessagePart {
        let result = value["response"] ?? value["result"] ?? value["output"] ?? value["content"]
        let text = result.flatMap { result in joinedText(result) ?? result.rawText }
        return .toolResult(
            id: string(value, "id", "tool_call_id", "tool_use_id", "call_id", "toolCallId"), result: text)
    }

    /// The text of a list of text parts; nil for anything else.
    private static func joinedText(_ value: JSONValue) -> String? {
        guard let elements = value.elements, !elements.isEmpty else { return nil }
        let texts = elements.compactMap { $0.string ?? $0["text"]?.string }
        return texts.count == elements.count ? texts.joined(separator: "\n") : nil
    }

    private static func media(_ value: JSONValue, type: String) -> MessagePart {
        let modality = string(value, "modality") ?? String(type.split(separator: "_").last ?? "file")
        let source = value["source"] ?? value["image_url"] ?? value["file"] ?? value["input_audio"] ?? value
        let mime = string(value, "mime_type", "mimeType") ?? string(source, "media_type", "mime_type")
        let address =
            string(value, "uri", "fileUri", "file_id", "url") ?? string(source, "url", "file_id")
            ?? value["image_url"]?.string
        if let address, !address.hasPrefix("data:") {
            return .media(modality: modality, mimeType: mime, reference: address)
        }
        let data = address ?? string(value, "content", "data") ?? string(source, "data") ?? ""
        return .media(modality: modality, mimeType: mime, reference: "\(data.utf8.count) bytes of base64")
    }

    private static func string(_ value: JSONValue, _ keys: String...) -> String? {
        for key in keys {
            switch value[key] {
            case .string(let text)?: return text
            case .int(let number)?: return String(number)
            default: continue
            }
        }
        return nil
    }
}
