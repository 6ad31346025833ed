import FastJSON
import TraceModel

/// The rows of data sets of Hugging Face: `messages` and `tools` as TRL takes them, and where they come from.
///
/// Every row has the same columns with the same types, and none is null, so that `datasets` finds its schema in the
/// first rows: `arguments` and `tools` are JSON texts, since their shape differs from call to call, and what is absent is an
/// empty text or list.
struct HuggingFaceForm: ChatForm {
    let keepsProvenance = true
    let keepsReasoning = true
    let keepsTextBesideCalls = true
    let needsCallsFirst = true

    func write(
        _ conversation: ChatConversation, _ tools: ChatTools, _ provenance: ExportProvenance,
        into json: inout JSONWriter
    ) throws(TrajectoryFault) {
        if conversation.turns.contains(where: \.hasMedia) { throw .media }
        let trajectory = conversation.trajectory
        json.beginObject()
        json.member("id", trajectory.id)
        json.key("messages")
        json.beginArray()
        if !conversation.system.isEmpty {
            write(TrajectoryMessage(role: .system, parts: [.text(conversation.system)]), as: "system", into: &json)
        }
        for turn in conversation.turns {
            switch turn.role {
            case .tool: write(turn, as: "tool", into: &json)
            case .assistant: write(turn, as: "assistant", into: &json)
            default: write(turn, as: "user", into: &json)
            }
        }
        json.endArray()
        var list = JSONWriter()
        tools.write(into: &list)
        json.member("tools", list.text)
        json.key("metadata")
        write(conversation, provenance, into: &json)
        json.endObject()
    }

    private func write(_ turn: TrajectoryMessage, as role: String, into json: inout JSONWriter) {
        json.beginObject()
        json.member("role", role)
        json.member("content", turn.text)
        json.member("reasoning_content", turn.reasoning)
        json.member("name", turn.name ?? "")
        OpenAIForm.write(turn.calls, into: &json)
        json.member("tool_call_id", turn.callID ?? "")
        json.endObject()
    }

    private func write(_ conversation: ChatConversation, _ provenance: ExportProvenance, into json: inout JSONWriter) {
        let trajectory = conversation.trajectory
        json.beginObject()
        json.member("trace_id", trajectory.traceID.hex)
        json.member("agent", trajectory.agent ?? "")
        json.member("model", trajectory.model ?? "")
        json.member("session", trajectory.session ?? "")
        json.member("part", trajectory.part ?? "")
        json.member("outcome", trajectory.outcome?.name ?? "")
        json.member("last_turn", conversation.isCut ? "left out, it has no answer" : "answered")
        json.member("coverage", coverage(trajectory))
        json.member("span_ids", trajectory.spanIDs.map(\.hex))
        json.key("spandrel")
        json.beginObject()
        json.member("version", provenance.program)
        json.member("selection", provenance.selection)
        json.member("policy", provenance.policy)
        json.endObject()
        json.endObject()
    }

    private func coverage(_ trajectory: Trajectory) -> String {
        guard let coverage = trajectory.coverage else { return "" }
        if coverage.isWhole { return "no call of the trace is known to be missing" }
        return "\(coverage.recorded) of at least \(coverage.expectedAtLeast) calls of the trace are recorded"
    }
}
