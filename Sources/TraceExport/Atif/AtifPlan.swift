import TraceModel

/// Which trajectories a trace has: one for each agent run that is exported, within the one that started it.
///
/// Spans that belong to no run stand in the document itself. Where several runs have no run around them, the document
/// stands for the trace and holds them all.
struct AtifPlan {
    struct Trajectory {
        /// The run by its number; 0 for the document of a trace without a single agent at its top.
        var run: Int32
        /// The place of the trajectory that holds it; −1 for the document.
        var parent: Int
        var depth: Int
        /// Spans in order of time, as indices.
        var spans: [Int] = []
        /// The span that started it, of the trajectory around it; nil where none is known.
        var starter: Int?
    }

    /// Agents nested deeper stand with the agent at this depth, so that readers can parse the document.
    static let depthLimit = 48

    /// In an order in which a trajectory stands before those within it; the document comes first.
    private(set) var trajectories: [Trajectory] = []
    private(set) var deepCount = 0

    init(_ trace: ExportTrace, _ spans: [ExportSpan], _ inner: AtifInnerCalls) {
        let runs = trace.agents.runs
        func run(_ span: ExportSpan) -> Int32 {
            span.row.agentRun > 0 && Int(span.row.agentRun) <= runs.count ? span.row.agentRun : 0
        }
        var spansOfRun: [Int32: [Int]] = [:]
        for (index, span) in spans.enumerated() { spansOfRun[run(span), default: []].append(index) }
        let exported = spansOfRun.keys.filter { $0 > 0 }.sorted()
        let parents = Self.parents(exported, runs)
        let tops = exported.filter { parents[$0] == 0 }
        let main = tops.count == 1 ? tops[0] : 0
        add(main, exported: exported, parents: parents)
        var placeOfRun: [Int32: Int] = [0: 0]
        for (place, trajectory) in trajectories.enumerated() { placeOfRun[trajectory.run] = place }
        for (index, span) in spans.enumerated() { trajectories[placeOfRun[run(span)] ?? 0].spans.append(index) }
        findStarters(spans, runs, inner)
    }

    /// The nearest exported run around each, 0 for none; cycles are opened.
    private static func parents(_ exported: [Int32], _ runs: [AgentRun]) -> [Int32: Int32] {
        let known = Set(exported)
        var parents: [Int32: Int32] = [:]
        for number in exported {
            var parent = runs[Int(number) - 1].parent
            var steps = 0
            while parent > 0, Int(parent) <= runs.count, !known.contains(parent), steps < runs.count {
                parent = runs[Int(parent) - 1].parent
                steps += 1
            }
            parents[number] = known.contains(parent) && parent != number ? parent : 0
        }
        // A run that leads back to itself is at the top.
        var settled: Set<Int32> = []
        for number in exported {
            var path: [Int32] = []
            var onPath: Set<Int32> = []
            var current = number
            while current > 0 && !settled.contains(current) {
                if !onPath.insert(current).inserted {
                    parents[current] = 0
                    break
                }
                path.append(current)
                current = parents[current] ?? 0
            }
            settled.formUnion(path)
        }
        return parents
    }

    private mutating func add(_ main: Int32, exported: [Int32], parents: [Int32: Int32]) {
        var children: [Int32: [Int32]] = [:]
        for number in exported where number != main {
            let parent = parents[number] ?? 0
            children[parent == 0 ? main : parent, default: []].append(number)
        }
        trajectories.append(Trajectory(run: main, parent: -1, depth: 0))
        var place = 0
        while place < trajectories.count {
            let trajectory = trajectories[place]
            let isDeep = trajectory.depth >= Self.depthLimit
            for number in children[trajectory.run] ?? [] {
                if isDeep { deepCount += 1 }
                trajectories.append(
                    Trajectory(
                        run: number, parent: isDeep ? trajectory.parent : place,
                        depth: isDeep ? trajectory.depth : trajectory.depth + 1))
            }
            place += 1
        }
    }

    // MARK: Who started whom

    private mutating func findStarters(_ spans: [ExportSpan], _ runs: [AgentRun], _ inner: AtifInnerCalls) {
        var indexOfSpan: [SpanID: Int] = [:]
        for (index, span) in spans.enumerated() where indexOfSpan[span.row.spanID] == nil {
            indexOfSpan[span.row.spanID] = index
        }
        var places = [Int](repeating: 0, count: spans.count)
        for (place, trajectory) in trajectories.enumerated() {
            for index in trajectory.spans { places[index] = place }
        }
        let tools = Self.nearestTools(spans, places, indexOfSpan, inner)
        for place in trajectories.indices.dropFirst() {
            let trajectory = trajectories[place]
            let run = runs[Int(trajectory.run) - 1]
            let opening = run.spanID.flatMap { indexOfSpan[$0] } ?? trajectory.spans.first
            let around = opening.flatMap { spans[$0].row.parentSpanID }.flatMap { indexOfSpan[$0] }
            if let around, places[around] == trajectory.parent, tools[around] >= 0 {
                trajectories[place].starter = tools[around]
            } else if let trigger = run.triggeringSpanID.flatMap({ indexOfSpan[$0] }),
                places[trigger] == trajectory.parent
            {
                trajectories[place].starter = trigger
            }
        }
    }

    /// For each span the tool span that it is or stands beneath, within its trajectory; −1 for none.
    private static func nearestTools(
        _ spans: [ExportSpan], _ places: [Int], _ indexOfSpan: [SpanID: Int], _ inner: AtifInnerCalls
    ) -> [Int] {
        let unknown = -2
        var tools = [Int](repeating: unknown, count: spans.count)
        for start in spans.indices {
            var path: [Int] = []
            var current = start
            var found = -1
            while tools[current] == unknown {
                // A cycle of parents meets itself here.
                tools[current] = -1
                path.append(current)
                if spans[current].row.kind == .tool && !inner.isRepeated[current] {
                    found = current
                    break
                }
                guard let parent = spans[current].row.parentSpanID.flatMap({ indexOfSpan[$0] }),
                    places[parent] == places[current]
                else { break }
                current = parent
            }
            if found < 0 { found = max(tools[current], -1) }
            for index in path { tools[index] = found }
        }
        return tools
    }
}
