import TraceModel

/// What models asked for, and what ran.
extension JointRules {
    /// Arguments that changed between the model and the tool.
    func argumentsDiffer(_ joint: ToolJoint, _ draft: JointMatcher.Draft) -> Finding? {
        guard joint.isJoinedByID, draft.id >= 0, !isShared[Int(draft.id)], let asked = joint.hop(.asked),
            let written = matcher.payload(.asked, of: draft),
            let ran = [JointStage.dispatched, .ran].lazy.compactMap({ joint.hop($0) }).first(where: {
                $0.comparison == .different
            }), let given = matcher.payload(ran.stage, of: draft)
        else { return nil }
        let doubt = PayloadDifference.doubt(written, given)
        guard doubt != .same else { return nil }
        return Finding(
            rule: FindingRules.jointArgumentsDiffer.id,
            severity: doubt == .none ? FindingRules.jointArgumentsDiffer.severity : .hint,
            certainty: doubt == .none ? .proven : .inferred,
            message: "The model asked \(name(joint)) with \(quote(written)), and it got \(quote(given)).",
            spanID: ran.spanID,
            evidence: [evidence(asked, "arguments asked"), evidence(ran, "arguments got"), callEvidence(joint)]
                .compactMap { $0 })
    }

    /// A request for a tool that the model was not offered.
    func unknownTool(_ joint: ToolJoint, _ draft: JointMatcher.Draft) -> Finding? {
        let model = matcher.layers.models[Int(matcher.asks[Int(draft.ask)].model)]
        guard model.evidence >= 0, let offered = input.evidence[Int(model.evidence)].offeredTools, !offered.isEmpty,
            offered.count < Self.longestToolList, let name = matcher.request(draft.ask).name, !offered.contains(name),
            !Self.isHandOff(name),
            !offered.contains(where: { Self.isSameTool($0, name) })
        else { return nil }
        return Finding(
            rule: FindingRules.jointUnknownTool.id,
            severity: draft.execution >= 0 ? .hint : FindingRules.jointUnknownTool.severity, certainty: .proven,
            message: "The model asked for \(name), which is not among the \(offered.count) tools that it was offered.",
            spanID: input.spans[Int(model.span)].spanID,
            evidence: [
                FindingEvidence(
                    spanID: input.spans[Int(model.span)].spanID, label: "tools offered",
                    value: offered.prefix(20).joined(separator: ", ")),
                evidence(joint.hop(.asked), "arguments asked"), callEvidence(joint),
            ].compactMap { $0 })
    }

    /// A longer list may have been cut.
    private static let longestToolList = 120

    /// Equal names, where one may have a namespace before it or a version after it.
    private static func isSameTool(_ offered: String, _ asked: String) -> Bool {
        let (a, b) = (offered.lowercased(), asked.lowercased())
        if a == b { return true }
        let (long, short) = a.utf8.count > b.utf8.count ? (a, b) : (b, a)
        if long.hasPrefix(short), let next = long.dropFirst(short.count).first { return isSeparator(next) }
        guard long.hasSuffix(short), let before = long.dropLast(short.count).last else { return false }
        return isSeparator(before)
    }

    private static func isSeparator(_ character: Character) -> Bool {
        !character.isLetter && !character.isNumber
    }

    /// A hand-off is no tool: the harness goes on with another agent.
    static func isHandOff(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["transfer_to", "transfer_back", "handoff", "hand_off", "delegate_to"].contains { name.hasPrefix($0) }
    }

    /// A request without an execution, though the tool is one that spans run.
    func callNotExecuted(_ joint: ToolJoint, _ draft: JointMatcher.Draft) -> Finding? {
        guard draft.ask >= 0, draft.id >= 0, draft.deliveryModel < 0, !hasMissingParents, draft.tool >= 0,
            isExecuted[Int(draft.tool)], runsJoinedByID.contains(draft.run), let id = joint.callID,
            let name = joint.toolName, !Self.isHandOff(name)
        else { return nil }
        let model = matcher.layers.models[Int(matcher.asks[Int(draft.ask)].model)]
        let asking = input.spans[Int(model.span)]
        guard !asking.isError, !asking.isCancelled, let end = model.end, let evidence = evidence(model),
            !evidence.finishReasons.contains(where: { ["length", "max_tokens"].contains($0.lowercased()) }),
            !agent(draft.run, is: [.cancelled, .unfinished, .error])
        else { return nil }
        var next: LayerSpans.ModelCall?
        for index in matcher.deliveries.laterModels(in: draft.run, notBefore: end) {
            let later = matcher.layers.models[Int(index)]
            if self.evidence(later)?.deliveredResults.contains(where: { $0.id == id || $0.id == nil }) == true {
                return nil
            }
            if next == nil { next = later }
        }
        return Finding(
            rule: FindingRules.jointCallNotExecuted.id, severity: FindingRules.jointCallNotExecuted.severity,
            certainty: .inferred,
            message: "The model asked for \(name), no span runs this call, and no later input holds a result of it.",
            spanID: asking.spanID,
            evidence: [
                self.evidence(joint.hop(.asked), "arguments asked"), callEvidence(joint),
                next.map {
                    FindingEvidence(
                        spanID: input.spans[Int($0.span)].spanID, label: "next model call", value: "without a result")
                },
            ].compactMap { $0 })
    }

    private func agent(_ run: Int32, is states: [AgentState]) -> Bool {
        topology.runs.indices.contains(Int(run) - 1) && states.contains(topology.runs[Int(run) - 1].state)
    }

    /// An execution whose id no model asked for, in a run where ids join all else.
    func executedNotCalled(_ joint: ToolJoint, _ draft: JointMatcher.Draft) -> Finding? {
        guard draft.ask < 0, draft.id >= 0, let id = joint.callID, !hasMissingParents,
            draft.run > 0, runsJoinedByID.contains(draft.run)
        else { return nil }
        guard !recalls.ids.contains(id), !recalls.silentRuns.contains(draft.run) else { return nil }
        let execution = matcher.layers.executions[Int(draft.execution)]
        return Finding(
            rule: FindingRules.jointExecutedNotCalled.id, severity: FindingRules.jointExecutedNotCalled.severity,
            certainty: .inferred,
            message: "\(name(joint)) ran for a call that no recorded model call asked for.",
            spanID: input.spans[Int(execution.outer)].spanID,
            evidence: [
                callEvidence(joint), evidence(joint.hop(.dispatched), "arguments"),
                evidence(joint.hop(.returned), "result"),
            ].compactMap { $0 })
    }
}
