import FastJSON

/// A message as a producer writes it.
struct ChatMessage: Sendable {
    enum Part: Sendable {
        case text(String)
        case reasoning(String)
        /// `arguments` is JSON text.
        case call(id: String, name: String, arguments: String)
        case result(id: String, text: String)
    }

    var role: String
    var parts: [Part]

    static func system(_ text: String) -> ChatMessage { ChatMessage(role: "system", parts: [.text(text)]) }
    static func user(_ text: String) -> ChatMessage { ChatMessage(role: "user", parts: [.text(text)]) }
    static func assistant(_ text: String) -> ChatMessage { ChatMessage(role: "assistant", parts: [.text(text)]) }

    static func asks(_ id: String, _ name: String, _ arguments: String) -> ChatMessage {
        ChatMessage(role: "assistant", parts: [.call(id: id, name: name, arguments: arguments)])
    }

    static func answers(_ id: String, _ text: String) -> ChatMessage {
        ChatMessage(role: "tool", parts: [.result(id: id, text: text)])
    }

    /// A rough count of tokens: four bytes each, and a few for the frame of the message.
    var tokens: Int64 {
        parts.reduce(4) { sum, part in
            switch part {
            case .text(let text), .reasoning(let text), .result(_, let text): sum + Int64(text.utf8.count / 4) + 1
            case .call(_, let name, let arguments): sum + Int64((name.utf8.count + arguments.utf8.count) / 4) + 8
            }
        }
    }
}

extension [ChatMessage] {
    /// The messages in the schema of the OpenTelemetry GenAI conventions, as JSON text.
    func json(finish: String? = nil) -> String {
        var json = JSONWriter(escapesInvisible: false)
        json.beginArray()
        for message in self {
            json.beginObject()
            json.member("role", message.role)
            json.key("parts")
            json.beginArray()
            for part in message.parts { json.part(part) }
            json.endArray()
            if let finish { json.member("finish_reason", finish) }
            json.endObject()
        }
        json.endArray()
        return json.text
    }
}

extension JSONWriter {
    fileprivate mutating func part(_ part: ChatMessage.Part) {
        switch part {
        case .text(let text): value(["type": "text", "content": .string(text)])
        case .reasoning(let text): value(["type": "reasoning", "content": .string(text)])
        case .call(let id, let name, let arguments):
            beginObject()
            member("type", "tool_call")
            member("id", id)
            member("name", name)
            key("arguments")
            raw(arguments)
            endObject()
        case .result(let id, let text):
            value(["type": "tool_call_response", "id": .string(id), "response": .string(text)])
        }
    }
}
