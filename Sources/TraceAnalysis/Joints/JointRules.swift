import TraceModel

/// Draws findings from the tool calls of a trace.
struct JointRules {
    let matcher: JointMatcher
    /// Parallel to the drafts of the matcher.
    let joints: ToolJoints
    /// Those with known arguments and a known result, in order of joints.
    let calls: [ToolLoopFinder.Call]
    /// Spans are missing: that something is not there proves nothing then.
    let hasMissingParents: Bool
    let topology: AgentTopology
    let dropped: DroppedResults
    /// By number, whether a span of the trace runs a tool and whether several calls bear an id: which request belongs
    /// to which execution is less sure then.
    let isExecuted: [Bool]
    let isShared: [Bool]
    /// Agent runs with calls that were joined by id.
    let runsJoinedByID: Set<Int32>
    let recalls: RecalledCalls

    init(
        matcher: JointMatcher, joints: ToolJoints, calls: [ToolLoopFinder.Call], dropped: DroppedResults,
        hasMissingParents: Bool, topology: AgentTopology
    ) {
        self.matcher = matcher
        self.joints = joints
        self.calls = calls
        self.dropped = dropped
        self.hasMissingParents = hasMissingParents
        self.topology = topology
        var isExecuted = [Bool](repeating: false, count: matcher.tools.texts.count)
        var isKnown = [Bool](repeating: false, count: matcher.ids.texts.count)
        var isShared = isKnown
        var runs: Set<Int32> = []
        var lastRun: Int32 = -1
        for draft in matcher.drafts {
            if draft.id >= 0 {
                if isKnown[Int(draft.id)] { isShared[Int(draft.id)] = true }
                isKnown[Int(draft.id)] = true
            }
            guard draft.execution >= 0 else { continue }
            if draft.tool >= 0 { isExecuted[Int(draft.tool)] = true }
            if draft.isJoinedByID, draft.ask >= 0, draft.run != lastRun {
                runs.insert(draft.run)
                lastRun = draft.run
            }
        }
        self.isExecuted = isExecuted
        self.isShared = isShared
        runsJoinedByID = runs
        recalls = RecalledCalls(matcher, in: runs)
    }

    var input: TraceInput { matcher.input }

    /// All findings; of each rule at most one for a joint, and no more than the cap for the trace.
    var findings: [Finding] {
        var found = FindingList()
        for place in matcher.drafts.indices { apply(to: place, into: &found) }
        for finding in ToolLoopFinder(self).findings { found.append(finding) }
        for finding in RetryStormFinder(input, matcher.layers, topology).findings { found.append(finding) }
        for finding in AliasFlipFinder(input, matcher.layers).findings { found.append(finding) }
        return found.findings
    }

    private func apply(to place: Int, into found: inout FindingList) {
        let draft = matcher.drafts[place]
        if draft.execution >= 0 {
            if isOdd(place) {
                let joint = joints[place]
                let execution = matcher.layers.executions[Int(draft.execution)]
                found.append(resultContent(joint, execution))
                found.append(argumentsDiffer(joint, draft))
                found.append(nullThenClaimed(joint, draft, execution))
                found.append(resultChanged(joint, draft, execution))
            }
            if draft.ask < 0 { found.append(executedNotCalled(joints[place], draft)) }
            if let witness = dropped.witnesses[place] { found.append(resultDropped(joints[place], witness)) }
        } else {
            found.append(callNotExecuted(joints[place], draft))
        }
        if draft.ask >= 0, matcher.asks[Int(draft.ask)].hasOffers { found.append(unknownTool(joints[place], draft)) }
    }

    /// True where a payload is no plain value or changes on its way; most joints are spared the rest by this.
    private func isOdd(_ place: Int) -> Bool {
        let table = joints.table
        return table.hops(of: place).contains { place in
            let hop = table.hops[place]
            if hop.comparison == .truncated || hop.comparison == .different { return true }
            guard hop.payload >= 0 else { return false }
            let content = table.payloads[Int(hop.payload)].content
            return content == .empty || content == .error
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
    func quote(_ payload: JointPayload?) -> String {
        guard let payload else { return "" }
        return quote(payload.preview, of: payload.byteCount)
    }

    func quote(_ payload: PayloadDigest) -> String { quote(payload.preview, of: payload.byteCount) }

    private func quote(_ preview: String, of byteCount: Int) -> String {
        if preview.isEmpty { return "an empty text" }
        let start = preview.prefix(60)
        return start.utf8.count < byteCount ? "\(start)…" : String(start)
    }
}
