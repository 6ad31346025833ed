import TraceAnalysis
import TraceModel
import TraceQuery

/// Jumping to the next span of a sort, wherever the tree hides it.
enum TreeJumps {
    enum Target {
        case errors, findings, sameAgent

        var name: String {
            switch self {
            case .errors: "span that failed"
            case .findings: "span with a finding"
            case .sameAgent: "span of this agent"
            }
        }
    }

    static func jump(_ state: inout AppState, to target: Target, direction: Int) -> [Effect] {
        guard var trace = state.trace, let loaded = trace.loaded, let here = trace.selected else { return [] }
        let nodes: [SpanForest.Node]
        switch target {
        case .errors: nodes = loaded.errorNodes
        case .findings: nodes = loaded.markedNodes
        case .sameAgent:
            guard let agent = loaded.row(here)?.agent, agent != 0 else {
                state.notice = .information("no agent is known here")
                return []
            }
            nodes = loaded.nodes { $0.agent == agent }
        }
        let rank = loaded.ranks[Int(here)]
        let next =
            direction > 0
            ? nodes.first { loaded.ranks[Int($0)] > rank } : nodes.last { loaded.ranks[Int($0)] < rank }
        if let found = next ?? (direction > 0 ? nodes.first : nodes.last) {
            trace.reveal(found)
            state.trace = trace
            if next == nil {
                state.notice = .information(nodes.count == 1 ? "the only \(target.name)" : "round the end")
            }
        } else {
            state.notice = .information("no \(target.name)")
        }
        return []
    }

    static func sibling(_ state: inout AppState, direction: Int) -> [Effect] {
        guard var trace = state.trace, let loaded = trace.loaded, let row = trace.selectedRow else { return [] }
        let distance = direction > 0 ? Int(row.runLength) : -1
        if let node = loaded.forest.sibling(of: row.node, distance: distance) {
            // A sibling inside a folded run is reached as the run, not unfolded.
            if let index = trace.rows.index(of: node, in: loaded) { trace.cursor = index }
            state.trace = trace
        }
        return []
    }
}

extension LoadedTrace {
    /// The spans that a test chooses, in tree order.
    func nodes(where isChosen: (SpanRow) -> Bool) -> [SpanForest.Node] {
        structure.spans.indices.filter { isChosen(structure.spans[$0]) }.map { SpanForest.Node($0) }
            .sorted { ranks[Int($0)] < ranks[Int($1)] }
    }
}
