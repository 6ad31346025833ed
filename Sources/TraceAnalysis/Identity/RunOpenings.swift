import TraceModel

/// Where the agent runs of a trace begin, and the run of every span.
///
/// A span opens a run where it is of kind agent or names another agent than the run around it. An agent's span of the
/// same name as the run around it is a second layer that tells of the same invocation, unless a tool call lies between
/// the two or they state different instances or attempts. Leaves and model calls that name an agent without a span for
/// it form one run with their siblings of the same name.
struct RunOpenings {
    struct Opening {
        /// The span of the invocation, or the first of the group.
        var span: Int32
        var name: NameIndex
        var instance: NameIndex
        /// The run around it by number; 0 for none.
        var parent: Int32
        /// The nearest tool span between it and the run around it; −1 for none.
        var tool: Int32
        /// The parent node of the span; −1 for a root.
        var scope: Int32
        /// No span stands for the invocation: siblings name the agent.
        var isGroup: Bool
    }

    private struct GroupKey: Hashable {
        var scope: Int32
        var name: NameIndex
        var instance: NameIndex
    }

    /// In order of start; the run with number n stands at n − 1.
    private(set) var runs: [Opening] = []
    /// The run of each span by number; 0 for none.
    private(set) var spanRuns: [Int32]

    init(_ input: TraceInput, forest: SpanForest) {
        spanRuns = Array(repeating: 0, count: input.spans.count)
        var tools = [Int32](repeating: -1, count: input.spans.count)
        var groups: [GroupKey: Int32] = [:]
        for node in forest.preorder where !forest.isPlaceholder(node) {
            let span = Int(node)
            let scope = forest.parents[span]
            let isBeneath = scope >= 0 && !forest.isPlaceholder(scope)
            let around = isBeneath ? spanRuns[Int(scope)] : 0
            var tool = isBeneath ? tools[Int(scope)] : -1
            let kind = input.columns.kinds[span]
            let names = input.columns.facts[span].contains(.agent)
            let (name, instance) = names ? RunOpenings.ownIdentity(input.spans[span]) : (0, 0)
            // Most spans neither are an agent nor name one.
            let opens =
                (names || kind == .agent)
                && RunOpenings.opens(
                    span, name, instance, around: around > 0 ? runs[Int(around) - 1] : nil, tool: tool, input)
            if opens {
                let row = input.spans[span]
                let isGroup = row.kind != .agent && RunOpenings.isLeafOfGroup(row, node, forest)
                let key = GroupKey(scope: scope, name: name, instance: instance)
                if isGroup, let known = groups[key] {
                    spanRuns[span] = known
                } else {
                    runs.append(
                        Opening(
                            span: node, name: name, instance: instance, parent: around, tool: tool, scope: scope,
                            isGroup: isGroup))
                    spanRuns[span] = Int32(runs.count)
                    if isGroup { groups[key] = Int32(runs.count) }
                }
                tool = -1
            } else {
                spanRuns[span] = around
            }
            tools[span] = kind == .tool ? node : tool
        }
        orderByStart()
    }

    /// The agent and the instance that a span states itself.
    static func ownIdentity(_ row: SpanRow) -> (name: NameIndex, instance: NameIndex) {
        switch row.agentSource {
        case .declared, .inferred: (row.agent, row.agentInstance)
        case .missing: (0, row.agentInstance)
        case .inherited: (0, 0)
        }
    }

    private static func opens(
        _ span: Int, _ name: NameIndex, _ instance: NameIndex, around: Opening?, tool: Int32, _ input: TraceInput
    ) -> Bool {
        let row = input.spans[span]
        // To create an agent is not to invoke it.
        if row.kind == .agent, input.names[row.name]?.hasPrefix("create_agent") == true { return false }
        guard let around else { return row.kind == .agent || name != 0 }
        guard row.kind == .agent else { return name != 0 && name != around.name }
        if name != around.name {
            if name != 0 { return true }
            // A wrapper without a name that covers just what the named span does is a layer of it.
            let outer = input.spans[Int(around.span)]
            return tool >= 0 || row.startUnixNano == nil || row.startUnixNano != outer.startUnixNano
                || row.endUnixNano != outer.endUnixNano
        }
        // Two agents without a name cannot be told to be one.
        if tool >= 0 || name == 0 || around.isGroup { return true }
        if instance != 0, around.instance != 0, instance != around.instance { return true }
        guard let attempt = input.evidence(of: span)?.attempt else { return false }
        return attempt != (input.evidence(of: Int(around.span))?.attempt ?? attempt)
    }

    /// Tells the span of a model or tool call, or one without children, from one that stands for an invocation.
    private static func isLeafOfGroup(_ row: SpanRow, _ node: SpanForest.Node, _ forest: SpanForest) -> Bool {
        switch row.kind {
        case .chain, .workflow, .other: forest.children(of: node).isEmpty
        default: true
        }
    }

    /// Numbers the runs by their first spans, which stand in order of start.
    private mutating func orderByStart() {
        let order = runs.indices.sorted { runs[$0].span < runs[$1].span }
        var numbers = [Int32](repeating: 0, count: runs.count + 1)
        for (place, old) in order.enumerated() { numbers[old + 1] = Int32(place + 1) }
        runs = order.map { old in
            var run = runs[old]
            run.parent = numbers[Int(run.parent)]
            return run
        }
        for span in spanRuns.indices { spanRuns[span] = numbers[Int(spanRuns[span])] }
    }
}
