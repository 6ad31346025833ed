import FastJSON
import TraceModel

/// Events of Cohere's chat API, versions 2 and 1, and whole answers of version 2.
enum CohereReader {
    static func read(_ event: JSONValue, into builder: inout ResponseBuilder) -> Bool {
        if let type = event["type"]?.string { return read(type, event, into: &builder) }
        if let type = event["event_type"]?.string { return readFirstVersion(type, event, into: &builder) }
        guard let message = event["message"], message["content"] != nil else { return false }
        builder.identify(id: event["id"], model: nil)
        for (index, part) in (message["content"]?.elements ?? []).enumerated() {
            content(part, at: ChoiceDraft.Block(index), into: &builder)
        }
        for call in message["tool_calls"]?.elements ?? [] { toolCall(call, .new, into: &builder) }
        end(event, into: &builder)
        return true
    }

    private static func read(_ type: String, _ event: JSONValue, into builder: inout ResponseBuilder) -> Bool {
        let message = event["delta"]?["message"]
        let block = ChoiceDraft.Block(event["index"]?.smallIndex ?? 0)
        switch type {
        case "message-start":
            builder.identify(id: event["id"], model: nil)
            builder.role(message?["role"]?.string)
        case "content-start", "content-delta":
            if let part = message?["content"] { content(part, at: block, into: &builder) }
        case "tool-plan-delta":
            builder.text(.reasoning, message?["tool_plan"]?.string ?? "")
        case "tool-call-start", "tool-call-delta":
            // Calls are numbered apart from the blocks of content.
            if let call = message?["tool_calls"] { toolCall(call, .number(block.outer), into: &builder) }
        case "content-end", "tool-call-end":
            break
        case "message-end":
            guard let delta = event["delta"] else { return false }
            end(delta, into: &builder)
        default:
            return false
        }
        return true
    }

    private static func content(_ part: JSONValue, at block: ChoiceDraft.Block, into builder: inout ResponseBuilder) {
        if let text = part["thinking"]?.string { builder.text(.reasoning, text, block: block) }
        if let text = part["text"]?.string { builder.text(.text, text, block: block) }
    }

    private static func toolCall(
        _ call: JSONValue, _ reference: CallReference, into builder: inout ResponseBuilder
    ) {
        let function = call["function"]
        builder.toolCall(
            reference, id: call["id"]?.string, name: function?["name"]?.string,
            arguments: function?["arguments"]?.rawText ?? "")
    }

    private static func end(_ event: JSONValue, into builder: inout ResponseBuilder) {
        if let error = event["error"]?.filledString { builder.fail(type: "error", message: error) }
        if let reason = event["finish_reason"]?.filledString { builder.finish(reason, reason: reason) }
        builder.usage(event["usage"]) { $0.cohere($1) }
    }

    private static func readFirstVersion(
        _ type: String, _ event: JSONValue, into builder: inout ResponseBuilder
    ) -> Bool {
        switch type {
        case "stream-start":
            builder.identify(id: event["generation_id"], model: nil)
        case "text-generation":
            builder.text(.text, event["text"]?.string ?? "")
        case "stream-end":
            builder.identify(id: event["response"]?["generation_id"], model: nil)
            if let usage = event["response"]?["meta"] { builder.response.usage.cohere(usage) }
            let reason = event["finish_reason"]?.filledString
            builder.finish(reason ?? type, reason: reason)
        default:
            return false
        }
        return true
    }
}
