import TraceAnalysis
import TraceModel

/// Folding of the tree.
enum Folding {
    static func collapse(_ state: inout AppState) -> [Effect] {
        guard var trace = state.trace, let loaded = trace.loaded, let row = trace.selectedRow else { return [] }
        let isOpen = !loaded.forest.children(of: row.node).isEmpty && !trace.folds.collapsed.contains(row.node)
        if isOpen, row.runLength == 1 {
            trace.folds.collapsed.insert(row.node)
            trace.refold()
        } else if let run = openRun(holding: row.node, in: trace) {
            trace.folds.openRuns.remove(run)
            trace.refold()
        } else if loaded.forest.parents[Int(row.node)] >= 0 {
            trace.reveal(loaded.forest.parents[Int(row.node)])
        }
        state.trace = trace
        return []
    }

    /// The unfolded run that a node belongs to.
    private static func openRun(holding node: SpanForest.Node, in trace: TraceState) -> SpanForest.Node? {
        guard let loaded = trace.loaded, trace.folds.foldsRuns else { return nil }
        var candidate = node
        var best: SpanForest.Node?
        while true {
            if trace.folds.openRuns.contains(candidate) { best = candidate }
            guard best == nil, let previous = loaded.forest.sibling(of: candidate, distance: -1),
                loaded.row(previous)?.name == loaded.row(node)?.name
            else { return best }
            candidate = previous
        }
    }

    static func expand(_ state: inout AppState) -> [Effect] {
        guard var trace = state.trace, let loaded = trace.loaded, let row = trace.selectedRow else { return [] }
        if row.runLength > 1 {
            trace.folds.openRuns.insert(row.node)
            trace.refold()
        } else if trace.folds.collapsed.remove(row.node) != nil {
            trace.refold()
        } else if let child = loaded.forest.children(of: row.node).first {
            trace.reveal(child)
        }
        state.trace = trace
        return []
    }

    /// Folds or unfolds the outermost level that is not yet.
    static func changeLevel(_ state: inout AppState, by change: Int) -> [Effect] {
        guard var trace = state.trace, let loaded = trace.loaded else { return [] }
        // The deepest level at which something is open, and the shallowest at which something is folded.
        var deepestOpen = -1
        var shallowestFolded = Int.max
        var levels: [Int: [SpanForest.Node]] = [:]
        loaded.forest.walk { node, depth in
            guard !loaded.forest.children(of: node).isEmpty else { return false }
            levels[depth, default: []].append(node)
            if trace.folds.collapsed.contains(node) {
                shallowestFolded = min(shallowestFolded, depth)
                return false
            }
            deepestOpen = max(deepestOpen, depth)
            return true
        }
        if change > 0 {
            for node in levels[shallowestFolded] ?? [] { trace.folds.collapsed.remove(node) }
        } else {
            trace.folds.collapsed.formUnion(levels[deepestOpen] ?? [])
        }
        trace.refold()
        state.trace = trace
        return []
    }

    static func toggleAll(_ state: inout AppState) -> [Effect] {
        guard var trace = state.trace, let loaded = trace.loaded else { return [] }
        if trace.folds.collapsed.isEmpty {
            loaded.forest.walk { node, depth in
                let isParent = !loaded.forest.children(of: node).isEmpty
                // A single root stays open: one row says nothing.
                if isParent, depth > 0 || loaded.forest.roots.count > 1 { trace.folds.collapsed.insert(node) }
                return isParent
            }
        } else {
            trace.folds.collapsed = []
        }
        trace.refold()
        state.trace = trace
        return []
    }

    static func toggleRuns(_ state: inout AppState) -> [Effect] {
        state.trace?.folds.foldsRuns.toggle()
        state.trace?.folds.openRuns = []
        state.trace?.refold()
        let folds = state.trace?.folds.foldsRuns ?? true
        state.notice = .information(folds ? "equal siblings share a row" : "every span has its row")
        return []
    }
}
