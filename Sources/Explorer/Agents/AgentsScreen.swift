import Canvas
import TraceModel

/// The agents of a trace as a tree with lanes on the time axis.
enum AgentsScreen {
    static func render(_ state: AppState, into canvas: inout Canvas) {
        let width = Layout.traceList(state).list.columns
        var content = TraceListScreen.Content()
        content.columns = [
            ListColumn(title: "", width: 1),
            ListColumn(title: "agent", width: nameWidth(width)),
            ListColumn(title: "named", width: 9, from: 100),
            ListColumn(title: "total", width: 6, isNumber: true, from: 30),
            ListColumn(title: "calls", width: 5, isNumber: true, from: 46),
            ListColumn(title: "tokens", width: width >= 100 ? 15 : 12, isNumber: true, from: 60),
            ListColumn(title: Glyphs.error(ascii: state.isASCII), width: 3, isNumber: true, from: 50),
            ListColumn(title: "", width: 0, from: 70),
        ]
        content.emptySentence = "No agents: nothing in this trace names one. 1 goes back to the tree."
        if let loaded = state.agents?.content { content.figures = figures(loaded) }
        TraceListScreen.render(state, content, into: &canvas) { index, columns, row, style, canvas in
            guard let agents = state.agents, let loaded = agents.content else { return }
            AgentRowPainter(state: state, loaded: loaded, columns: columns, style: style)
                .render(agents.rows[index], row: row, into: &canvas)
        }
    }

    private static func nameWidth(_ width: Int) -> Int {
        switch width {
        case ..<30: max(8, width - 4)
        case ..<60: max(12, width - 28)
        case ..<100: 26
        default: 34
        }
    }

    private static func figures(_ loaded: LoadedAgents) -> [String] {
        let topology = loaded.topology
        let share =
            topology.spanCount > 0 ? Double(topology.identifiedSpans) / Double(topology.spanCount) : nil
        return [
            "agents \(loaded.agentCount), instances \(loaded.instanceCount), attempts \(topology.runs.count)",
            "identifiable \(topology.identifiedSpans)/\(topology.spanCount) \(Figures.percent(share))",
        ]
    }
}
