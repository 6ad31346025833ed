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
        var text = start()
        let block = Block(kind: chunk.kind, call: chunk.toolCall?.index)
        if open != block {
            text += stop()
            text += event("content_block_start") { json in
                json.member("index", blocks)
                json.key("content_block")
                json.beginObject()
                switch chunk.kind {
                case .toolArguments:
                    json.member("type", "tool_use")
                    json.member("id", chunk.toolCall?.id ?? "toolu_\(blocks)")
                    json.member("name", chunk.toolCall?.name ?? "unknown")
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
            open = block
        }
        let (type, key) =
            switch chunk.kind {
            case .toolArguments: ("input_json_delta", "partial_json")
            case .reasoning: ("thinking_delta", "thinking")
            default: ("text_delta", "text")
            }
        return text
            + event("content_block_delta") { json in
                json.member("index", blocks)
                json.key("delta")
                json.beginObject()
                json.member("type", type)
                json.member(key, chunk.text)
                json.endObject()
            }
    }

    mutating func end(nanos: Int64) -> String {
        let text = start() + stop()
        return text
            + event("message_delta") { json in
                json.key("delta")
                json.beginObject()
                json.member("stop_reason", stream.info.finishReason)
                json.member("stop_sequence", nil as String?)
                json.endObject()
                guard let billed = stream.info.tokensBilled else { return }
                json.key("usage")
                json.beginObject()
                json.member("output_tokens", billed)
                json.endObject()
            } + event("message_stop") { _ in }
    }

    func raw(_ json: String) -> String {
        // The event's name is its type.
        let type = (try? JSONValue(parsing: json))?["type"]?.string
        return (type.map { "event: \($0)\n" } ?? "") + "data: \(json)\n\n"
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
