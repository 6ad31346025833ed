import FastJSON
import TraceModel

/// The lines that OpenAI's fine-tuning and evals take: `messages` and `tools`, and no key besides.
struct OpenAIForm: ChatForm {
    let keepsProvenance = false
    let keepsReasoning = false
    let keepsTextBesideCalls = true
    let needsCallsFirst = false

    func write(
        _ conversation: ChatConversation, _ tools: ChatTools, _ provenance: ExportProvenance,
        into json: inout JSONWriter
    ) throws(TrajectoryFault) {
        let called = conversation.turns.flatMap(\.calls).compactMap(\.name)
        guard (called + tools.tools.map(\.name)).allSatisfy(Self.isName) else { throw .toolName }
        json.beginObject()
        json.key("messages")
        json.beginArray()
        if !conversation.system.isEmpty {
            json.beginObject()
            json.member("role", "system")
            json.member("content", conversation.system)
            json.endObject()
        }
        for turn in conversation.turns { try write(turn, into: &json) }
        json.endArray()
        if !tools.tools.isEmpty {
            json.key("tools")
            tools.write(into: &json)
        }
        json.endObject()
    }

    private func write(_ turn: TrajectoryMessage, into json: inout JSONWriter) throws(TrajectoryFault) {
        json.beginObject()
        switch turn.role {
        case .tool:
            json.member("role", "tool")
            json.member("tool_call_id", turn.callID)
            json.member("content", turn.text)
        case .assistant:
            json.member("role", "assistant")
            json.member("content", turn.text.isEmpty ? .none : turn.text)
            writeName(turn, into: &json)
            if !turn.calls.isEmpty { Self.write(turn.calls, into: &json) }
        default:
            json.member("role", "user")
            json.key("content")
            if turn.hasMedia { try writeParts(turn, into: &json) } else { json.string(turn.text) }
            writeName(turn, into: &json)
        }
        json.endObject()
    }

    private func writeName(_ turn: TrajectoryMessage, into json: inout JSONWriter) {
        if let name = turn.name, Self.isName(name) { json.member("name", name) }
    }

    /// Writes the member `tool_calls`.
    static func write(_ calls: [TrajectoryCall], into json: inout JSONWriter) {
        json.key("tool_calls")
        json.beginArray()
        for call in calls {
            json.beginObject()
            json.member("id", call.id ?? "")
            json.member("type", "function")
            json.key("function")
            json.beginObject()
            json.member("name", call.name ?? "")
            json.member("arguments", call.arguments.flatMap { $0.isEmpty ? nil : $0 } ?? "{}")
            json.endObject()
            json.endObject()
        }
        json.endArray()
    }

    private func writeParts(_ turn: TrajectoryMessage, into json: inout JSONWriter) throws(TrajectoryFault) {
        json.beginArray()
        for part in turn.parts {
            switch part {
            case .text(let text): writeText(text, into: &json)
            case .redacted: writeText(TrajectoryMessage.withheld, into: &json)
            case .media(let modality, let type, let address):
                let isImage = modality == "image" || modality == "url" || type?.hasPrefix("image/") == true
                guard isImage, address.hasPrefix("https://") || address.hasPrefix("http://") else { throw .media }
                json.beginObject()
                json.member("type", "image_url")
                json.key("image_url")
                json.beginObject()
                json.member("url", address)
                json.endObject()
                json.endObject()
            default: continue
            }
        }
        json.endArray()
    }

    private func writeText(_ text: String, into json: inout JSONWriter) {
        if text.isEmpty { return }
        json.beginObject()
        json.member("type", "text")
        json.member("text", text)
        json.endObject()
    }

    /// Names of functions and participants: letters, digits, `_` and `-`, at most 64.
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 64
            && name.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
            }
    }
}
