package import TraceAnalysis
import TraceModel
import TraceQuery

/// What is folded in a tree.
package struct TreeFolds: Equatable, Sendable {
    package var collapsed: Set<SpanForest.Node> = []
    package var openRuns: Set<SpanForest.Node> = []
    /// Equal siblings share a row.
    package var foldsRuns = true

    package init() {}

    /// The same folds in a newer reading of the trace, by the names of the spans.
    func translated(from old: LoadedTrace, to new: LoadedTrace) -> TreeFolds {
        guard !collapsed.isEmpty || !openRuns.isEmpty else { return self }
        var nodes: [LocalSpanID: SpanForest.Node] = [:]
        for (i, span) in new.structure.spans.enumerated() { nodes[span.local] = SpanForest.Node(i) }
        func translate(_ folded: Set<SpanForest.Node>) -> Set<SpanForest.Node> {
            Set(folded.compactMap { node in old.row(node).flatMap { nodes[$0.local] } })
        }
        var folds = self
        folds.collapsed = translate(collapsed)
        folds.openRuns = translate(openRuns)
        return folds
    }
}

/// The rows of a tree that folding leaves visible.
package struct TreeRows: Equatable, Sendable {
    /// One line of the tree.
    package struct Row: Equatable, Sendable {
        /// The span or placeholder; of a run, its first span.
        package var node: SpanForest.Node
        package var depth: Int32
        /// The number of equal siblings that this row stands for; 1 for a row of its own.
        package var runLength: Int32
    }

    package private(set) var rows: [Row]

    package init() {
        rows = []
    }

    /// At least so many equal siblings in a row fold into one.
    package static let shortestRun = 5

    /// Lists the visible rows.
    ///
    /// Equal siblings are leaves that follow each other with the same name, kind, tool and outcome.
    package init(_ trace: LoadedTrace, _ folds: TreeFolds) {
        var rows: [Row] = []
        let forest = trace.forest
        var stack: [(siblings: ArraySlice<SpanForest.Node>, depth: Int32)] = [(forest.roots[...], 0)]
        while let (pending, depth) = stack.popLast() {
            var siblings = pending
            guard let node = siblings.first else { continue }
            let length = folds.foldsRuns ? TreeRows.runLength(siblings, in: trace) : 1
            if length >= TreeRows.shortestRun, !folds.openRuns.contains(node) {
                rows.append(Row(node: node, depth: depth, runLength: Int32(length)))
                siblings = siblings.dropFirst(length)
            } else {
                // An open run is shown whole, so that its later members are not taken for a run of their own.
                let count = length >= TreeRows.shortestRun ? length : 1
                for shown in siblings.prefix(count) { rows.append(Row(node: shown, depth: depth, runLength: 1)) }
                siblings = siblings.dropFirst(count)
            }
            if !siblings.isEmpty { stack.append((siblings, depth)) }
            if let last = rows.last, last.runLength == 1, last.node == node, !folds.collapsed.contains(node) {
                let children = forest.children(of: node)
                if !children.isEmpty { stack.append((children, depth + 1)) }
            }
        }
        self.rows = rows
    }

    /// The number of siblings from the first on that can stand in one row.
    private static func runLength(_ siblings: ArraySlice<SpanForest.Node>, in trace: LoadedTrace) -> Int {
        guard let first = siblings.first, let model = trace.row(first), trace.forest.children(of: first).isEmpty
        else { return 1 }
        var length = 1
        for node in siblings.dropFirst() {
            guard let row = trace.row(node), trace.forest.children(of: node).isEmpty,
                row.name == model.name, row.kind == model.kind, row.tool == model.tool, row.agent == model.agent,
                row.isError == model.isError, row.isCancelled == model.isCancelled
            else { break }
            length += 1
        }
        return length
    }

    /// The row that shows a node, or the run or nearest shown ancestor that hides it.
    package func index(of node: SpanForest.Node, in trace: LoadedTrace) -> Int? {
        let rank = trace.ranks[Int(node)]
        // Rows come in tree order: the last row that does not lie behind the node shows it or hides it.
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if trace.ranks[Int(rows[middle].node)] <= rank { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }
}
