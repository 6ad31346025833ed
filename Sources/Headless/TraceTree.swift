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
    package func line(of key: Int64) -> TreeLine? {
        guard let index = structure.spans.firstIndex(where: { $0.key == key }) else { return nil }
        let node = SpanForest.Node(index)
        return line(node, depth: forest.path(to: node).count - 1)
    }

    private func line(_ node: SpanForest.Node, depth: Int) -> TreeLine {
        let trace = structure.summary.traceID
        if let id = forest.missingParent(of: node) {
            return TreeLine(
                traceID: trace, spanID: id, depth: depth, span: nil, selfNanos: nil, agent: nil,
                agentSource: .missing, names: structure.names)
        }
        let span = structure.spans[Int(node)]
        return TreeLine(
            traceID: trace, spanID: span.spanID, depth: depth, span: span, selfNanos: selfNanos[Int(node)],
            agent: structure.names[span.agent], agentSource: span.agentSource, names: structure.names,
            run: structure.agents.runNumbered(span.agentRun))
    }
}
