import TraceModel

/// Taking agents in, folding them and going from one to the next.
enum Agents {
    static func show(_ state: inout AppState, _ loaded: LoadedAgents, of traceKey: Int64) {
        guard var agents = state.agents, agents.list.traceKey == traceKey else { return }
        agents.content = loaded
        agents.list.error = nil
        agents.comparison = nil
        agents.folded = agents.folded.filter { $0 < Int32(loaded.runs.count) }
        agents.rows = loaded.rows(agents.grouping, folded: agents.folded)
        state.agents = agents
    }

    static func collapse(_ state: inout AppState) -> [Effect] {
        guard var agents = state.agents, let row = agents.selectedRow else { return [] }
        if row.hasChildren, row.hiddenCount == 0 {
            agents.folded.insert(Int32(row.run))
            agents.relist()
        } else if let parent = agents.content?.ancestors(of: row.run).first,
            let index = agents.rows.firstIndex(where: { $0.run == parent })
        {
            agents.list.cursor = index
        }
        state.agents = agents
        return []
    }

    static func expand(_ state: inout AppState) -> [Effect] {
        guard var agents = state.agents, let row = agents.selectedRow else { return [] }
        if agents.folded.remove(Int32(row.run)) != nil {
            agents.relist()
        } else if row.hasChildren {
            agents.list.cursor += 1
        }
        state.agents = agents
        return []
    }

    static func toggleAll(_ state: inout AppState) -> [Effect] {
        guard var agents = state.agents else { return [] }
        if agents.folded.isEmpty {
            // A single root stays open: one row says nothing.
            let roots = agents.rows.filter { $0.depth == 0 }.count
            agents.folded = Set(
                agents.rows.filter { $0.hasChildren && ($0.depth > 0 || roots > 1) }.map { Int32($0.run) })
        } else {
            agents.folded = []
        }
        agents.relist()
        state.agents = agents
        return []
    }

    static func nextGrouping(_ state: inout AppState) -> [Effect] {
        guard var agents = state.agents else { return [] }
        let all = AgentGrouping.allCases
        agents.grouping = all[((all.firstIndex(of: agents.grouping) ?? 0) + 1) % all.count]
        agents.relist()
        state.agents = agents
        state.notice = .information(agents.grouping.words)
        return []
    }

    static func jumpToSameAgent(_ state: inout AppState, direction: Int) -> [Effect] {
        guard let agents = state.agents, let content = agents.content, let here = agents.selectedRun else { return [] }
        let count = agents.rows.count
        for step in 1...max(1, count) {
            let index = ((agents.list.cursor + direction * step) % count + count) % count
            guard content.runs[agents.rows[index].run].name == here.name else { continue }
            if index == agents.list.cursor {
                state.notice = .information("the only row of \(here.name ?? "an agent without a name")")
            } else if direction * (index - agents.list.cursor) < 0 {
                state.notice = .information("round the end")
            }
            state.agents?.list.cursor = index
            state.agents?.list.detailTop = 0
            return []
        }
        return []
    }
}
