import TraceModel

/// Reads conversations that were flattened into attributes.
enum FlatMessages {
    /// OpenInference's form: `llm.input_messages.N.message.*`.
    static func openInference(_ attributes: [Attribute], prefix: String, role: String) -> [Message] {
        FlatList(attributes, prefix: prefix).elements.map { element in
            var message = Message(
                role: element.text("message.role") ?? role, name: element.text("message.name"), parts: [])
            let contents = FlatList(element, prefix: "message.contents.").elements.compactMap(contentPart)
            let content = element.text("message.content").flatMap { $0.isEmpty ? nil : $0 }
            if let answered = element.text("message.tool_call_id") {
                let text = content ?? MessageParts.plainText(contents)
                message.parts.append(.toolResult(id: answered, result: text))
            } else if !contents.isEmpty {
                // Some producers write the same text in both forms.
                message.parts += contents
            } else if let content {
                message.parts.append(MessageParts.text(content))
            }
            for call in FlatList(element, prefix: "message.tool_calls.").elements {
                message.parts.append(toolCall(call))
            }
            if let name = element.text("message.function_call_name") {
                let arguments = element.text("message.function_call_arguments_json")
                message.parts.append(.toolCall(id: nil, name: name, arguments: arguments))
            }
            return message
        }
    }

    private static func toolCall(_ call: [Attribute]) -> MessagePart {
        .toolCall(
            id: call.text("tool_call.id"), name: call.text("tool_call.function.name"),
            arguments: call.text("tool_call.function.arguments"))
    }

    private static func contentPart(_ content: [Attribute]) -> MessagePart? {
        if content.contains(where: { $0.key.hasPrefix("tool_call.") }) { return toolCall(content) }
        if let image = content.text("message_content.image.image.url", "message_content.image") {
            let isData = image.hasPrefix("data:")
            return .media(
                modality: "image", mimeType: nil,
                reference: isData ? "\(image.utf8.count) bytes of base64" : image)
        }
        let text = content.text("message_content.text") ?? ""
        switch content.text("message_content.type") {
        case "reasoning", "thinking":
            return text.isEmpty || text == MessageParts.redactedText ? .redacted : .reasoning(text)
        case let type?
        where text.isEmpty && type != "text":
            return .other(type: type, json: JSONValueText.object(content))
        default:
            return text.isEmpty ? nil : MessageParts.text(text)
        }
    }

    /// OpenLLMetry's form: `gen_ai.prompt.N.*` and `gen_ai.completion.N.*`.
    static func openLLMetry(_ attributes: [Attribute], prefix: String, role: String) -> [Message] {
        FlatList(attributes, prefix: prefix).elements.map { element in
            var message = Message(role: element.text("role") ?? role, parts: [])
            message.finishReason = element.text("finish_reason").flatMap { $0.isEmpty ? nil : $0 }
            if let reasoning = element.text("reasoning"), !reasoning.isEmpty {
                message.parts.append(.reasoning(reasoning))
            }
            let content = element.text("content").flatMap { $0.isEmpty ? nil : $0 }
            if let answered = element.text("tool_call_id") {
                message.parts.append(.toolResult(id: answered, result: content))
            } else if let content {
                // Lists of parts are written as JSON text.
                let json = content.utf8.first == UInt8(ascii: "[") ? MessageReader.embedded(content) : nil
                let parts = json.map(MessageParts.parts) ?? []
                message.parts += parts.isEmpty ? [MessageParts.text(content)] : parts
            }
            for call in FlatList(element, prefix: "tool_calls.").elements {
                message.parts.append(
                    .toolCall(id: call.text("id"), name: call.text("name"), arguments: call.text("arguments")))
            }
            // LiteLLM makes an element of each call.
            if let name = element.text("function_call.name") {
                message.parts.append(.toolCall(id: nil, name: name, arguments: element.text("function_call.arguments")))
            }
            return message
        }
    }

    /// OpenInference's form of the text-completion API.
    static func completions(
        _ attributes: [Attribute], prefix: String, key: String, role: String
    ) -> [Message] {
        FlatList(attributes, prefix: prefix).elements.compactMap { element in
            element.text(key).map { Message(role: role, parts: [MessageParts.text($0)]) }
        }
    }
}

/// Lists of objects that were flattened into attributes with numbers in their names.
///
/// `llm.input_messages.0.message.role` is the member `message.role` of the first element of the list
/// `llm.input_messages`. Elements that lost all their attributes leave a hole and are left out.
struct FlatList {
    /// The elements in the order of their numbers, each with its members in the order of the attributes.
    let elements: [[Attribute]]

    /// Collects the list with this name, which must end with a dot, as in `llm.input_messages.`.
    init(_ attributes: [Attribute], prefix: String) {
        var byNumber: [Int: [Attribute]] = [:]
        for attribute in attributes {
            guard let (number, rest) = Self.split(attribute.key, prefix) else { continue }
            byNumber[number, default: []].append(Attribute(rest, attribute.value))
        }
        elements = byNumber.keys.sorted().compactMap { byNumber[$0] }
    }

    /// The number and the rest of a name behind a prefix.
    private static func split(_ key: String, _ prefix: String) -> (Int, String)? {
        guard key.hasPrefix(prefix) else { return nil }
        let rest = key.dropFirst(prefix.count)
        guard let dot = rest.firstIndex(of: "."), let number = Int(rest[..<dot]), number >= 0 else { return nil }
        return (number, String(rest[rest.index(after: dot)...]))
    }
}

extension [Attribute] {
    /// The text of the first of several keys that has one.
    func text(_ keys: String...) -> String? {
        for key in keys {
            switch value(of: key) {
            case .string(let text)?: return text
            case .int(let number)?: return String(number)
            case .double(let number)?: return String(number)
            default: continue
            }
        }
        return nil
    }
}
