import TraceModel

extension RunHistory {
    /// The most calls of one answer that are looked through for the name of an agent.
    private static let requestLimit = 64

    /// Fills in who invoked a run or handed off to it, and the span that made it start.
    mutating func relate(_ run: inout AgentRun, _ opening: RunOpenings.Opening, _ asked: ToolCallIndex) {
        if let span = takeHandOff(to: opening) {
            let giver = runThatHandsOff(at: span)
            if giver != run.number {
                run.parent = giver
                run.relation = .handedOff
                run.triggeringSpanID = input.spans[Int(span)].spanID
                return
            }
        }
        if run.parent == 0, let name = input.evidence(of: Int(opening.span))?.parentAgent,
            let parent = lastRun(named: name), parent != run.number
        {
            run.parent = parent
            run.relation = .invoked
        }
        if run.parent > 0, let span = request(for: opening, by: run.parent, asked) {
            run.triggeringSpanID = input.spans[Int(span)].spanID
        }
    }

    /// Credits a verdict to the run that it is on.
    ///
    /// An agent judges the run that came before it beside it; a guardrail or evaluator the run beside it, or, where
    /// there is none, the run around it.
    mutating func note(_ verdict: Verdict) {
        let span = Int(verdict.span)
        let own = openings.spanRuns[span]
        let kind = input.spans[span].kind
        if kind == .guardrail || kind == .evaluator {
            let beside = lastInScope[forest.parents[span]] ?? 0
            let subject = beside > 0 ? beside : own
            if subject > 0, Int(subject) <= instances.count { verdicts[Int(subject)] = verdict }
            return
        }
        // A run that has not begun yet by the clock of its first span has nothing before it either.
        guard own > 0, Int(own) <= instances.count else { return }
        let subject = predecessors[Int(own)]
        guard subject > 0, openings.runs[Int(subject) - 1].name != openings.runs[Int(own) - 1].name else { return }
        verdicts[Int(subject)] = verdict
        // The next judge beside it judges the same work.
        let scope = openings.runs[Int(own) - 1].scope
        if lastInScope[scope] == own { lastInScope[scope] = subject }
    }

    /// The pending hand-off to an agent, where it was made beside or around the run.
    private mutating func takeHandOff(to opening: RunOpenings.Opening) -> Int32? {
        guard opening.name != 0, let span = handOffs[opening.name] else { return nil }
        let giver = openings.spanRuns[Int(span)]
        let giverScope = giver > 0 ? openings.runs[Int(giver) - 1].scope : -1
        guard
            giver > 0 && (opening.parent == giver || opening.scope == giverScope)
                || opening.scope == forest.parents[Int(span)]
        else { return nil }
        handOffs[opening.name] = nil
        return span
    }

    /// The run that a hand-off names as its origin, else the one that it stands in.
    private func runThatHandsOff(at span: Int32) -> Int32 {
        if let from = input.evidence(of: Int(span))?.handOff?.from, let run = lastRun(named: from) { return run }
        return openings.spanRuns[Int(span)]
    }

    private func lastRun(named name: String) -> Int32? {
        let index = input.names.index(of: name)
        // 0 is what runs without a name have.
        return index == 0 ? nil : lastOfName[index]
    }

    /// The model call that asked for a run: by the id of the tool call around it, else by its name; else that tool.
    private func request(for opening: RunOpenings.Opening, by parent: Int32, _ asked: ToolCallIndex) -> Int32? {
        if opening.tool >= 0, let span = asked.span(askingFor: Int(opening.tool), input) { return span }
        let last = requests[Int(parent)]
        if last >= 0, let calls = input.evidence(of: Int(last))?.requestedCalls {
            let tool = opening.tool >= 0 ? input.names[input.spans[Int(opening.tool)].tool] : nil
            for call in calls.prefix(RunHistory.requestLimit) {
                guard let name = call.name else { continue }
                if name == tool || name == input.names[opening.name] { return last }
            }
        }
        return opening.tool >= 0 ? opening.tool : nil
    }
}

/// Which model call asked for the tool calls under which agents ran.
struct ToolCallIndex {
    private var spans: [String: Int32] = [:]

    /// Reads all requests only where a run stands under a tool call with an id.
    init(_ input: TraceInput, _ openings: RunOpenings) {
        var wanted: Set<String> = []
        for run in openings.runs where run.tool >= 0 {
            if let id = input.evidence(of: Int(run.tool))?.toolCallID { wanted.insert(id) }
        }
        if wanted.isEmpty { return }
        for span in input.spans.indices {
            guard let evidence = input.evidence(of: span) else { continue }
            for call in evidence.requestedCalls {
                if let id = call.id, wanted.contains(id) { spans[id] = Int32(span) }
            }
        }
    }

    func span(askingFor tool: Int, _ input: TraceInput) -> Int32? {
        input.evidence(of: tool)?.toolCallID.flatMap { spans[$0] }
    }
}
