import FastJSON
import TraceModel

/// Chunks as the events of Anthropic's messages.
struct AnthropicForm: ProviderEvents.Form {
    private struct Block: Equatable {
        var kind: ChunkKind
        var call: Int?
    }

    private let stream: StreamExport
    private var isStarted = false
    private var open: Block?
    private var blocks = 0

    init(_ stream: StreamExport) {
        self.stream = stream
    }

    mutating func content(_ chunk: StreamChunk, isLastOfCall: Bool, nanos: Int64) -> String {
        let block = Block(kind: chunk.kind, call: chunk.toolCall?.index)
        let text = open == block ? "" : start() + stop() + begin(chunk)
        // The start of a call's block is the chunk that announces it.
        if chunk.text.isEmpty, !text.isEmpty { return text }
        let (type, key) =
            switch chunk.kind {
            case .toolArguments: ("input_json_delta", "partial_json")
            case .reasoning: ("thinking_delta", "thinking")
            default: ("text_delta", "text")
            }
        return text + delta(type, key, chunk.text)
    }

    mutating func mark(_ chunk: StreamChunk, next: StreamChunk?, nanos: Int64) -> String {
        switch (chunk.kind, chunk.text) {
        case (.terminal, ""): return end(nanos: nanos)
        case (.terminal, "message_stop"): return event("message_stop") { _ in }
        case (.terminal, let reason): return start() + stop() + messageDelta(reason: reason, usage: nil)
        case (.usage, _):
            return ProviderEvents.object(chunk).map { start() + stop() + messageDelta(reason: nil, usage: $0) } ?? ""
        case (_, "message_start"): return start()
        case (_, "content_block_start"):
            // A call's block is begun by the chunk that announces it.
            guard next?.kind != .toolArguments else { return start() + stop() }
            return start() + stop() + begin(next)
        case (_, "content_block_stop"): return stop()
        case (_, "ping"): return event("ping") { _ in }
        case (_, "signature_delta"): return open == nil ? "" : delta("signature_delta", "signature", "")
        default:
            guard let json = ProviderEvents.object(chunk) else { return "" }
            // The event's name is its type.
            let type = (try? JSONValue(parsing: json))?["type"]?.string
            let name = type.flatMap { $0.utf8.contains { $0 < 0x20 } ? nil : "event: \($0)\n" }
            return (name ?? "") + "data: \(json)\n\n"
        }
    }

    mutating func end(nanos: Int64) -> String {
        let usage = stream.info.tokensBilled.map { "{\"output_tokens\":\($0)}" }
        return start() + stop() + messageDelta(reason: stream.info.finishReason, usage: usage)
            + event("message_stop") { _ in }
    }

    private func messageDelta(reason: String?, usage: String?) -> String {
        event("message_delta") { json in
            json.member("delta", value: ["stop_reason": JSONValue(reason), "stop_sequence": nil])
            guard let usage else { return }
            json.key("usage")
            json.raw(usage)
        }
    }

    /// Begins the block of a chunk; of an empty text where none is known.
    private mutating func begin(_ chunk: StreamChunk?) -> String {
        let kind = chunk?.kind ?? .text
        let call = chunk?.toolCall
        open = Block(kind: kind, call: call?.index)
        let block: JSONValue =
            switch kind {
            case .toolArguments:
                [
                    "type": "tool_use", "id": .string(call?.id ?? "toolu_\(blocks)"),
                    "name": .string(call?.name ?? "unknown"), "input": [:],
                ]
            case .reasoning: ["type": "thinking", "thinking": ""]
            default: ["type": "text", "text": ""]
            }
        return event("content_block_start") { json in
            json.member("index", blocks)
            json.member("content_block", value: block)
        }
    }

    private func delta(_ type: String, _ key: String, _ text: String) -> String {
        event("content_block_delta") { json in
            json.member("index", blocks)
            json.member("delta", value: ["type": .string(type), key: .string(text)])
        }
    }

    private mutating func start() -> String {
        if isStarted { return "" }
        isStarted = true
        let message: JSONValue = [
            "id": .string(stream.responseID), "type": "message", "role": "assistant",
            "model": .string(stream.model ?? "unknown"), "content": [],
        ]
        return event("message_start") { $0.member("message", value: message) }
    }

    private mutating func stop() -> String {
        guard open != nil else { return "" }
        open = nil
        defer { blocks += 1 }
        return event("content_block_stop") { $0.member("index", blocks) }
    }

    private func event(_ type: String, _ body: (inout JSONWriter) -> Void) -> String {
        ProviderEvents.sse(event: type) { json in
            json.member("type", type)
            body(&json)
        }
    }
}
