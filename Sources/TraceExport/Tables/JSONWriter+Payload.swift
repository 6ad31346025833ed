package import FastJSON
package import TraceModel

extension JSONWriter {
    mutating func texts(_ texts: [String]) {
        beginArray()
        for text in texts { string(text) }
        endArray()
    }

    /// Writes messages as `spandrel span` does.
    mutating func messages(_ messages: [Message]) {
        beginArray()
        for message in messages { self.message(message) }
        endArray()
    }

    /// Writes a message with its parts.
    package mutating func message(_ message: Message) {
        beginObject()
        member("role", message.role)
        member("name", message.name)
        member("finish_reason", message.finishReason)
        key("parts")
        beginArray()
        for part in message.parts { self.part(part) }
        endArray()
        endObject()
    }

    private mutating func part(_ part: MessagePart) {
        beginObject()
        switch part {
        case .text(let text):
            member("type", "text")
            member("content", text)
        case .reasoning(let text):
            member("type", "reasoning")
            member("content", text)
        case .toolCall(let id, let name, let arguments):
            member("type", "tool_call")
            member("id", id)
            member("name", name)
            member("arguments", arguments)
        case .toolResult(let id, let result):
            member("type", "tool_call_response")
            member("id", id)
            member("response", result)
        case .media(let modality, let mimeType, let reference):
            member("type", "media")
            member("modality", modality)
            member("mime_type", mimeType)
            member("reference", reference)
        case .other(let type, let json):
            member("type", "other")
            member("part_type", type)
            member("json", json)
        case .redacted: member("type", "redacted")
        }
        endObject()
    }
}
