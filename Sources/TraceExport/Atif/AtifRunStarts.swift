import TraceModel

/// Which run each span belongs to, and which spans started each run.
struct AtifRunStarts {
    /// The run of each span by number, 0 for none.
    let runs: [Int32]
    private var tools: [Int32: Int] = [:]
    private var triggers: [Int32: Int] = [:]

    init(_ agents: AtifRuns, _ spans: [ExportSpan], _ inner: AtifInnerCalls) {
        runs = spans.map { span in
            agents[span.row.agentRun] == nil ? 0 : span.row.agentRun
        }
        let indexOfSpan = spans.map(\.row.spanID).firstPlaces
        let nearest = Self.nearestTools(spans, runs, indexOfSpan, inner)
        for (index, run) in runs.enumerated() where run > 0 {
            guard let agent = agents[run] else { continue }
            // The span of the invocation, or the first where there is none.
            guard agent.spanID == spans[index].row.spanID || agent.spanID == nil && tools[run] == nil else { continue }
            if let around = spans[index].row.parentSpanID.flatMap({ indexOfSpan[$0] }), runs[around] != run,
                nearest[around] >= 0, tools[run] == nil
            {
                tools[run] = nearest[around]
            }
            if triggers[run] == nil { triggers[run] = agent.triggeringSpanID.flatMap { indexOfSpan[$0] } }
        }
    }

    /// The tool run beneath which a run began, as an index.
    func tool(of run: Int32) -> Int? { tools[run] }

    /// The span that made a run start by what it said, as an index.
    func trigger(of run: Int32) -> Int? { triggers[run] }

    /// For each span the tool span that it is or stands beneath, within its run; −1 for none.
    private static func nearestTools(
        _ spans: [ExportSpan], _ runs: [Int32], _ indexOfSpan: [SpanID: Int], _ inner: AtifInnerCalls
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
                    runs[parent] == runs[current]
                else { break }
                current = parent
            }
            if found < 0 { found = tools[current] }
            for index in path { tools[index] = found }
        }
        return tools
    }
}
