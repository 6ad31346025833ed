package import TraceModel

/// The spans of a trace as a forest, whatever their records are like.
///
/// Nodes are numbered: first the spans in the order they were given (by start time), then one placeholder per parent
/// id that no span has. Every node stands exactly once in the forest: orphans stand under the placeholder of their
/// missing parent, a cycle of parents is opened at its first span, and of spans with equal ids the first one is the
/// parent. Nothing recurses, so depth has no limit but memory.
package struct SpanForest: Sendable {
    package typealias Node = Int32

    /// The number of nodes that are spans.
    package let spanCount: Int
    /// The missing parent ids, in node order after the spans.
    package let missingParents: [SpanID]
    /// The parent of each node; -1 for roots.
    package let parents: [Node]
    /// The nodes without a parent, by start time; placeholders stand where their first child does.
    package let roots: [Node]
    /// The spans at which a cycle of parents was opened.
    package let cycleBreaks: [Node]
    /// The parents that these spans name, in the same order.
    package let brokenParents: [Node]
    /// The spans whose id an earlier span has, each with the first one of that id.
    package let twins: [(node: Node, first: Node)]
    /// Where the children of a node begin in `childList`; one entry more than there are nodes.
    let childOffsets: [Int32]
    let childList: [Node]
    /// The place of each node among its siblings.
    let siblingPositions: [Int32]
    /// All nodes, each followed by those beneath it, siblings by start time.
    package let preorder: [Node]
    /// The count of all nodes beneath each node.
    package let descendantCounts: [Int32]

    /// The number of all nodes.
    package var nodeCount: Int { parents.count }

    /// The children of a node, by start time.
    package func children(of node: Node) -> ArraySlice<Node> {
        childList[Int(childOffsets[Int(node)])..<Int(childOffsets[Int(node) + 1])]
    }

    /// True for a node that stands for a parent without a record.
    package func isPlaceholder(_ node: Node) -> Bool { Int(node) >= spanCount }

    /// The id that a placeholder stands for.
    package func missingParent(of node: Node) -> SpanID? {
        isPlaceholder(node) ? missingParents[Int(node) - spanCount] : nil
    }

    /// True when no sibling follows the node.
    package func isLastSibling(_ node: Node) -> Bool {
        let parent = parents[Int(node)]
        let count = parent < 0 ? roots.count : children(of: parent).count
        return Int(siblingPositions[Int(node)]) == count - 1
    }

    /// The sibling at a distance, such as 1 for the next; nil past the ends.
    package func sibling(of node: Node, distance: Int) -> Node? {
        let parent = parents[Int(node)]
        let position = Int(siblingPositions[Int(node)]) + distance
        if parent < 0 { return roots.indices.contains(position) ? roots[position] : nil }
        let siblings = children(of: parent)
        return siblings.indices.contains(siblings.startIndex + position)
            ? siblings[siblings.startIndex + position] : nil
    }

    /// The nodes from a root down to a node, both included.
    package func path(to node: Node) -> [Node] {
        var path: [Node] = []
        var current = node
        while current >= 0 {
            path.append(current)
            current = parents[Int(current)]
        }
        return path.reversed()
    }

    /// Calls the body for every node with its depth, parents first, siblings by start time.
    ///
    /// The body says whether to go on to the node's children.
    package func walk(_ body: (_ node: Node, _ depth: Int) -> Bool) {
        var stack: [(node: Node, depth: Int)] = roots.reversed().map { ($0, 0) }
        while let (node, depth) = stack.popLast() {
            guard body(node, depth) else { continue }
            for child in children(of: node).reversed() { stack.append((child, depth + 1)) }
        }
    }
}
