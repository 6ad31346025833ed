import FastJSON
import TraceModel

/// Events of Gemini's interactions API.
enum InteractionsReader {
    static func read(_ event: JSONValue, into builder: inout ResponseBuilder) -> Bool {
        guard let type = event["event_type"]?.string else { return false }
        let block = ChoiceDraft.Block(event["index"]?.smallIndex ?? 0)
        switch type {
        case "interaction.created", "interaction.status_update", "interaction.in_progress", "step.stop":
            builder.identify(id: event["interaction"]?["id"], model: event["interaction"]?["model"])
        case "interaction.completed", "interaction.complete", "interaction.failed", "interaction.cancelled":
            let interaction = event["interaction"]
            builder.identify(id: interaction?["id"], model: interaction?["model"])
            let status = interaction?["status"]?.filledString ?? type
            builder.finish(status, reason: status)
            if let usage = interaction?["usage"], usage.members != nil {
                builder.response.usage.interactions(usage)
                builder.usageChunk(usage.text())
            }
            if status == "failed" {
                builder.fail(type: status, message: interaction?["error"]?["message"]?.string)
            }
        case "step.start":
            guard let step = event["step"] else { return false }
            begin(step, at: block, into: &builder)
        case "step.delta":
            guard let delta = event["delta"] else { return false }
            return read(delta, at: block, into: &builder)
        default:
            return false
        }
        return true
    }

    private static func begin(_ step: JSONValue, at block: ChoiceDraft.Block, into builder: inout ResponseBuilder) {
        let type = step["type"]?.string ?? ""
        guard type.hasSuffix("_call") else { return }
        let name = step["name"]?.string ?? String(type.dropLast("_call".count))
        builder.toolCall(
            .block(block), id: step["id"]?.string, name: name, initialArguments: step["arguments"]?.rawText)
    }

    private static func read(
        _ delta: JSONValue, at block: ChoiceDraft.Block, into builder: inout ResponseBuilder
    ) -> Bool {
        let type = delta["type"]?.string ?? ""
        switch type {
        case "text": builder.text(.text, delta["text"]?.string ?? "", block: block)
        case "thought", "thought_summary":
            let content = delta["content"]
            builder.text(.reasoning, content?["text"]?.string ?? delta["text"]?.string ?? "", block: block)
        case "thought_signature": builder.note(type)
        case "arguments_delta": builder.toolCall(.block(block), arguments: delta["arguments"]?.rawText ?? "")
        case _ where type.hasSuffix("_call"):
            builder.toolCall(.block(block), arguments: delta["arguments"]?.rawText ?? "")
        case _ where type.hasSuffix("_result"):
            builder.part(.toolResult(id: delta["call_id"]?.string, result: delta["result"]?.rawText), block: nil)
            builder.note(type)
        default: return false
        }
        return true
    }
}
