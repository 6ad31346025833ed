import FastJSON
import TraceModel

/// Chunks as Gemini's `streamGenerateContent` events; calls are whole there, so that arguments wait for their last piece.
struct GeminiForm: ProviderEvents.Form {
    private let stream: StreamExport
    private var arguments: [[Int]: (call: StreamToolCall, text: String)] = [:]

    init(_ stream: StreamExport) {
        self.stream = stream
    }

    mutating func content(_ chunk: StreamChunk, isLastOfCall: Bool, nanos: Int64) -> String {
        guard chunk.kind == .toolArguments else {
            return event(choice: chunk.choiceIndex, finish: nil) { json in
                json.member("text", chunk.text)
                if chunk.kind == .reasoning { json.member("thought", true) }
            }
        }
        let call = chunk.toolCall ?? StreamToolCall(index: 0)
        let key = [chunk.choiceIndex, call.index]
        var (known, text) = arguments[key] ?? (call, "")
        known.id = known.id ?? call.id
        known.name = known.name ?? call.name
        text += chunk.text
        arguments[key] = (known, text)
        guard isLastOfCall else { return "" }
        return event(choice: chunk.choiceIndex, finish: nil) { json in
            json.object("functionCall") { json in
                if let id = known.id { json.member("id", id) }
                json.member("name", known.name ?? "unknown")
                json.key("args")
                WholeArguments.write(text, into: &json)
            }
        }
    }

    mutating func mark(_ chunk: StreamChunk, next: StreamChunk?, nanos: Int64) -> String {
        let object = ProviderEvents.object(chunk)
        switch chunk.kind {
        case .terminal:
            return chunk.text.isEmpty
                ? end(nanos: nanos) : event(choice: chunk.choiceIndex, finish: chunk.text, nil)
        case .usage: return object.map { "data: {\"usageMetadata\":\($0)}\n\n" } ?? ""
        default:
            if let object { return "data: \(object)\n\n" }
            return chunk.text.isEmpty ? event(choice: chunk.choiceIndex, finish: nil, nil) : ""
        }
    }

    mutating func end(nanos: Int64) -> String {
        event(choice: 0, finish: stream.info.finishReason ?? "STOP", billed: stream.info.tokensBilled, nil)
    }

    private func event(
        choice: Int, finish: String?, billed: Int64? = nil, _ part: ((inout JSONWriter) -> Void)?
    ) -> String {
        ProviderEvents.sse { json in
            json.list("candidates", [choice]) { json, choice in
                json.object { json in
                    json.object("content") { json in
                        json.member("role", "model")
                        json.list("parts", part.map { [$0] } ?? []) { $0.object($1) }
                    }
                    json.member("index", choice)
                    if let finish { json.member("finishReason", finish) }
                }
            }
            if let billed {
                let reasoning = stream.info.tokensReasoning
                json.object("usageMetadata") { json in
                    json.member("candidatesTokenCount", billed - (reasoning ?? 0))
                    if let reasoning { json.member("thoughtsTokenCount", reasoning) }
                }
            }
            if let model = stream.model { json.member("modelVersion", model) }
            json.member("responseId", stream.responseID)
        }
    }
}

/// Arguments of a call for protocols that send them whole.
enum WholeArguments {
    /// Writes the JSON as it stands; text that is none becomes a string.
    static func write(_ text: String, into json: inout JSONWriter) {
        if text.isEmpty {
            json.value([:])
        } else if let value = try? JSONValue(parsing: text) {
            // Line breaks would end an event of the wire; numbers of any length stay as they are elsewhere.
            if text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) { json.value(value) } else { json.raw(text) }
        } else {
            json.string(text)
        }
    }
}
