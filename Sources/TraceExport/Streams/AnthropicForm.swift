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
        var usage: String?
        if let billed = stream.info.tokensBilled {
            var json = JSONWriter()
            json.beginObject()
            json.member("output_tokens", billed)
            json.endObject()
            usage = json.text
        }
        return start() + stop() + messageDelta(reason: stream.info.finishReason, usage: usage)
            + event("message_stop") { _ in }
    }

    private func messageDelta(reason: String?, usage: String?) -> String {
        event("message_delta") { json in
            json.key("delta")
            json.beginObject()
            json.member("stop_reason", reason)
            json.member("stop_sequence", nil as String?)
            json.endObject()
            guard let usage else { return }
            json.key("usage")
            json.raw(usage)
        }
    }

    /// Begins the block of a chunk; of an empty text where none is known.
    private mutating func begin(_ chunk: StreamChunk?) -> String {
        let kind = chunk?.kind ?? .text
        open = Block(kind: kind, call: chunk?.toolCall?.index)
        return event("content_block_start") { json in
            json.member("index", blocks)
            json.key("content_block")
            json.beginObject()
            switch kind {
            case .toolArguments:
                json.member("type", "tool_use")
                json.member("id", chunk?.toolCall?.id ?? "toolu_\(blocks)")
                json.member("name", chunk?.toolCall?.name ?? "unknown")
                json.key("input")
                json.beginObject()
                json.endObject()
            case .reasoning:
                json.member("type", "thinking")
                json.member("thinking", "")
            default:
                json.member("type", "text")
                json.member("text", "")
            }
            json.endObject()
        }
    }

    private func delta(_ type: String, _ key: String, _ text: String) -> String {
        event("content_block_delta") { json in
            json.member("index", blocks)
            json.key("delta")
            json.beginObject()
            json.member("type", type)
            json.member(key, text)
            json.endObject()
        }
    }

    private mutating func start() -> String {
        if isStarted { return "" }
        isStarted = true
        return event("message_start") { json in
            json.key("message")
            json.beginObject()
            json.member("id", stream.responseID)
            json.member("type", "message")
            json.member("role", "assistant")
            json.member("model", stream.model ?? "unknown")
            json.key("content")
            json.beginArray()
            json.endArray()
            json.endObject()
        }
    }

    private mutating func stop() -> String {
        guard open != nil else { return "" }
        open = nil
        defer { blocks += 1 }
        return event("content_block_stop") { $0.member("index", blocks) }
    }

    private func event(_ type: String, _ body: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        json.beginObject()
        json.member("type", type)
        body(&json)
        json.endObject()
        return ProviderEvents.sse(json, event: type)
    }
}
