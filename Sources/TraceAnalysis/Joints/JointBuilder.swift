import TraceModel

/// The tool calls of a trace on their way through the layers, and what is wrong with them.
struct JointReport {
    var joints: ToolJoints
    var findings: [Finding] = []
}

/// Follows each tool call of a trace through the layers.
enum JointBuilder {
    static func report(_ input: TraceInput, forest: SpanForest, agents: AgentResolution) -> JointReport {
        let layers = LayerSpans(input, forest: forest, agents: agents)
        guard !layers.models.isEmpty || !layers.executions.isEmpty else { return JointReport(joints: ToolJoints()) }
        let matcher = JointMatcher(input, layers: layers)
        let dropped = DroppedResults(matcher, hasMissingParents: !forest.missingParents.isEmpty)
        var stages = JointStages(matcher, missing: dropped.witnesses.count)
        for place in matcher.drafts.indices { stages.add(matcher.drafts[place], missing: dropped.witnesses[place]) }
        let joints = stages.joints
        let rules = JointRules(
            matcher: matcher, joints: joints, calls: stages.calls, dropped: dropped,
            hasMissingParents: !forest.missingParents.isEmpty, topology: agents.topology)
        return JointReport(joints: joints, findings: rules.findings)
    }
}

/// The stages of calls as they are found, each payload compared with the last one of its sort.
private struct JointStages {
    private let matcher: JointMatcher
    private var builder: ToolJointsBuilder
    /// What tells each call from others, for the search for loops.
    private(set) var calls: [ToolLoopFinder.Call] = []
    private var call = ToolLoopFinder.Reading()
    private var calledCount: Int32 = 0
    private var arguments = Last()
    private var result = Last()

    /// The last payload of one sort, and its place.
    private struct Last {
        var digest: PayloadDigest?
        var place: Int32 = -1
    }

    init(_ matcher: JointMatcher, missing: Int) {
        self.matcher = matcher
        let hopCount = matcher.drafts.reduce(missing) {
            $0 + ($1.ask < 0 ? 0 : 1) + ($1.execution < 0 ? 0 : 3) + ($1.deliveryModel < 0 ? 0 : 2)
        }
        builder = ToolJointsBuilder(
            tools: matcher.tools.texts, callCount: matcher.drafts.count, hopCount: hopCount)
    }

    var joints: ToolJoints { builder.joints }

    mutating func add(_ draft: JointMatcher.Draft, missing witness: DroppedResults.Witness?) {
        builder.begin(
            id: draft.id >= 0 ? matcher.ids.texts[Int(draft.id)] : nil, tool: draft.tool, run: draft.run,
            isJoinedByID: draft.isJoinedByID)
        arguments = Last()
        result = Last()
        call = ToolLoopFinder.Reading()
        if draft.ask >= 0 {
            let model = matcher.layers.models[Int(matcher.asks[Int(draft.ask)].model)]
            add(.asked, model.span, model.end, of: draft)
        }
        if draft.execution >= 0 {
            let execution = matcher.layers.executions[Int(draft.execution)]
            add(.dispatched, execution.outer, matcher.input.columns.start(Int(execution.outer)), of: draft)
            add(.ran, execution.inner, matcher.input.columns.start(Int(execution.inner)), of: draft)
            let bearer = matcher.resultBearer(execution)
            add(
                .returned, bearer ?? execution.outer,
                bearer.map { matcher.input.columns.end(Int($0)) } ?? execution.end, of: draft)
        }
        if draft.deliveryModel >= 0 {
            let model = matcher.layers.models[Int(draft.deliveryModel)]
            add(.delivered, model.span, model.start, of: draft)
            add(.answered, model.span, model.end, of: draft)
        }
        if let witness {
            // The result is missing where it should stand.
            let model = matcher.layers.models[Int(witness.model)]
            add(.delivered, model.span, model.start, .absent, payload: -1)
        }
        if draft.tool >= 0, let whole = call.call(joint: calledCount, run: draft.run, tool: draft.tool) {
            calls.append(whole)
        }
        calledCount += 1
    }

    private mutating func add(_ stage: JointStage, _ span: Int32, _ time: Int64?, of draft: JointMatcher.Draft) {
        guard let payload = matcher.payload(stage, of: draft) else {
            return add(stage, span, time, .unknown, payload: -1)
        }
        call.note(payload, stage)
        let last =
            switch stage {
            case .asked, .dispatched, .ran: arguments
            case .returned, .delivered: result
            case .answered: Last()
            }
        let comparison = last.digest.map { PayloadDifference.comparison($0, payload) } ?? .first
        let place = builder.payload(
            payload.content, byteCount: payload.byteCount, preview: payload.preview,
            saysTruncated: payload.saysTruncated, sharing: last.place)
        switch stage {
        case .asked, .dispatched, .ran: arguments = Last(digest: payload, place: place)
        case .returned, .delivered: result = Last(digest: payload, place: place)
        case .answered: break
        }
        add(stage, span, time, comparison, payload: place)
    }

    private mutating func add(
        _ stage: JointStage, _ span: Int32, _ time: Int64?, _ comparison: JointComparison, payload: Int32
    ) {
        let columns = matcher.input.columns
        builder.add(
            stage, spanID: columns.ids[Int(span)], spanOrdinal: columns.ordinals[Int(span)], timeUnixNano: time,
            comparison: comparison, payload: payload)
    }
}
