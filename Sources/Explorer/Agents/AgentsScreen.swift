import Canvas
import TraceModel
import TraceTables

/// The agents of a trace as a tree with lanes on the time axis.
enum AgentsScreen {
    static func render(_ state: AppState, into canvas: inout Canvas) {
        let agents = state.agents
        let loaded = agents?.content
        var content = TraceListScreen.Content(columns: AgentColumns.all)
        content.emptySentence = "No agents: nothing in this trace names one. 1 goes back to the tree."
        if let loaded { content.figures = figures(loaded) }
        TraceListScreen.render(
            state, content, into: &canvas, row: { index in agents.flatMap { loaded?.line($0.rows[index]) } }
        ) { cell, canvas in
            guard let agents, let loaded else { return .done }
            return AgentRowPainter(state: state, loaded: loaded, style: cell.style)
                .draw(agents.rows[cell.index], cell, into: &canvas)
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
