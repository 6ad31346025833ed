import TraceModel

/// Counts what was written and what was not, for the remarks of a chat format.
struct ChatTally {
    /// Traces in which no model call has content.
    var tracesWithout = 0
    private var written = 0
    private var leftOut: [TrajectoryFault: Int] = [:]
    private var cut = 0
    private var withReasoning = 0
    private var withTextBesideCalls = 0
    private var withheldParts = 0
    private var otherParts = 0
    private var furtherChoices = 0
    private var resultsFromSpans = 0
    private var withUnknownTools = 0
    private var unreadableTools = 0
    /// The parts of traces that were asked for, each once.
    private var parts: [String] = []

    mutating func add(_ conversation: ChatConversation, _ tools: ChatTools) {
        written += 1
        if conversation.isCut { cut += 1 }
        let turns = conversation.turns
        if turns.contains(where: { !$0.reasoning.isEmpty }) { withReasoning += 1 }
        if turns.contains(where: { !$0.calls.isEmpty && !$0.text.isEmpty }) { withTextBesideCalls += 1 }
        for part in turns.flatMap(\.parts) {
            switch part {
            case .redacted: withheldParts += 1
            case .other: otherParts += 1
            default: continue
            }
        }
        furtherChoices += conversation.trajectory.furtherChoices
        resultsFromSpans += conversation.trajectory.resultsFromSpans
        if !tools.cover(turns) { withUnknownTools += 1 }
        unreadableTools += tools.unreadable
        if let part = conversation.trajectory.part, parts.last != part, !parts.contains(part) { parts.append(part) }
    }

    mutating func leaveOut(_ fault: TrajectoryFault) {
        leftOut[fault, default: 0] += 1
    }

    func remarks(_ form: any ChatForm) -> [String] {
        var remarks: [String] = []
        func add(_ count: Int, _ thing: String, _ words: String) {
            guard count > 0 else { return }
            let things = count == 1 ? thing : thing.hasSuffix("y") ? thing.dropLast() + "ies" : thing + "s"
            remarks.append("\(count) \(things) \(words).")
        }
        if !form.keepsProvenance {
            remarks.append("The format has no place for where a line comes from: provenance is left out.")
            for part in parts { remarks.append("Nothing in the file says that it holds a part only: \(part).") }
        }
        for fault in TrajectoryFault.allCases {
            add(leftOut[fault] ?? 0, "trajectory", "left out: \(fault.words)")
        }
        add(tracesWithout, "trace", "left out: no model call with captured messages")
        add(cut, "trajectory", "written without the last turn, which has no answer")
        if !form.keepsReasoning {
            add(withReasoning, "trajectory", "written without the reasoning, for which the format has no place")
        }
        if !form.keepsTextBesideCalls {
            add(withTextBesideCalls, "trajectory", "written without what the model said beside its tool calls")
        }
        add(withheldParts, "part", "withheld by the producer, shown as \(TrajectoryMessage.withheld)")
        add(otherParts, "part", "of kinds that chat formats do not know left out")
        add(furtherChoices, "further choice", "of the model left out")
        add(resultsFromSpans, "tool result", "taken from the spans of the tools")
        add(withUnknownTools, "trajectory", "written with calls of tools whose definitions are not recorded")
        add(unreadableTools, "tool definition", "without a function schema left out")
        return remarks
    }
}
