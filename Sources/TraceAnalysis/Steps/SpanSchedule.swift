import TraceModel

/// When each node of a forest ran, as its parent's time allows: what critical paths and what-if figures rest on.
///
/// The time of a span is cut to that of the span around it, so that a child never outlasts its parent. An unfinished
/// span ends with the last known time beneath it. A span without a start, one that ends before it starts and one
/// wholly outside its parent's time have no time of their own, and those beneath them stand under the next span
/// above that has; so do placeholders, except that a root without a time of its own takes that of all beneath it.
struct SpanSchedule: Sendable {
    typealias Node = SpanForest.Node

    /// Nanoseconds since the Unix epoch; the end lies before the start where the node has no time.
    private(set) var starts: [Int64]
    private(set) var ends: [Int64]
    /// The nearest node above that has a time; −1 for none.
    private(set) var parents: [Node]
    private(set) var roots: [Node]
    private var childOffsets: [Int32]
    private var childList: [Node]

    /// The children with a time of their own of more than 0, by their ends; of equal ones the later started comes first.
    func children(of node: Node) -> ArraySlice<Node> {
        childList[Int(childOffsets[Int(node)])..<Int(childOffsets[Int(node) + 1])]
    }

    func hasTime(_ node: Node) -> Bool { ends[Int(node)] >= starts[Int(node)] }

    init(_ spans: [SpanRow], forest: SpanForest) {
        let count = forest.nodeCount
        starts = Array(repeating: 0, count: count)
        ends = Array(repeating: -1, count: count)
        parents = Array(repeating: -1, count: count)
        roots = forest.roots
        let order = forest.preorder
        let (firsts, lasts) = Self.bounds(spans, forest: forest)
        for node in order {
            let i = Int(node)
            let above = forest.parents[i]
            let parent = above < 0 ? -1 : ends[Int(above)] >= starts[Int(above)] ? above : parents[Int(above)]
            parents[i] = parent
            var start: Int64?
            var end: Int64?
            if i < spans.count {
                start = spans[i].startUnixNano.map(ClampedTime.time)
                end = spans[i].endUnixNano.map(ClampedTime.time) ?? (start == nil ? nil : lasts[i])
            }
            if above < 0, !Self.isStretch(start, end), firsts[i] <= lasts[i] {
                (start, end) = (firsts[i], lasts[i])
            }
            guard var start, var end else { continue }
            if parent >= 0 {
                start = max(start, starts[Int(parent)])
                end = min(end, ends[Int(parent)])
            }
            if end >= start { (starts[i], ends[i]) = (start, end) }
        }
        childOffsets = Array(repeating: 0, count: count + 1)
        childList = []
        collectChildren(order)
    }

    private static func isStretch(_ start: Int64?, _ end: Int64?) -> Bool {
        guard let start, let end else { return false }
        return end >= start
    }

    private mutating func collectChildren(_ order: [Node]) {
        var children: [(end: Int64, start: Int64, node: Node)] = []
        children.reserveCapacity(order.count)
        for node in order where parents[Int(node)] >= 0 && ends[Int(node)] > starts[Int(node)] {
            children.append((ends[Int(node)], starts[Int(node)], node))
        }
        children.sort { $0.end != $1.end ? $0.end < $1.end : $0.start > $1.start }
        for child in children { childOffsets[Int(parents[Int(child.node)]) + 1] += 1 }
        for i in parents.indices { childOffsets[i + 1] += childOffsets[i] }
        childList = Array(repeating: 0, count: children.count)
        var next = childOffsets
        for child in children {
            let parent = Int(parents[Int(child.node)])
            childList[Int(next[parent])] = child.node
            next[parent] += 1
        }
    }

    /// The first and the last known time in the subtree of each node.
    private static func bounds(
        _ spans: [SpanRow], forest: SpanForest
    ) -> (firsts: [Int64], lasts: [Int64]) {
        var firsts = [Int64](repeating: .max, count: forest.nodeCount)
        var lasts = [Int64](repeating: .min, count: forest.nodeCount)
        for node in forest.preorder.reversed() {
            let i = Int(node)
            if i < spans.count {
                for time in [spans[i].startUnixNano, spans[i].endUnixNano] {
                    guard let time = time.map(ClampedTime.time) else { continue }
                    firsts[i] = min(firsts[i], time)
                    lasts[i] = max(lasts[i], time)
                }
            }
            let parent = forest.parents[i]
            guard parent >= 0 else { continue }
            firsts[Int(parent)] = min(firsts[Int(parent)], firsts[i])
            lasts[Int(parent)] = max(lasts[Int(parent)], lasts[i])
        }
        return (firsts, lasts)
    }
}
