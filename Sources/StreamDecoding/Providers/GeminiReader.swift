import FastJSON
import TraceModel

/// Chunks of Gemini's `generateContent` and `streamGenerateContent`, and their arrays.
enum GeminiReader {
    static func read(_ event: JSONValue, into builder: inout ResponseBuilder) -> Bool {
        let candidates = event["candidates"]?.elements
        let usage = event["usageMetadata"]
        let feedback = event["promptFeedback"]
        guard candidates != nil || usage != nil || feedback != nil else { return false }
        builder.identify(id: event["responseId"], model: event["modelVersion"])
        let before = builder.chunks.count
        var isLast = false
        for candidate in candidates ?? [] {
            let choice = candidate["index"]?.smallIndex ?? 0
            builder.role(candidate["content"]?["role"]?.string == "model" ? "assistant" : nil, choice: choice)
            for part in candidate["content"]?["parts"]?.elements ?? [] { read(part, choice: choice, into: &builder) }
            if let reason = candidate["finishReason"]?.filledString {
                isLast = true
                builder.finish(reason, reason: reason, choice: choice)
            }
        }
        if let reason = feedback?["blockReason"]?.filledString {
            isLast = true
            builder.finish(reason, reason: reason)
        }
        if let usage {
            builder.response.usage.gemini(usage)
            // Usage is cumulative and stands on every chunk; only the last, or one of its own, is a chunk.
            if isLast || builder.chunks.count == before { builder.usageChunk(usage.text()) }
        }
        return true
    }

    private static func read(_ part: JSONValue, choice: Int, into builder: inout ResponseBuilder) {
        if let text = part["text"]?.string {
            builder.text(part["thought"]?.bool == true ? .reasoning : .text, text, choice: choice)
        } else if let call = part["functionCall"] {
            read(call: call, choice: choice, into: &builder)
        } else if let code = part["executableCode"] {
            builder.toolCall(.new, name: "executable_code", arguments: code.text(), choice: choice)
        } else if let result = part["codeExecutionResult"] {
            builder.part(.toolResult(id: nil, result: result.text()), choice: choice)
        } else if let data = part["inlineData"] ?? part["fileData"] {
            let size = data["data"]?.string?.utf8.count
            let reference = data["fileUri"]?.string ?? "\(size ?? 0) bytes of base64"
            let mime = data["mimeType"]?.string
            let modality = mime?.split(separator: "/").first.map(String.init) ?? "file"
            builder.part(.media(modality: modality, mimeType: mime, reference: reference), choice: choice)
        } else if part.members?.contains(where: { $0.key != "thoughtSignature" }) == true {
            builder.part(.other(type: "", json: part.text()), choice: choice)
        }
    }

    /// A call is whole, or begins with a name and goes on with values by their paths until an empty one ends it.
    private static func read(call: JSONValue, choice: Int, into builder: inout ResponseBuilder) {
        if let name = call["name"]?.filledString {
            builder.toolCall(
                .new, id: call["id"]?.string, name: name, arguments: call["args"].flatMap(\.rawText) ?? "",
                choice: choice)
        }
        for element in call["partialArgs"]?.elements ?? [] { builder.partialArgument(element, choice: choice) }
    }
}

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
            builder.usage(interaction?["usage"]) { $0.interactions($1) }
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
