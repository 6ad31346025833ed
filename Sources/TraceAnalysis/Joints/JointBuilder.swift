import TraceModel

/// Follows each tool call of a trace through the layers.
enum JointBuilder {
    static func report(_ input: TraceInput, forest: SpanForest, agents: AgentResolution) -> JointReport {
        let layers = LayerSpans(input, forest: forest, agents: agents)
        guard !layers.models.isEmpty || !layers.executions.isEmpty else { return JointReport(joints: []) }
        let matcher = JointMatcher(input, layers: layers)
        let dropped = DroppedResults(matcher, hasMissingParents: !forest.missingParents.isEmpty)
        let joints = matcher.drafts.indices.map { joint($0, matcher, dropped) }
        let judge = JointJudge(
            matcher: matcher, joints: joints, dropped: dropped, hasMissingParents: !forest.missingParents.isEmpty,
            topology: agents.topology)
        return JointReport(joints: joints, findings: judge.findings)
    }

    private static func joint(_ place: Int, _ matcher: JointMatcher, _ dropped: DroppedResults) -> ToolJoint {
        let draft = matcher.drafts[place]
        let request = draft.ask >= 0 ? matcher.request(draft.ask) : nil
        let execution = draft.execution >= 0 ? matcher.layers.executions[Int(draft.execution)] : nil
        var hops = Hops(matcher.input)
        hops.reserve(execution == nil ? 3 : 6)
        if let request {
            let model = matcher.layers.models[Int(matcher.asks[Int(draft.ask)].model)]
            hops.add(.asked, model.span, model.end, request.arguments, .arguments)
        }
        if let execution {
            let outer = matcher.input.spans[Int(execution.outer)]
            let inner = matcher.input.spans[Int(execution.inner)]
            let arguments = matcher.arguments(execution)
            let own = execution.inner == execution.outer ? nil : matcher.innerArguments(execution)
            hops.add(.dispatched, execution.outer, outer.startUnixNano, arguments, .arguments)
            hops.add(.ran, execution.inner, inner.startUnixNano, own ?? arguments, .arguments)
            let result = matcher.result(execution)
            let end = result.map { matcher.input.spans[Int($0.span)].endUnixNano } ?? execution.end
            hops.add(.returned, result?.span ?? execution.outer, end, result?.digest, .result)
        }
        if draft.deliveryModel >= 0 {
            let model = matcher.layers.models[Int(draft.deliveryModel)]
            let delivered = matcher.input.evidence[Int(model.evidence)].deliveredResults[Int(draft.deliveryPlace)]
            hops.add(.delivered, model.span, model.start, delivered.result, .result)
            hops.add(.answered, model.span, model.end, matcher.input.evidence[Int(model.evidence)].answer, .answer)
        }
        if let witness = dropped.witnesses[place] {
            let model = matcher.layers.models[Int(witness.model)]
            hops.addAbsent(.delivered, model.span, model.start)
        }
        let tool = execution.flatMap { execution in
            matcher.input.names[matcher.input.spans[Int(execution.outer)].tool]
                ?? matcher.input.names[matcher.input.spans[Int(execution.inner)].tool]
        }
        var joint = ToolJoint(
            number: Int32(clamping: place + 1), callID: draft.id >= 0 ? matcher.ids[Int(draft.id)] : nil,
            toolName: request?.name ?? tool, run: draft.run, hops: hops.list)
        joint.isJoinedByID = draft.isJoinedByID
        return joint
    }

    /// The stages of one call as they are found, each compared with the last one of its sort.
    private struct Hops {
        enum Sort {
            case arguments
            case result
            case answer
        }

        private let input: TraceInput
        private(set) var list: [JointHop] = []
        private var arguments: PayloadDigest?
        private var result: PayloadDigest?

        init(_ input: TraceInput) {
            self.input = input
        }

        mutating func reserve(_ count: Int) { list.reserveCapacity(count) }

        mutating func add(
            _ stage: JointStage, _ span: Int32, _ time: Int64?, _ payload: PayloadDigest?, _ sort: Sort
        ) {
            let row = input.spans[Int(span)]
            var comparison = JointComparison.unknown
            if let payload {
                switch sort {
                case .arguments: comparison = Self.compare(&arguments, payload)
                case .result: comparison = Self.compare(&result, payload)
                case .answer: comparison = .first
                }
            }
            list.append(
                JointHop(
                    stage: stage, spanID: row.spanID, spanKey: row.key, timeUnixNano: time, comparison: comparison,
                    payload: payload))
        }

        /// A stage that holds no payload where it should.
        mutating func addAbsent(_ stage: JointStage, _ span: Int32, _ time: Int64?) {
            add(stage, span, time, nil, .result)
            list[list.count - 1].comparison = .absent
        }

        private static func compare(_ last: inout PayloadDigest?, _ payload: PayloadDigest) -> JointComparison {
            defer { last = payload }
            guard let before = last else { return .first }
            return PayloadDifference.comparison(before, payload)
        }
    }
}
