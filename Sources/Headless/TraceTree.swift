import TraceAnalysis
import TraceModel
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
        of size: Int, _ body: ([TreeLine]) throws(Failure) -> Void
    ) throws(Failure) {
        var page: [TreeLine] = []
        page.reserveCapacity(size)
        // The agent of each ancestor of the line at hand; lines come parents first.
        var agents: [NameIndex] = []
        var stack: [(node: SpanForest.Node, depth: Int)] = forest.roots.reversed().map { ($0, 0) }
        while let (node, depth) = stack.popLast() {
            if agents.count > depth { agents.removeSubrange(depth...) }
            let line = line(node, depth: depth, inherited: agents.last ?? 0)
            agents.append(line.agent)
            page.append(line.line)
            if page.count == size {
                try body(page)
                page.removeAll(keepingCapacity: true)
            }
            for child in forest.children(of: node).reversed() { stack.append((child, depth + 1)) }
        }
        if !page.isEmpty { try body(page) }
    }

    /// The line of one span; nil when the trace does not hold it.
    package func line(of key: Int64) -> TreeLine? {
        guard let index = structure.spans.firstIndex(where: { $0.key == key }) else { return nil }
        let path = forest.path(to: SpanForest.Node(index))
        var agent: NameIndex = 0
        for ancestor in path.dropLast() where !forest.isPlaceholder(ancestor) {
            let span = structure.spans[Int(ancestor)]
            if span.agent != 0 { agent = span.agent }
        }
        return line(SpanForest.Node(index), depth: path.count - 1, inherited: agent).line
    }

    private func line(
        _ node: SpanForest.Node, depth: Int, inherited: NameIndex
    ) -> (line: TreeLine, agent: NameIndex) {
        let trace = structure.summary.traceID
        if let id = forest.missingParent(of: node) {
            let line = TreeLine(
                traceID: trace, spanID: id, depth: depth, span: nil, selfNanos: nil, agent: nil,
                agentSource: .missing, names: structure.names)
            return (line, 0)
        }
        let span = structure.spans[Int(node)]
        let isOwn = span.agent != 0
        let agent = isOwn ? span.agent : inherited
        let line = TreeLine(
            traceID: trace, spanID: span.spanID, depth: depth, span: span, selfNanos: selfNanos[Int(node)],
            agent: structure.names[agent],
            agentSource: isOwn ? span.agentSource : inherited != 0 ? .inherited : .missing,
            names: structure.names)
        return (line, agent)
    }
}
