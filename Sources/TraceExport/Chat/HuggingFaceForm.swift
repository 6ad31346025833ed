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
        let system = TrajectoryMessage(role: .system, parts: [.text(conversation.system)])
        let turns = (conversation.system.isEmpty ? [] : [system]) + conversation.turns
        json.value([
            "id": .string(conversation.trajectory.id), "messages": .array(turns.map(message)),
            "tools": .string(tools.value.text()), "metadata": metadata(conversation, provenance),
        ])
    }

    private func message(_ turn: TrajectoryMessage) -> JSONValue {
        let role: JSONValue =
            switch turn.role {
            case .system: "system"
            case .tool: "tool"
            case .assistant: "assistant"
            default: "user"
            }
        return [
            "role": role, "content": .string(turn.text), "reasoning_content": .string(turn.reasoning),
            "name": .string(turn.name ?? ""), "tool_calls": OpenAIForm.value(turn.calls),
            "tool_call_id": .string(turn.callID ?? ""),
        ]
    }

    private func metadata(_ conversation: ChatConversation, _ provenance: ExportProvenance) -> JSONValue {
        let trajectory = conversation.trajectory
        return [
            "trace_id": .string(trajectory.traceID.hex), "agent": .string(trajectory.agent ?? ""),
            "model": .string(trajectory.model ?? ""), "session": .string(trajectory.session ?? ""),
            "part": .string(trajectory.part ?? ""), "outcome": .string(trajectory.outcome?.name ?? ""),
            "last_turn": conversation.isCut ? "left out, it has no answer" : "answered",
            "coverage": .string(coverage(trajectory)),
            "span_ids": .array(trajectory.spanIDs.map { .string($0.hex) }),
            "spandrel": [
                "version": .string(provenance.program), "selection": .string(provenance.selection),
                "policy": .string(provenance.policy),
            ],
        ]
    }

    private func coverage(_ trajectory: Trajectory) -> String {
        guard let coverage = trajectory.coverage else { return "" }
        if coverage.isWhole { return "no call of the trace is known to be missing" }
        return "\(coverage.recorded) of at least \(coverage.expectedAtLeast) calls of the trace are recorded"
    }
}
