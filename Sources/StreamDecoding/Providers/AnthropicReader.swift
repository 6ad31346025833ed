import FastJSON
import TraceModel

/// Events of Anthropic's messages API, and its whole messages.
enum AnthropicReader {
    static func read(_ event: JSONValue, into builder: inout ResponseBuilder) -> Bool {
        guard let type = event["type"]?.string else { return false }
        let index = event["index"]?.smallIndex ?? 0
        switch type {
        case "message_start":
            guard let message = event["message"] else { return false }
            builder.beginMessage()
            head(message, into: &builder)
        case "content_block_start":
            guard let block = event["content_block"] else { return false }
            begin(block, at: ChoiceDraft.Block(index), isWhole: false, into: &builder)
        case "content_block_delta":
            guard let delta = event["delta"] else { return false }
            return read(delta, at: ChoiceDraft.Block(index), into: &builder)
        case "content_block_stop", "ping":
            break
        case "message_delta":
            if let reason = event["delta"]?["stop_reason"]?.filledString { builder.finish(reason, reason: reason) }
            builder.usage(event["usage"]) { $0.anthropic($1) }
        case "message_stop":
            builder.finish(type)
        case "message":
            head(event, into: &builder)
            for (index, block) in (event["content"]?.elements ?? []).enumerated() {
                begin(block, at: ChoiceDraft.Block(index), isWhole: true, into: &builder)
            }
            if let reason = event["stop_reason"]?.filledString { builder.finish(reason, reason: reason) }
        default:
            return false
        }
        return true
    }

    private static func head(_ message: JSONValue, into builder: inout ResponseBuilder) {
        builder.identify(id: message["id"], model: message["model"])
        builder.role(message["role"]?.string)
        if let usage = message["usage"] { builder.response.usage.anthropic(usage) }
    }

    private static func begin(
        _ block: JSONValue, at place: ChoiceDraft.Block, isWhole: Bool, into builder: inout ResponseBuilder
    ) {
        let type = block["type"]?.string ?? ""
        switch type {
        case "text":
            builder.text(.text, block["text"]?.string ?? "", block: place)
        case "thinking":
            builder.text(.reasoning, block["thinking"]?.string ?? "", block: place)
        case "redacted_thinking":
            builder.part(.redacted, block: place)
        case "tool_use", "server_tool_use", "mcp_tool_use":
            // A stream states an empty object here and the arguments in deltas.
            let input = block["input"].flatMap { $0.isNull ? nil : $0.rawText }
            builder.toolCall(
                .block(place), id: block["id"]?.string, name: block["name"]?.string,
                arguments: isWhole || block["input"]?.members?.isEmpty == false ? input ?? "" : "",
                initialArguments: input)
        case _ where type.hasSuffix("tool_result"):
            builder.part(
                .toolResult(id: block["tool_use_id"]?.string, result: block["content"]?.rawText), block: place)
        default:
            builder.part(.other(type: type, json: block.text()), block: place)
        }
    }

    private static func read(
        _ delta: JSONValue, at place: ChoiceDraft.Block, into builder: inout ResponseBuilder
    ) -> Bool {
        switch delta["type"]?.string {
        case "text_delta": builder.text(.text, delta["text"]?.string ?? "", block: place)
        case "thinking_delta": builder.text(.reasoning, delta["thinking"]?.string ?? "", block: place)
        case "input_json_delta":
            builder.toolCall(.block(place), arguments: delta["partial_json"]?.string ?? "")
        case "signature_delta": builder.note("signature_delta")
        default: return false
        }
        return true
    }
}
