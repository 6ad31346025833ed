import TraceAnalysis
package import TraceModel
package import TraceQuery

/// The lines of a trace in tree order, parents first, siblings by start time.
package struct TraceTree {
    private let structure: TraceStructure
    private let forest: SpanForest
    private let selfNanos: [Int64?]

    package init(_ structure: TraceStructure) {
        self.structure = structure
        forest = SpanForest(structure.spans)
        selfNanos = ChildCover(structure.spans, forest: forest).selfNanos
    }

    /// Calls the body with pages of lines.
    package func forEachPage<Failure: Error>(
        of size: Int, _ body: ([SpanLine]) throws(Failure) -> Void
    ) throws(Failure) {
        var page: [SpanLine] = []
        page.reserveCapacity(size)
        var stack: [(node: SpanForest.Node, depth: Int)] = forest.roots.reversed().map { ($0, 0) }
        while let (node, depth) = stack.popLast() {
            page.append(line(node, depth: depth))
            if page.count == size {
                try body(page)
                page.removeAll(keepingCapacity: true)
            }
            for child in forest.children(of: node).reversed() { stack.append((child, depth + 1)) }
        }
        if !page.isEmpty { try body(page) }
    }

    /// The line of one span; nil when the trace does not hold it.
    package func line(of span: LocalSpanID) -> SpanLine? {
        guard let index = structure.spans.firstIndex(where: { $0.local == span }) else { return nil }
        let node = SpanForest.Node(index)
        return line(node, depth: forest.path(to: node).count - 1)
    }

    private func line(_ node: SpanForest.Node, depth: Int) -> SpanLine {
        let trace = structure.summary.traceID
        if let id = forest.missingParent(of: node) { return SpanLine(traceID: trace, missing: id, depth: depth) }
        let row = structure.spans[Int(node)]
        var line = SpanLine(
            traceID: trace, row: row, names: structure.names, run: structure.agents.run(row.agentRun))
        line.depth = depth
        line.selfNanos = selfNanos[Int(node)]
        return line
    }
}

extension AgentTopology {
    /// The run that a number names; nil for 0 and for a number that no run has.
    package func run(_ number: Int32) -> AgentRun? {
        let place = Int(number) - 1
        if runs.indices.contains(place), runs[place].number == number { return runs[place] }
        // Of a part of a trace only some runs are there.
        return runs.first { $0.number == number }
    }
}
