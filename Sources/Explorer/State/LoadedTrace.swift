package import TraceAnalysis
package import TraceModel
package import TraceQuery

/// A trace with all that is derived from it once; shared, never copied.
package final class LoadedTrace: Sendable, Equatable {
    package let structure: TraceStructure
    package let forest: SpanForest
    package let cover: ChildCover
    package let extent: TraceExtent
    package let activity: Activity
    /// The spans about which something was found.
    package let findingSpans: Set<SpanID>
    /// The spans that failed, and those with a mark or a finding, in tree order.
    package let errorNodes: [SpanForest.Node]
    package let markedNodes: [SpanForest.Node]
    /// The place of each node in the whole tree.
    package let ranks: [Int32]

    /// How finely `activity` divides the trace.
    private static let activityBuckets = 480

    package init(_ structure: TraceStructure) {
        self.structure = structure
        let spans = structure.spans
        let forest = SpanForest(spans)
        self.forest = forest
        cover = ChildCover(spans, forest: forest)
        extent = TraceExtent(spans) ?? TraceExtent(start: 0, end: 1)
        activity = Activity(spans, extent: extent, buckets: LoadedTrace.activityBuckets)
        let findingSpans = Set(structure.findings.compactMap(\.spanID))
        self.findingSpans = findingSpans
        var ranks = [Int32](repeating: 0, count: forest.nodeCount)
        var errors: [SpanForest.Node] = []
        var marked: [SpanForest.Node] = []
        var rank: Int32 = 0
        forest.walk { node, _ in
            ranks[Int(node)] = rank
            rank += 1
            if !forest.isPlaceholder(node) {
                let span = spans[Int(node)]
                if span.isError { errors.append(node) }
                if !span.marks.isEmpty || findingSpans.contains(span.spanID) { marked.append(node) }
            }
            return true
        }
        self.ranks = ranks
        errorNodes = errors
        markedNodes = marked
    }

    package static func == (a: LoadedTrace, b: LoadedTrace) -> Bool { a === b }

    /// The row of a span; nil for placeholders.
    package func row(_ node: SpanForest.Node) -> SpanRow? {
        forest.isPlaceholder(node) ? nil : structure.spans[Int(node)]
    }

    /// True when a mark or a finding says something about a span.
    package func hasFinding(_ span: SpanRow) -> Bool {
        !span.marks.isEmpty || !findingSpans.isEmpty && findingSpans.contains(span.spanID)
    }

    /// The node of a span by its store key.
    package func node(key: Int64) -> SpanForest.Node? {
        structure.spans.firstIndex { $0.key == key }.map { SpanForest.Node($0) }
    }

    package func text(_ index: NameIndex) -> String? { structure.names[index] }
}
