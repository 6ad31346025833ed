import TraceModel

/// The spans of a trace by the agent run that takes the steps, in the order of the tree.
///
/// Each run is a group; the spans of a root that belong to no run are one group together.
struct StepGroups {
    typealias Node = SpanForest.Node

    /// The group of each span.
    private(set) var groupOf: [Int32]
    /// The agent run of each group; 0 for one without.
    private(set) var runOf: [Int32]
    /// All nodes, parents before children, and how deep each stands.
    private(set) var order: [Node]
    private(set) var depths: [Int32]
    /// The first start and the last known time of each group; the first lies after the last where none is known.
    private(set) var starts: [Int64]
    private(set) var ends: [Int64]
    /// The last known time in the subtree of each node; `Int64.min` where none is known.
    private(set) var subtreeEnds: [Int64]

    init(_ input: TraceInput, forest: SpanForest, spanRuns: [Int32]) {
        let count = input.spans.count
        groupOf = Array(repeating: -1, count: count)
        runOf = []
        order = forest.preorder
        depths = Array(repeating: 0, count: forest.nodeCount)
        var groupOfRun = [Int32](repeating: -1, count: count + 1)
        var groupOfRoot: Int32 = -1

        for node in order {
            let parent = forest.parents[Int(node)]
            if parent < 0 { groupOfRoot = -1 } else { depths[Int(node)] = depths[Int(parent)] + 1 }
            guard Int(node) < count else { continue }
            let run = Int(node) < spanRuns.count ? Int(spanRuns[Int(node)]) : 0
            if run > 0, run <= count {
                if groupOfRun[run] < 0 {
                    groupOfRun[run] = Int32(runOf.count)
                    runOf.append(Int32(run))
                }
                groupOf[Int(node)] = groupOfRun[run]
            } else {
                if groupOfRoot < 0 {
                    groupOfRoot = Int32(runOf.count)
                    runOf.append(0)
                }
                groupOf[Int(node)] = groupOfRoot
            }
        }
        subtreeEnds = Self.subtreeEnds(input.columns, forest: forest, order: order)
        starts = Array(repeating: .max, count: runOf.count)
        ends = Array(repeating: .min, count: runOf.count)
        for i in 0..<count {
            guard let start = input.columns.start(i).map(ClampedTime.time) else { continue }
            let group = Int(groupOf[i])
            starts[group] = min(starts[group], start)
            // An unfinished span lasted at least until something last happened beneath it.
            let end = input.columns.end(i).map(ClampedTime.time) ?? subtreeEnds[i]
            ends[group] = max(ends[group], start, end)
        }
    }

    /// The group of a node; −1 for a placeholder.
    func group(_ node: Node) -> Int32 { Int(node) < groupOf.count ? groupOf[Int(node)] : -1 }

    private static func subtreeEnds(_ columns: ColumnarSpans, forest: SpanForest, order: [Node]) -> [Int64] {
        var ends = [Int64](repeating: .min, count: forest.nodeCount)
        for node in order.reversed() {
            let i = Int(node)
            if i < forest.spanCount {
                if let start = columns.start(i) { ends[i] = max(ends[i], ClampedTime.time(start)) }
                if let end = columns.end(i) { ends[i] = max(ends[i], ClampedTime.time(end)) }
            }
            let parent = forest.parents[i]
            if parent >= 0 { ends[Int(parent)] = max(ends[Int(parent)], ends[i]) }
        }
        return ends
    }
}
