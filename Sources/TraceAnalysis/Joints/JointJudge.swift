import TraceModel

/// Draws findings from the tool calls of a trace.
struct JointJudge {
    let matcher: JointMatcher
    /// Parallel to the drafts of the matcher.
    let joints: [ToolJoint]
    /// Spans are missing: that something is not there proves nothing then.
    let hasMissingParents: Bool
    let topology: AgentTopology
    /// Tools that a span of the trace runs, and agent runs with calls that were joined by id.
    let executedTools: Set<String>
    let runsJoinedByID: Set<Int32>
    /// Ids that several calls bear: which request belongs to which execution is less sure then.
    let sharedIDs: Set<String>
    let dropped: DroppedResults
    let recalls: RecalledCalls

    init(
        matcher: JointMatcher, joints: [ToolJoint], dropped: DroppedResults, hasMissingParents: Bool,
        topology: AgentTopology
    ) {
        self.matcher = matcher
        self.joints = joints
        self.dropped = dropped
        self.hasMissingParents = hasMissingParents
        self.topology = topology
        var tools: Set<String> = []
        var runs: Set<Int32> = []
        for (joint, draft) in zip(joints, matcher.drafts) where draft.execution >= 0 {
            if let name = joint.toolName { tools.insert(name) }
            if draft.isJoinedByID, draft.ask >= 0 { runs.insert(draft.run) }
        }
        var ids: Set<String> = []
        sharedIDs = Set(joints.compactMap(\.callID).filter { !ids.insert($0).inserted })
        executedTools = tools
        runsJoinedByID = runs
        recalls = RecalledCalls(matcher, in: runs)
    }

    var input: TraceInput { matcher.input }

    /// All findings; of each rule at most one for a joint, and no more than the cap for the trace.
    var findings: [Finding] {
        var found = FindingList()
        for place in joints.indices { judge(joints[place], place, into: &found) }
        for finding in ToolLoopFinder(self).findings { found.append(finding) }
        for finding in RetryStormFinder(input, matcher.layers, topology).findings { found.append(finding) }
        for finding in AliasFlipFinder(input, matcher.layers).findings { found.append(finding) }
        return found.findings
    }

    private func judge(_ joint: ToolJoint, _ place: Int, into found: inout FindingList) {
        let draft = matcher.drafts[place]
        if draft.execution >= 0 {
            let execution = matcher.layers.executions[Int(draft.execution)]
            if Self.isOdd(joint) {
                found.append(resultContent(joint, execution))
                found.append(argumentsDiffer(joint))
                found.append(nullThenClaimed(joint, draft, execution))
                found.append(resultChanged(joint, execution))
            }
            if draft.ask < 0 { found.append(executedNotCalled(joint, draft)) }
            if let witness = dropped.witnesses[place] { found.append(resultDropped(joint, witness)) }
        } else {
            found.append(callNotExecuted(joint, draft))
        }
        if draft.ask >= 0 { found.append(unknownTool(joint, draft)) }
    }

    /// True where a payload is no plain value or changes on its way; most joints are spared the rest by this.
    private static func isOdd(_ joint: ToolJoint) -> Bool {
        joint.hops.indices.contains { place in
            if [.truncated, .different].contains(joint.hops[place].comparison) { return true }
            return [.empty, .error].contains(joint.hops[place].payload?.content)
        }
    }

    /// The name of a joint's tool in a sentence.
    func name(_ joint: ToolJoint) -> String { joint.toolName ?? "A tool" }

    func isFailed(_ execution: LayerSpans.Execution) -> Bool {
        let (outer, inner) = (input.spans[Int(execution.outer)], input.spans[Int(execution.inner)])
        return outer.isError || inner.isError || outer.isCancelled || inner.isCancelled
    }

    func evidence(_ model: LayerSpans.ModelCall) -> SpanEvidence? {
        model.evidence < 0 ? nil : input.evidence[Int(model.evidence)]
    }

    /// A value as evidence; the beginning where it is longer.
    func evidence(_ hop: JointHop?, _ label: String) -> FindingEvidence? {
        guard let hop, let payload = hop.payload else { return nil }
        return FindingEvidence(
            spanID: hop.spanID, label: label, value: payload.preview.isEmpty ? "(empty)" : payload.preview)
    }

    func callEvidence(_ joint: ToolJoint) -> FindingEvidence? {
        joint.callID.map { FindingEvidence(spanID: joint.hops.first?.spanID, label: "call id", value: $0) }
    }

    /// The first characters of a payload for a sentence.
    func quote(_ payload: PayloadDigest?) -> String {
        guard let payload else { return "" }
        if payload.preview.isEmpty { return "an empty text" }
        let start = payload.preview.prefix(60)
        return start.utf8.count < payload.byteCount ? "\(start)…" : String(start)
    }
}
