import FastJSON
import TraceModel

/// Reads conversations out of JSON in any of the forms that programs write.
///
/// Known are the message form of the OpenTelemetry GenAI conventions, those of the OpenAI, Anthropic and Gemini APIs,
/// of LangChain, and of the Vercel AI SDK.
enum MessageReader {
    /// The messages that a value stands for; empty where it is no conversation.
    ///
    /// `role` is that of messages which state none.
    static func messages(_ value: JSONValue, role: String) -> [Message] {
        let value = typedValue(value) ?? value
        switch value {
        case .string(let text):
            if let json = embedded(text) { return messages(json, role: role) }
            return text.isEmpty ? [] : [Message(role: role, parts: [MessageParts.text(text)])]
        case .array(let elements):
            return list(elements, role: role)
        case .object:
            return object(value, role: role)
        default:
            return []
        }
    }

    /// JSON that a string holds; nil for plain text, and for JSON that is cut.
    static func embedded(_ text: String) -> JSONValue? {
        text.utf8.opensContainer ? try? JSONValue(parsing: text) : nil
    }

    /// What an object of nothing but a type and a value holds.
    static func typedValue(_ value: JSONValue) -> JSONValue? {
        guard value.members?.count == 2, let inner = value["value"],
            DialectTable.typesOfValues.contains(value["type"]?.string ?? "")
        else { return nil }
        return inner
    }

    /// An attribute as JSON, where a text that holds JSON stands for it.
    static func structured(_ value: AttributeValue) -> JSONValue {
        value.stringValue.flatMap(embedded) ?? JSONValue(value)
    }

    /// A list is one of messages, of lists of messages (LangChain's batches), or of the parts of one message.
    private static func list(_ elements: [JSONValue], role: String) -> [Message] {
        var messages: [Message] = []
        var looseParts: [MessagePart] = []
        var isPiece = false
        for element in elements {
            if case .array(let inner) = element {
                for innerElement in inner { messages += self.message(innerElement, role: role).map { [$0] } ?? [] }
            } else if let message = message(element, role: role) {
                // Google's agents write each chunk as a message, whose reason is empty before the last one.
                if isPiece, let last = messages.indices.last, messages[last].role == message.role {
                    messages[last].goOn(with: message)
                } else {
                    messages.append(message)
                }
                isPiece = element["finish_reason"]?.string?.isEmpty == true
            } else {
                looseParts += MessageParts.parts(element)
            }
        }
        if !looseParts.isEmpty { messages.append(Message(role: role, parts: looseParts)) }
        return messages
    }

    /// An object is a message, or holds messages under one of a few keys.
    private static func object(_ value: JSONValue, role: String) -> [Message] {
        for key in [
            "messages", "input_messages", "contents", "choices", "candidates", "generations", "output", "replies",
        ] {
            guard case .array(let elements)? = value[key] else { continue }
            var messages = systemPrompt(value)
            // LangChain's generations are a list for each prompt.
            for element in key == "generations" ? elements.flatMap({ $0.elements ?? [$0] }) : elements {
                // Choices of a completion and generations wrap the message, Gemini's candidates their content.
                let inner = element["message"] ?? element["content"].flatMap { $0.members == nil ? nil : $0 }
                if wrappers.contains(key), let inner, var message = message(inner, role: role) {
                    message.finishReason = finishReason(element) ?? message.finishReason
                    messages.append(message)
                } else if key == "generations", let text = element["text"]?.string {
                    messages.append(Message(role: role, parts: text.isEmpty ? [] : [MessageParts.text(text)]))
                } else {
                    messages += list([element], role: role)
                }
            }
            if !messages.isEmpty { return messages }
        }
        if let message = message(value, role: role) { return [message] }
        let parts = MessageParts.parts(value)
        return parts.isEmpty ? [] : [Message(role: role, parts: parts)]
    }

    private static let wrappers: Set<String> = ["choices", "candidates", "generations"]

    /// The system prompt that stands beside the list of messages in the Anthropic and Gemini forms.
    private static func systemPrompt(_ value: JSONValue) -> [Message] {
        guard let system = value["system"] ?? value["system_instruction"] ?? value["instructions"] else { return [] }
        let parts = MessageParts.parts(system)
        return parts.isEmpty ? [] : [Message(role: "system", parts: parts)]
    }

    /// One message; nil where the value has nothing that only messages have.
    private static func message(_ value: JSONValue, role fallback: String) -> Message? {
        guard value.members != nil else { return nil }
        if let wrapped = langChain(value) { return wrapped }
        // A choice of a completion that stands alone.
        if value["role"] == nil, value["index"] != nil || value["finish_reason"] != nil, let inner = value["message"],
            inner["message"] == nil, var message = message(inner, role: fallback)
        {
            message.finishReason = finishReason(value) ?? message.finishReason
            return message
        }
        let hasContent =
            value["parts"] != nil || value["content"] != nil || value["contents"] != nil || value["tool_calls"] != nil
        let role = value["role"]?.string
        guard role != nil && (hasContent || value["tool_call_id"] != nil) || hasContent && value["type"] == nil else {
            return nil
        }
        var message = Message(role: role ?? fallback, name: value["name"]?.string, parts: [])
        message.finishReason = finishReason(value)
        message.parts = body(value)
        return message
    }

    private static func finishReason(_ value: JSONValue) -> String? {
        let reason = value["finish_reason"] ?? value["finishReason"] ?? value["stop_reason"]
        return reason?.filledString
    }

    /// The parts of a message: reasoning, content, the tools it calls, or the result it brings.
    private static func body(_ value: JSONValue) -> [MessagePart] {
        var parts: [MessagePart] = []
        if let reasoning = value.reasoning { parts.append(.reasoning(reasoning)) }
        let content = MessageParts.parts(value["parts"] ?? value["content"] ?? value["contents"] ?? .null)
        let answers = (value["tool_call_id"] ?? (value["role"]?.string == "tool" ? value["id"] : nil))?.string
        if let answers {
            let text = MessageParts.plainText(content) ?? (value["content"] ?? .null).text()
            let isResult = content.contains { if case .toolResult = $0 { true } else { false } }
            parts += isResult ? content : [.toolResult(id: answers, result: text)]
        } else {
            parts += content
        }
        for call in value["tool_calls"]?.elements ?? [] {
            parts.append(MessageParts.toolCall(call))
        }
        if let call = value["function_call"], call.members != nil { parts.append(MessageParts.toolCall(call)) }
        return parts
    }

    /// LangChain's serialised messages: `{"type": "human", "data": {…}}` and `{"lc": 1, "id": […], "kwargs": {…}}`.
    private static func langChain(_ value: JSONValue) -> Message? {
        let inner: JSONValue
        let type: String
        if let kwargs = value["kwargs"], kwargs.members != nil, case .array(let path)? = value["id"] {
            inner = kwargs
            type = kwargs["type"]?.string ?? path.last?.string ?? ""
        } else if let data = value["data"], data.members != nil, let word = value["type"]?.string {
            inner = data
            type = word
        } else if value["role"] == nil, value["content"] != nil, let word = value["type"]?.string,
            langChainRoles[word] != nil
        {
            inner = value
            type = word
        } else {
            return nil
        }
        guard let role = langChainRoles[type], inner["content"] != nil else { return nil }
        var message = Message(role: role, name: inner["name"]?.string, parts: body(inner))
        message.finishReason = inner["response_metadata"].flatMap(finishReason)
        return message
    }

    private static let langChainRoles = [
        "human": "user", "ai": "assistant", "system": "system", "tool": "tool", "function": "tool",
        "HumanMessage": "user", "AIMessage": "assistant", "AIMessageChunk": "assistant", "SystemMessage": "system",
        "ToolMessage": "tool", "FunctionMessage": "tool",
    ]
}

extension Message {
    /// Takes in the next piece of the same message: texts go on, other parts follow.
    fileprivate mutating func goOn(with piece: Message) {
        finishReason = piece.finishReason
        for part in piece.parts {
            switch (parts.last, part) {
            case (.text(let start), .text(let rest)): parts[parts.count - 1] = .text(start + rest)
            case (.reasoning(let start), .reasoning(let rest)): parts[parts.count - 1] = .reasoning(start + rest)
            default: parts.append(part)
            }
        }
    }
}
