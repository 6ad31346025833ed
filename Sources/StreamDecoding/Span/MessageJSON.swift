import FastJSON
import TraceModel

/// Messages in the JSON form of the GenAI conventions (1.36 and later): roles with typed parts.
enum MessageJSON {
    /// What stands for content that the source withheld.
    static let redactedText = "__REDACTED__"

    static func text(_ messages: [Message], isOutput: Bool) -> String {
        var writer = JSONWriter(escapesInvisible: false)
        writer.beginArray()
        for message in messages {
            writer.beginObject()
            writer.member("role", message.role)
            if let name = message.name { writer.member("name", name) }
            writer.key("parts")
            write(message.parts, to: &writer)
            if isOutput, let reason = message.finishReason { writer.member("finish_reason", reason) }
            writer.endObject()
        }
        writer.endArray()
        return writer.text
    }

    static func text(_ parts: [MessagePart]) -> String {
        var writer = JSONWriter(escapesInvisible: false)
        write(parts, to: &writer)
        return writer.text
    }

    private static func write(_ parts: [MessagePart], to writer: inout JSONWriter) {
        writer.beginArray()
        for part in parts { write(part, to: &writer) }
        writer.endArray()
    }

    private static func write(_ part: MessagePart, to writer: inout JSONWriter) {
        if case .other(_, let json) = part, isJSON(json) {
            writer.raw(json)
            return
        }
        writer.beginObject()
        switch part {
        case .text(let text):
            writer.member("type", "text")
            writer.member("content", text)
        case .reasoning(let text):
            writer.member("type", "reasoning")
            writer.member("content", text)
        case .redacted:
            writer.member("type", "reasoning")
            writer.member("content", redactedText)
        case .toolCall(let id, let name, let arguments):
            writer.member("type", "tool_call")
            if let id { writer.member("id", id) }
            writer.member("name", name ?? "")
            if let arguments { member("arguments", arguments, to: &writer) }
        case .toolResult(let id, let result):
            writer.member("type", "tool_call_response")
            if let id { writer.member("id", id) }
            writer.key("response")
            if let result { value(result, to: &writer) } else { writer.null() }
        case .media(let modality, let mimeType, let reference):
            writer.member("type", "uri")
            writer.member("modality", modality)
            if let mimeType { writer.member("mime_type", mimeType) }
            writer.member("uri", reference)
        case .other(let type, let json):
            writer.member("type", type)
            writer.member("content", json)
        }
        writer.endObject()
    }

    private static func member(_ key: String, _ text: String, to writer: inout JSONWriter) {
        writer.key(key)
        value(text, to: &writer)
    }

    /// JSON as it stands, text that is none as a string.
    private static func value(_ text: String, to writer: inout JSONWriter) {
        if isJSON(text) { writer.raw(text) } else { writer.string(text) }
    }

    /// Whether a text is an object or array; a bare word or number is taken for text.
    private static func isJSON(_ text: String) -> Bool {
        text.utf8.opensContainer && (try? JSONValue(parsing: Array(text.utf8))) != nil
    }
}
