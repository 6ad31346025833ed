import FastJSON
import TraceModel

/// Events of OpenAI's responses API, the realtime API's likenesses of them, and whole responses.
enum OpenAIResponsesReader {
    typealias Block = ChoiceDraft.Block

    /// Where the pieces of one output item stand, so that a summary and a text of one index are two parts.
    private enum Lane {
        static let summary = 100_000
        static let reasoning = 200_000
        static let refusal = 300_000
        static let call = 400_000
    }

    static func read(_ event: JSONValue, into builder: inout ResponseBuilder) -> Bool {
        guard let type = event["type"]?.string else {
            guard event["object"]?.string == "response" else { return false }
            complete(event, into: &builder)
            return true
        }
        if type.hasSuffix(".delta") { return readDelta(type, event, into: &builder) }
        let output = event["output_index"]?.smallIndex ?? 0
        switch type {
        case "response.created", "response.in_progress", "response.queued":
            builder.identify(id: event["response"]?["id"], model: event["response"]?["model"])
        case "response.completed", "response.incomplete", "response.failed", "response.cancelled", "response.done":
            guard let response = event["response"] else { return false }
            complete(response, into: &builder)
        case "response.output_item.added":
            guard let item = event["item"] else { return false }
            if isCall(item) { call(item, at: output, isDone: false, into: &builder) }
        case "response.output_item.done":
            guard let item = event["item"] else { return false }
            finish(item, at: output, into: &builder)
        case "response.shell_call_command.added":
            let isFurther = (event["command_index"]?.int ?? 0) > 0
            builder.toolCall(.block(Block(output, Lane.call)), arguments: isFurther ? "\n" : "")
        case "session.created", "session.updated":
            builder.identify(id: event["session"]?["id"], model: event["session"]?["model"])
        case "session.closed":
            builder.finish(type)
        case _ where type.hasSuffix(".done"):
            readDone(type, event, output, into: &builder)
        default:
            return type.hasPrefix("response.") && isQuiet(type)
        }
        return true
    }

    /// Events of progress that carry nothing a reader would miss, and images on their way, whose last form counts.
    private static func isQuiet(_ type: String) -> Bool {
        [
            ".in_progress", ".completed", ".searching", ".interpreting", ".generating", ".partial_image", ".added",
            ".failed",
        ]
        .contains { type.hasSuffix($0) }
    }

    // MARK: Deltas

    /// A text that streams in deltas and ends in a final form.
    private struct StreamedText {
        let stem: String
        let kind: ChunkKind
        let lane: Int
        var index = "content_index"
        /// The members that the final form may stand in.
        var members = ["text"]

        func block(_ event: JSONValue) -> Block {
            Block(event["output_index"]?.smallIndex ?? 0, lane + (event[index]?.smallIndex ?? 0))
        }
    }

    private static let answers = [
        "response.output_text", "response.text", "response.audio.transcript", "response.audio_transcript",
        "response.output_audio_transcript",
    ].map { StreamedText(stem: $0, kind: .text, lane: 0, members: ["text", "transcript"]) }

    private static let texts =
        answers + [
            StreamedText(stem: "response.refusal", kind: .refusal, lane: Lane.refusal, members: ["refusal"]),
            StreamedText(stem: "response.reasoning_text", kind: .reasoning, lane: Lane.reasoning),
            StreamedText(
                stem: "response.reasoning_summary_text", kind: .reasoning, lane: Lane.summary, index: "summary_index"),
        ]

    private static func readDelta(_ type: String, _ event: JSONValue, into builder: inout ResponseBuilder) -> Bool {
        guard let delta = event["delta"]?.string else { return false }
        let stem = type.dropLast(".delta".count)
        if let text = texts.first(where: { $0.stem == stem }) {
            let tokens = text.kind == .text ? event["logprobs"]?.elements.flatMap { $0.isEmpty ? nil : $0.count } : nil
            builder.text(text.kind, delta, block: text.block(event), tokens: tokens)
            return true
        }
        switch type {
        case "session.output_transcript.delta":
            builder.text(.text, delta)
        case _ where isArguments(type):
            builder.toolCall(
                .block(Block(event["output_index"]?.smallIndex ?? 0, Lane.call)), id: event["call_id"]?.string,
                name: event["name"]?.string, arguments: delta)
        case "response.audio.delta", "response.output_audio.delta", "session.output_audio.delta":
            builder.note(type)
        case "session.input_transcript.delta":
            // What the user said is no part of the answer.
            builder.note(delta)
        default:
            return false
        }
        return true
    }

    private static let argumentStems = [
        "function_call_arguments", "custom_tool_call_input", "mcp_call_arguments", "mcp_call.arguments",
        "code_interpreter_call_code", "code_interpreter_call.code", "shell_call_command",
        "apply_patch_call_operation_diff",
    ]

    private static func isArguments(_ type: String) -> Bool {
        argumentStems.contains { type.dropFirst("response.".count).hasPrefix($0) }
    }

    // MARK: Final forms

    /// A final form adds what no delta brought; where it differs from the deltas, that is told.
    private static func readDone(
        _ type: String, _ event: JSONValue, _ output: Int, into builder: inout ResponseBuilder
    ) {
        let stem = type.dropLast(".done".count)
        if let text = texts.first(where: { $0.stem == stem }) {
            let whole = text.members.lazy.compactMap { event[$0]?.string }.first
            settle(text.kind, whole, at: text.block(event), into: &builder)
        } else if isArguments(type) {
            let text = (event["arguments"] ?? event["input"] ?? event["code"] ?? event["diff"])?.string
            let block = Block(output, Lane.call)
            if let text, builder.text(of: block)?.isEmpty ?? true {
                builder.toolCall(.block(block), name: event["name"]?.string, arguments: text)
            }
        }
    }

    private static func settle(
        _ kind: ChunkKind, _ text: String?, at block: Block, into builder: inout ResponseBuilder
    ) {
        guard let text else { return }
        guard let streamed = builder.text(of: block), !streamed.isEmpty else {
            builder.text(kind, text, block: block)
            return
        }
        if streamed != text { builder.remark("the final text differs from that of the deltas") }
    }

    // MARK: Items

    private static func isCall(_ item: JSONValue) -> Bool {
        item["type"]?.string?.hasSuffix("_call") == true
    }

    private static func finish(_ item: JSONValue, at output: Int, into builder: inout ResponseBuilder) {
        let type = item["type"]?.string ?? ""
        switch type {
        case "message":
            builder.role(item["role"]?.string)
            for (index, part) in (item["content"]?.elements ?? []).enumerated() {
                if let refusal = part["refusal"]?.string {
                    settle(.refusal, refusal, at: Block(output, Lane.refusal + index), into: &builder)
                } else {
                    let text = part["text"]?.string ?? part["transcript"]?.string
                    settle(.text, text, at: Block(output, index), into: &builder)
                }
            }
        case "reasoning":
            for (index, part) in (item["summary"]?.elements ?? []).enumerated() {
                settle(.reasoning, part["text"]?.string, at: Block(output, Lane.summary + index), into: &builder)
            }
            for (index, part) in (item["content"]?.elements ?? []).enumerated() {
                settle(.reasoning, part["text"]?.string, at: Block(output, Lane.reasoning + index), into: &builder)
            }
        case "image_generation_call":
            let size = item["result"]?.string?.utf8.count ?? 0
            let mime = item["output_format"]?.string.map { "image/" + $0 }
            builder.part(.media(modality: "image", mimeType: mime, reference: "\(size) bytes of base64"))
        case _ where isCall(item):
            call(item, at: output, isDone: true, into: &builder)
        case _ where type.hasSuffix("_output"):
            let result = item["output"] ?? item["tools"]
            builder.part(.toolResult(id: item["call_id"]?.string, result: result?.rawText))
        default:
            builder.part(.other(type: type, json: item.text()))
        }
    }

    private static func call(
        _ item: JSONValue, at output: Int, isDone: Bool, into builder: inout ResponseBuilder
    ) {
        let type = item["type"]?.string ?? ""
        guard type != "image_generation_call" else { return }
        let block = Block(output, Lane.call)
        let id = item["call_id"]?.string ?? item["id"]?.string
        let name = item["name"]?.string ?? String(type.dropLast("_call".count))
        var arguments = ""
        if isDone, builder.text(of: block)?.isEmpty ?? true {
            let stated = ["arguments", "input", "code", "action", "operation", "queries"].compactMap { item[$0] }
            arguments = stated.first { !$0.isNull }?.rawText ?? ""
        }
        builder.toolCall(.block(block), id: id, name: name, arguments: arguments)
        guard isDone else { return }
        let result = ["output", "outputs", "results"].compactMap { item[$0] }.first { !$0.isNull }
        if let result { builder.part(.toolResult(id: id, result: result.rawText)) }
    }

    // MARK: The end

    private static func complete(_ response: JSONValue, into builder: inout ResponseBuilder) {
        builder.identify(id: response["id"], model: response["model"])
        if builder.drafts.isEmpty {
            for (index, item) in (response["output"]?.elements ?? []).enumerated() {
                finish(item, at: index, into: &builder)
            }
        }
        let status = response["status"]?.filledString
        if status == "in_progress" || status == "queued" { return }
        let reason = response["incomplete_details"]?["reason"]?.filledString ?? status
        builder.finish(reason ?? "response", reason: reason)
        builder.usage(response["usage"]) { $0.openAI($1) }
        if let error = response["error"] ?? response["status_details"]?["error"], !error.isNull {
            builder.fail(type: error["code"]?.string ?? error["type"]?.string, message: error["message"]?.string)
        }
    }
}
