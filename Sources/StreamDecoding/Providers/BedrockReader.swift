import FastJSON
import TraceModel

/// Events of Amazon's ConverseStream, each under its name, and whole answers of Converse.
enum BedrockReader {
    static func read(_ event: JSONValue, into builder: inout ResponseBuilder) -> Bool {
        if let message = event["output"]?["message"] {
            readWhole(message, event, into: &builder)
            return true
        }
        var isKnown = false
        for member in event.members ?? [] where read(member.key, member.value, into: &builder) { isKnown = true }
        return isKnown
    }

    private static func read(_ name: String, _ event: JSONValue, into builder: inout ResponseBuilder) -> Bool {
        let block = ChoiceDraft.Block(event["contentBlockIndex"]?.smallIndex ?? 0)
        switch name {
        case "messageStart":
            builder.role(event["role"]?.string)
            builder.note(name)
        case "contentBlockStart":
            if let call = event["start"]?["toolUse"] {
                builder.toolCall(.block(block), id: call["toolUseId"]?.string, name: call["name"]?.string)
            } else {
                builder.note(name)
            }
        case "contentBlockDelta":
            guard let delta = event["delta"] else { return false }
            read(delta, at: block, into: &builder)
        case "contentBlockStop":
            builder.note(name)
        case "messageStop":
            let reason = event["stopReason"]?.filledString
            builder.finish(reason ?? name, reason: reason)
        case "metadata":
            if !builder.usage(event["usage"], { $0.bedrock($1) }) { builder.note(name) }
            latency(event, into: &builder)
        case _ where name.hasSuffix("Exception") || name.hasSuffix("Error"):
            builder.fail(type: name, message: event["message"]?.string ?? event["originalMessage"]?.string)
        default:
            return false
        }
        return true
    }

    private static func read(_ delta: JSONValue, at block: ChoiceDraft.Block, into builder: inout ResponseBuilder) {
        if let text = delta["text"]?.string {
            builder.text(.text, text, block: block)
            if text.isEmpty { builder.note("contentBlockDelta") }
        } else if let call = delta["toolUse"] {
            builder.toolCall(.block(block), arguments: call["input"]?.rawText ?? "")
        } else if let text = delta["reasoningContent"]?["text"]?.string {
            builder.text(.reasoning, text, block: block)
        } else {
            builder.note("contentBlockDelta")
        }
    }

    private static func latency(_ event: JSONValue, into builder: inout ResponseBuilder) {
        if let milliseconds = event["metrics"]?["latencyMs"]?.int, milliseconds >= 0, milliseconds < 1 << 40 {
            builder.response.providerDurationNanos = milliseconds * 1_000_000
        }
    }

    private static func readWhole(_ message: JSONValue, _ event: JSONValue, into builder: inout ResponseBuilder) {
        builder.role(message["role"]?.string)
        for (index, part) in (message["content"]?.elements ?? []).enumerated() {
            let block = ChoiceDraft.Block(index)
            if let text = part["text"]?.string {
                builder.text(.text, text, block: block)
            } else if let text = part["reasoningContent"]?["reasoningText"]?["text"]?.string {
                builder.text(.reasoning, text, block: block)
            } else if let call = part["toolUse"] {
                builder.toolCall(
                    .block(block), id: call["toolUseId"]?.string, name: call["name"]?.string,
                    arguments: call["input"]?.rawText ?? "")
            } else {
                builder.part(.other(type: part.members?.first?.key ?? "", json: part.text()), block: block)
            }
        }
        if let reason = event["stopReason"]?.filledString { builder.finish(reason, reason: reason) }
        if let usage = event["usage"] { builder.response.usage.bedrock(usage) }
        latency(event, into: &builder)
    }
}
