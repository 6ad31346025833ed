import Basics
package import TraceModel

extension SpanForest {
    /// Builds the forest of spans that are ordered by start time; linear in their number.
    package init(_ spans: [SpanRow]) {
        self.init(spans, ids: spans.map(\.spanID))
    }

    /// The same with the ids of the spans beside them.
    init(_ spans: [SpanRow], ids: [SpanID]) {
        let count = spans.count
        var twins: [(node: Node, first: Node)] = []
        let index = SpanIndex(ids) { twins.append(($0, $1)) }
        var parents = [Node](repeating: -1, count: count)
        var missing: [SpanID] = []
        var placeholders: [SpanID: Node] = [:]
        // Siblings often follow each other.
        var last: (id: SpanID, node: Node)?
        for i in spans.indices {
            guard let id = spans[i].parentSpanID, id != ids[i] else { continue }
            if let last, last.id == id {
                parents[i] = last.node
            } else if let parent = index[id] {
                parents[i] = parent
                last = (id, parent)
            } else if let placeholder = placeholders[id] {
                parents[i] = placeholder
            } else {
                let placeholder = Node(count + missing.count)
                placeholders[id] = placeholder
                missing.append(id)
                parents[i] = placeholder
            }
        }
        let breaks = SpanForest.openCycles(&parents)
        parents.append(contentsOf: repeatElement(-1, count: missing.count))
        self.init(spanCount: count, missingParents: missing, parents: parents, breaks: breaks, twins: twins)
    }

    /// Makes the first span of each cycle a root, and returns those with the parents that they name.
    private static func openCycles(_ parents: inout [Node]) -> [(node: Node, parent: Node)] {
        // 0 unseen, 1 on the path at hand, 2 known to end at a root.
        var state = [UInt8](repeating: 0, count: parents.count)
        var breaks: [(node: Node, parent: Node)] = []
        var path: [Node] = []
        for start in parents.indices where state[start] == 0 {
            var node = Node(start)
            path.removeAll(keepingCapacity: true)
            while node >= 0, Int(node) < parents.count, state[Int(node)] == 0 {
                state[Int(node)] = 1
                path.append(node)
                node = parents[Int(node)]
            }
            if node >= 0, Int(node) < parents.count, state[Int(node)] == 1,
                let entry = path.firstIndex(of: node), let first = path[entry...].min()
            {
                breaks.append((first, parents[Int(first)]))
                parents[Int(first)] = -1
            }
            for passed in path { state[Int(passed)] = 2 }
        }
        return breaks.sorted { $0.node < $1.node }
    }

    private init(
        spanCount: Int, missingParents: [SpanID], parents: [Node], breaks: [(node: Node, parent: Node)],
        twins: [(node: Node, first: Node)]
    ) {
        let count = parents.count
        var offsets = [Int32](repeating: 0, count: count + 1)
        for parent in parents where parent >= 0 { offsets[Int(parent) + 1] += 1 }
        for i in 0..<count { offsets[i + 1] += offsets[i] }

        var next = offsets
        var list = [Node](repeating: 0, count: Int(offsets[count]))
        var positions = [Int32](repeating: 0, count: count)
        for node in 0..<count {
            let parent = parents[node]
            guard parent >= 0 else { continue }
            let slot = next[Int(parent)]
            positions[node] = slot - offsets[Int(parent)]
            list[Int(slot)] = Node(node)
            next[Int(parent)] += 1
        }
        // A placeholder has no time of its own: it stands where its first child does.
        let roots = (0..<count).lazy.filter { parents[$0] < 0 }.map { Node($0) }
            .map { (node: $0, rank: Int($0) < spanCount ? $0 : list[Int(offsets[Int($0)])]) }
            .sorted { ($0.rank, $0.node) < ($1.rank, $1.node) }.map(\.node)
        for (position, root) in roots.enumerated() { positions[Int(root)] = Int32(position) }

        self.spanCount = spanCount
        self.missingParents = missingParents
        self.parents = parents
        self.roots = roots
        cycleBreaks = breaks.map(\.node)
        brokenParents = breaks.map(\.parent)
        self.twins = twins
        childOffsets = offsets
        childList = list
        siblingPositions = positions
        var order: [Node] = []
        order.reserveCapacity(count)
        var stack: [Node] = roots.reversed()
        while let node = stack.popLast() {
            order.append(node)
            for child in list[Int(offsets[Int(node)])..<Int(offsets[Int(node) + 1])].reversed() { stack.append(child) }
        }
        var counts = [Int32](repeating: 0, count: count)
        for node in order.reversed() where parents[Int(node)] >= 0 {
            counts[Int(parents[Int(node)])] += counts[Int(node)] + 1
        }
        preorder = order
        descendantCounts = counts
    }
}

/// Where each span id stands: an open-addressing table, several times faster to fill than a dictionary.
///
/// Of spans with one id the first stands for it.
private struct SpanIndex {
    private let ids: [SpanID]
    /// The high half of each word is the hash of an id, the low half its place plus 1; 0 is free.
    private var words: [UInt64]

    /// - Parameter onTwin: called for each span whose id an earlier one has, with that one.
    init(_ ids: [SpanID], onTwin: (_ place: Int32, _ first: Int32) -> Void) {
        self.ids = ids
        var size = 16
        while size < ids.count * 2 { size *= 2 }
        words = Array(repeating: 0, count: size)
        for (place, id) in ids.enumerated() {
            let hash = SpanIndex.hash(id)
            let slot = slot(of: id, hash)
            if words[slot] == 0 {
                words[slot] = hash << 32 | UInt64(place + 1)
            } else {
                onTwin(Int32(place), Int32(truncatingIfNeeded: words[slot] & 0xFFFF_FFFF) - 1)
            }
        }
    }

    subscript(id: SpanID) -> Int32? {
        let word = words[slot(of: id, SpanIndex.hash(id))]
        return word == 0 ? nil : Int32(truncatingIfNeeded: word & 0xFFFF_FFFF) - 1
    }

    /// Where an id stands in the table, or the free slot where it would.
    private func slot(of id: SpanID, _ hash: UInt64) -> Int {
        let mask = words.count - 1
        var slot = Int(hash) & mask
        while words[slot] != 0, words[slot] >> 32 != hash || ids[Int(words[slot] & 0xFFFF_FFFF) - 1] != id {
            slot = (slot + 1) & mask
        }
        return slot
    }

    private static func hash(_ id: SpanID) -> UInt64 { StableHash.mixed(id.rawValue) & 0xFFFF_FFFF }
}
