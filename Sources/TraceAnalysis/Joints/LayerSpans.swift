import TraceModel

/// The model calls and the executions of tools in a trace, each once.
///
/// Frameworks record one call at several layers. Of a model call and the records around it, the innermost that has
/// messages counts; of an execution, the outermost span is its dispatch and the innermost what ran.
struct LayerSpans {
    /// One call of a model.
    struct ModelCall {
        var span: Int32
        /// The place of its evidence; −1 for none.
        var evidence: Int32
        var run: Int32
        var start: Int64
        var end: Int64?
    }

    /// One execution of a tool.
    struct Execution {
        var outer: Int32
        var inner: Int32
        var run: Int32
        var start: Int64
        var end: Int64?
    }

    /// Both in order of start; a call without a start stands last, at the end of time.
    private(set) var models: [ModelCall] = []
    private(set) var executions: [Execution] = []

    init(_ input: TraceInput, forest: SpanForest, agents: AgentResolution) {
        let around = Surroundings(input, forest: forest)
        let isDropped = Self.droppedModels(input, around)
        // The place of the execution that each tool's span belongs to.
        var places = [Int32](repeating: -1, count: input.spans.count)
        models.reserveCapacity(around.modelCount)
        executions.reserveCapacity(around.order.count - around.modelCount)
        for node in around.order {
            let span = Int(node)
            switch around.roles[span] {
            case .model where !isDropped.contains(node):
                models.append(
                    ModelCall(
                        span: node, evidence: input.evidenceIndices[span], run: agents.spanRuns[span],
                        start: input.columns.start(span) ?? .max, end: input.columns.end(span)))
            case .tool:
                let outer = around.tools[span]
                if outer >= 0, places[Int(outer)] >= 0, Self.isSameCall(input, Int(outer), span) {
                    executions[Int(places[Int(outer)])].inner = node
                    places[span] = places[Int(outer)]
                } else {
                    places[span] = Int32(executions.count)
                    executions.append(
                        Execution(
                            outer: node, inner: node, run: agents.spanRuns[span],
                            start: input.columns.start(span) ?? .max, end: input.columns.end(span)))
                }
            default: break
            }
        }
        models.sort { ($0.start, $0.span) < ($1.start, $1.span) }
        executions.sort { ($0.start, $0.outer) < ($1.start, $1.outer) }
    }

    /// Records of model calls that another record tells better.
    private static func droppedModels(_ input: TraceInput, _ around: Surroundings) -> Set<Int32> {
        var inner: [Int32: [Int32]] = [:]
        for node in around.order where around.roles[Int(node)] == .model {
            let outer = around.models[Int(node)]
            if outer >= 0 { inner[outer, default: []].append(node) }
        }
        var dropped: Set<Int32> = []
        // Parents come before children: an outer record is judged before those beneath it.
        for node in around.order {
            guard let calls = inner[node] else { continue }
            if dropped.contains(node), around.models[Int(node)] >= 0, !dropped.contains(around.models[Int(node)]) {
                // Something around it tells it better, and so also better than what is beneath it.
                dropped.formUnion(calls)
                continue
            }
            let best = calls.map { weight(input, $0) }.max() ?? 0
            let own = weight(input, node)
            if best >= (calls.count > 1 ? min(own, 1) : own) {
                dropped.insert(node)
            } else {
                dropped.formUnion(calls)
            }
        }
        return dropped
    }

    /// How much a record of a model call says of joints.
    private static func weight(_ input: TraceInput, _ node: Int32) -> Int {
        let place = Int(input.evidenceIndices[Int(node)])
        guard place >= 0, input.evidence[place].hasMessages else { return 0 }
        return 1 + input.evidence[place].requestedCalls.count + input.evidence[place].deliveredResults.count
    }

    /// True where a tool's span beneath another one runs the same call at a deeper layer.
    private static func isSameCall(_ input: TraceInput, _ outer: Int, _ inner: Int) -> Bool {
        let (a, b) = (Int(input.evidenceIndices[outer]), Int(input.evidenceIndices[inner]))
        if a >= 0, b >= 0 {
            if let outerID = input.evidence[a].toolCallID, let innerID = input.evidence[b].toolCallID {
                return outerID == innerID
            }
            if let outerArguments = input.evidence[a].arguments, let innerArguments = input.evidence[b].arguments {
                return outerArguments.matches(innerArguments) && outerArguments.content == .value
            }
        }
        let (outerTool, innerTool) = (input.spans[outer].tool, input.spans[inner].tool)
        return outerTool != 0 && outerTool == innerTool
    }
}

/// What stands around each span: the nearest model call and the nearest tool that no other layer separates from it.
struct Surroundings {
    enum Role: UInt8 {
        case other
        case model
        case tool
        case agent
    }

    private(set) var roles: [Role]
    /// The nearest of each sort above a span; −1 for none.
    private(set) var models: [Int32]
    private(set) var tools: [Int32]
    /// All model calls and tools, parents before children.
    private(set) var order: [Int32] = []
    private(set) var modelCount = 0

    init(_ input: TraceInput, forest: SpanForest) {
        let count = forest.spanCount
        roles = Array(repeating: .other, count: count)
        models = Array(repeating: -1, count: count)
        tools = Array(repeating: -1, count: count)
        var toolCount = 0
        for span in 0..<count {
            roles[span] = Self.role(input, span)
            if roles[span] == .model { modelCount += 1 }
            if roles[span] == .tool { toolCount += 1 }
        }
        order.reserveCapacity(modelCount + toolCount)
        for node in forest.preorder where Int(node) < count {
            if roles[Int(node)] == .model || roles[Int(node)] == .tool { order.append(node) }
            let parent = Int(forest.parents[Int(node)])
            if parent >= 0, parent < count { inherit(from: parent, to: Int(node)) }
        }
    }

    private mutating func inherit(from parent: Int, to node: Int) {
        switch roles[parent] {
        case .other: (models[node], tools[node]) = (models[parent], tools[parent])
        case .model: models[node] = Int32(parent)
        case .tool: tools[node] = Int32(parent)
        case .agent: break
        }
    }

    private static func role(_ input: TraceInput, _ span: Int) -> Role {
        switch input.columns.kinds[span] {
        case .llm: return .model
        case .tool: return .tool
        case .agent: return .agent
        default:
            let hasCall = input.evidence(of: span, .tool).map { input.evidence[$0].toolCallID != nil } ?? false
            return hasCall ? .tool : .other
        }
    }
}
