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
        var messages: [JSONValue] = []
        if !conversation.system.isEmpty {
            messages.append(["role": "system", "content": .string(conversation.system)])
        }
        for turn in conversation.turns { messages.append(try message(turn)) }
        json.object { json in
            json.member("messages", value: .array(messages))
            if !tools.tools.isEmpty { json.member("tools", value: tools.value) }
        }
    }

    private func message(_ turn: TrajectoryMessage) throws(TrajectoryFault) -> JSONValue {
        var members: [JSONMember]
        switch turn.role {
        case .tool:
            return [
                "role": "tool", "tool_call_id": JSONValue(turn.callID), "content": .string(turn.text),
            ]
        case .assistant:
            members = [
                JSONMember("role", "assistant"),
                JSONMember("content", turn.text.isEmpty ? .null : .string(turn.text)),
            ]
        default:
            let content = turn.hasMedia ? JSONValue.array(try parts(turn)) : .string(turn.text)
            members = [JSONMember("role", "user"), JSONMember("content", content)]
        }
        if let name = turn.name, Self.isName(name) { members.append(JSONMember("name", .string(name))) }
        if turn.role == .assistant, !turn.calls.isEmpty {
            members.append(JSONMember("tool_calls", Self.value(turn.calls)))
        }
        return .object(members)
    }

    /// The value of the member `tool_calls`.
    static func value(_ calls: [TrajectoryCall]) -> JSONValue {
        .array(
            calls.map { call in
                let arguments = call.arguments.flatMap { $0.isEmpty ? nil : $0 } ?? "{}"
                return [
                    "id": .string(call.id ?? ""), "type": "function",
                    "function": ["name": .string(call.name ?? ""), "arguments": .string(arguments)],
                ]
            })
    }

    private func parts(_ turn: TrajectoryMessage) throws(TrajectoryFault) -> [JSONValue] {
        var parts: [JSONValue] = []
        for part in turn.parts {
            switch part {
            case .text(""): continue
            case .text(let text): parts.append(["type": "text", "text": .string(text)])
            case .redacted: parts.append(["type": "text", "text": .string(TrajectoryMessage.withheld)])
            case .media(let modality, let type, let address):
                let isImage = modality == "image" || modality == "url" || type?.hasPrefix("image/") == true
                guard isImage, address.hasPrefix("https://") || address.hasPrefix("http://") else { throw .media }
                parts.append(["type": "image_url", "image_url": ["url": .string(address)]])
            default: continue
            }
        }
        return parts
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
