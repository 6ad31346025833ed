import FastJSON
import TraceModel

/// Reads conversations out of events, in the order of time.
enum EventMessages {
    /// The messages to the model, or the answers, that events hold.
    static func messages(_ events: [SpanEvent], isInput: Bool) -> [Message] {
        let ordered = events.enumerated().sorted { a, b in
            (a.element.timeUnixNano ?? .max, a.offset) < (b.element.timeUnixNano ?? .max, b.offset)
        }
        var found: [Message] = []
        for (_, event) in ordered {
            switch DialectTable.eventMeanings[event.name] {
            case .message(let role) where isInput:
                found += message(event, role: role)
            case .choice where !isInput:
                found += choice(event)
            case .prompt where isInput:
                found += text(event, "gen_ai.prompt", role: "user")
            case .completion where !isInput:
                found += text(event, "gen_ai.completion", role: "assistant")
            default:
                break
            }
        }
        return found
    }

    /// The members of an event: those of its body, else its attributes, whose values may be JSON text.
    private static func members(_ event: SpanEvent) -> JSONValue {
        if let body = event.body, body != .empty {
            let json = JSONValue(body)
            if case .string(let text) = json { return MessageReader.embedded(text) ?? ["content": json] }
            return json
        }
        return .object(event.attributes.map { JSONMember($0.key, MessageReader.structured($0.value)) })
    }

    private static func message(_ event: SpanEvent, role: String) -> [Message] {
        let json = members(event)
        var members = json.members ?? []
        if json["role"] == nil { members.append(JSONMember("role", .string(role))) }
        // A message without captured content still shows that it was there.
        if json["content"] == nil && json["tool_calls"] == nil { members.append(JSONMember("content", .null)) }
        return MessageReader.messages(.object(members), role: role)
    }

    private static func choice(_ event: SpanEvent) -> [Message] {
        let json = members(event)
        var inner = (json["message"] ?? json["content"]) ?? .null
        if inner.members == nil { inner = ["content": inner] }
        var members = inner.members ?? []
        if inner["role"] == nil { members.append(JSONMember("role", "assistant")) }
        if let calls = json["tool_calls"], inner["tool_calls"] == nil {
            members.append(JSONMember("tool_calls", calls))
        }
        if inner["content"] == nil && inner["parts"] == nil { members.append(JSONMember("content", .null)) }
        var messages = MessageReader.messages(.object(members), role: "assistant")
        if let reason = json["finish_reason"]?.string, !messages.isEmpty {
            messages[messages.count - 1].finishReason = reason
        }
        return messages
    }

    private static func text(_ event: SpanEvent, _ key: String, role: String) -> [Message] {
        event.attributes.value(of: key).map { MessageReader.messages(JSONValue($0), role: role) } ?? []
    }
}
