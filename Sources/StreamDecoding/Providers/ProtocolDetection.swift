import FastJSON

/// Tells by an event which provider's protocol it belongs to.
enum ProtocolDetection {
    /// The event inside the wrappings of clients: Claude's stream-json lines, Gemini's code assist.
    static func unwrapped(_ value: JSONValue) -> JSONValue {
        if value["type"]?.string == "stream_event", let event = value["event"], event.members != nil { return event }
        if let response = value["response"], response["candidates"] != nil { return response }
        return value
    }

    /// The protocol; nil where the event could be anybody's, such as an error.
    static func wireProtocol(of event: JSONValue, name: String?) -> WireProtocol? {
        guard let members = event.members else { return nil }
        if let type = event["type"]?.string, let found = byType(type, event) { return found }
        for member in members {
            if let found = byKey(member.key, event) { return found }
        }
        return nil
    }

    private static let anthropicTypes: Set<String> = [
        "message_start", "content_block_start", "content_block_delta", "content_block_stop", "message_delta",
        "message_stop", "ping",
    ]

    private static let cohereTypes: Set<String> = [
        "message-start", "content-start", "content-delta", "content-end", "message-end", "tool-plan-delta",
        "tool-call-start", "tool-call-delta", "tool-call-end", "citation-start", "citation-end",
    ]

    private static let bedrockKeys: Set<String> = [
        "messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "stopReason",
    ]

    private static func byType(_ type: String, _ event: JSONValue) -> WireProtocol? {
        if type.hasPrefix("response.") { return .openAIResponses }
        if type.hasPrefix("session.") { return .openAIRealtime }
        if anthropicTypes.contains(type) { return .anthropicMessages }
        if cohereTypes.contains(type) { return .cohereChat }
        if type == "message", event["content"]?.elements != nil { return .anthropicMessages }
        return nil
    }

    private static func byKey(_ key: String, _ event: JSONValue) -> WireProtocol? {
        switch key {
        case "choices":
            guard let choices = event["choices"]?.elements else { return nil }
            let isCompletion = event["object"]?.string == "text_completion" || choices.first?["text"] != nil
            return isCompletion ? .openAICompletions : .openAIChat
        case "object":
            switch event["object"]?.string {
            case "response": return .openAIResponses
            case "text_completion": return .openAICompletions
            case "chat.completion", "chat.completion.chunk": return .openAIChat
            default: return nil
            }
        case "candidates", "usageMetadata", "promptFeedback":
            return .geminiGenerate
        case "event_type":
            guard let type = event["event_type"]?.string else { return nil }
            if type.hasPrefix("step.") || type.hasPrefix("interaction.") { return .geminiInteractions }
            return ["stream-start", "text-generation", "stream-end"].contains(type) ? .cohereChat : nil
        case "done" where event["model"] != nil:
            return event["response"] != nil ? .ollamaGenerate : event["message"] != nil ? .ollamaChat : nil
        case "metadata" where event["metadata"]?["usage"]?["inputTokens"] != nil:
            return .bedrockConverse
        case "output" where event["output"]?["message"] != nil:
            return .bedrockConverse
        default:
            return bedrockKeys.contains(key) ? .bedrockConverse : nil
        }
    }
}
