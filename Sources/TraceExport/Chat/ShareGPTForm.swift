import FastJSON
import TraceModel

/// ShareGPT conversations as LLaMA-Factory loads them: `human` and `observation` take turns with `gpt` and
/// `function_call`, the system prompt and the tools stand beside.
///
/// Calls of one answer are one `function_call`, an object or an array of such; their results one `observation`, the text
/// or an array of texts in the order of the calls.
struct ShareGPTForm: ChatForm {
    let keepsProvenance = false
    let keepsReasoning = false
    let keepsTextBesideCalls = false
    let needsCallsFirst = false

    private enum Speaker: String {
        case human
        case gpt
        case call = "function_call"
        case observation

        var asks: Bool { self == .human || self == .observation }
    }

    func write(
        _ conversation: ChatConversation, _ tools: ChatTools, _ provenance: ExportProvenance,
        into json: inout JSONWriter
    ) throws(TrajectoryFault) {
        if conversation.turns.contains(where: \.hasMedia) { throw .media }
        let lines = try lines(conversation.turns)
        let functions = tools.tools.map { tool -> JSONValue in
            var tool = tool
            // Loaders go through the properties of every tool.
            if tool.parameters["properties"] == .none, case .object(let members) = tool.parameters {
                tool.parameters = .object(members + [JSONMember("properties", [:])])
            }
            return tool.value
        }
        json.value([
            "conversations": .array(
                lines.map { ["from": .string($0.speaker.rawValue), "value": .string($0.value)] }),
            "system": .string(conversation.system),
            "tools": .string(functions.isEmpty ? "" : JSONValue.array(functions).text()),
        ])
    }

    private func lines(_ turns: [TrajectoryMessage]) throws(TrajectoryFault) -> [(speaker: Speaker, value: String)] {
        var lines: [(speaker: Speaker, value: String)] = []
        var index = 0
        while index < turns.count {
            let turn = turns[index]
            index += 1
            let speaker: Speaker
            var value = turn.text
            switch turn.role {
            case .assistant where !turn.calls.isEmpty:
                speaker = .call
                value = Self.text(turn.calls)
            case .assistant: speaker = .gpt
            case .tool:
                speaker = .observation
                var results = [turn.text]
                while index < turns.count, turns[index].role == .tool {
                    results.append(turns[index].text)
                    index += 1
                }
                if results.count > 1 { value = JSONValue.array(results.map { .string($0) }).text() }
            default: speaker = .human
            }
            if let last = lines.last, last.speaker.asks == speaker.asks {
                // Neighbours of one voice are one; others cannot stand side by side.
                guard last.speaker == speaker, speaker == .human || speaker == .gpt else { throw .order }
                lines[lines.count - 1].value += "\n\n" + value
            } else {
                if lines.isEmpty && !speaker.asks { throw .order }
                lines.append((speaker, value))
            }
        }
        return lines
    }

    private static func text(_ calls: [TrajectoryCall]) -> String {
        let values = calls.map { call -> JSONValue in
            let text = call.arguments.flatMap { $0.isEmpty ? nil : $0 } ?? "{}"
            let arguments = (try? JSONValue(parsing: text)) ?? .string(text)
            return ["name": .string(call.name ?? ""), "arguments": arguments]
        }
        return values.count == 1 ? values[0].text() : JSONValue.array(values).text()
    }
}
