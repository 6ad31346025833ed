package import TraceModel

extension SpanForest {
    /// Builds the forest of spans that are ordered by start time; linear in their number.
    package init(_ spans: [SpanRow]) {
        let count = spans.count
        let index = SpanIndex(spans)
        var parents = [Node](repeating: -1, count: count)
        var missing: [SpanID] = []
        var placeholders: [SpanID: Node] = [:]
        // Siblings often follow each other.
        var last: (id: SpanID, node: Node)?
        for i in spans.indices {
            guard let id = spans[i].parentSpanID, id != spans[i].spanID else { continue }
            if let last, last.id == id {
                parents[i] = last.node
            } else if let parent = index[id.rawValue] {
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
        let cycleBreaks = SpanForest.openCycles(&parents)
        parents.append(contentsOf: repeatElement(-1, count: missing.count))
        self.init(spanCount: count, missingParents: missing, parents: parents, cycleBreaks: cycleBreaks)
    }

    /// Makes the first span of each cycle a root, and returns those.
    private static func openCycles(_ parents: inout [Node]) -> [Node] {
        // 0 unseen, 1 on the path at hand, 2 known to end at a root.
        var state = [UInt8](repeating: 0, count: parents.count)
        var breaks: [Node] = []
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
                parents[Int(first)] = -1
                breaks.append(first)
            }
            for passed in path { state[Int(passed)] = 2 }
        }
        return breaks.sorted()
    }

    private init(spanCount: Int, missingParents: [SpanID], parents: [Node], cycleBreaks: [Node]) {
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
        self.cycleBreaks = cycleBreaks
        childOffsets = offsets
        childList = list
        siblingPositions = positions
        descendantCounts = SpanForest.countDescendants(parents: parents, roots: roots, offsets: offsets, list: list)
    }

    private static func countDescendants(
        parents: [Node], roots: [Node], offsets: [Int32], list: [Node]
    ) -> [Int32] {
        var order: [Node] = []
        order.reserveCapacity(parents.count)
        order.append(contentsOf: roots)
        var head = 0
        while head < order.count {
            let node = Int(order[head])
            order.append(contentsOf: list[Int(offsets[node])..<Int(offsets[node + 1])])
            head += 1
        }
        var counts = [Int32](repeating: 0, count: parents.count)
        for node in order.reversed() {
            let parent = parents[Int(node)]
            if parent >= 0 { counts[Int(parent)] += counts[Int(node)] + 1 }
        }
        return counts
    }
}

/// Where each span id stands: an open-addressing table, several times faster to fill than a dictionary.
///
/// Of spans with one id the first stands for it.
private struct SpanIndex {
    private let ids: [UInt64]
    /// The high half of each word is the hash of an id, the low half its place plus 1; 0 is free.
    private var words: [UInt64]

    init(_ spans: [SpanRow]) {
        ids = spans.map(\.spanID.rawValue)
        var size = 16
        while size < ids.count * 2 { size *= 2 }
        words = Array(repeating: 0, count: size)
        for (place, id) in ids.enumerated() {
            let hash = SpanIndex.hash(id)
            let slot = slot(of: id, hash)
            if words[slot] == 0 { words[slot] = hash << 32 | UInt64(place + 1) }
        }
    }

    subscript(id: UInt64) -> Int32? {
        let word = words[slot(of: id, SpanIndex.hash(id))]
        return word == 0 ? nil : Int32(truncatingIfNeeded: word & 0xFFFF_FFFF) - 1
    }

    /// Where an id stands in the table, or the free slot where it would.
    private func slot(of id: UInt64, _ hash: UInt64) -> Int {
        let mask = words.count - 1
        var slot = Int(hash) & mask
        while words[slot] != 0, words[slot] >> 32 != hash || ids[Int(words[slot] & 0xFFFF_FFFF) - 1] != id {
            slot = (slot + 1) & mask
        }
        return slot
    }

    /// Half of the finalizer of MurmurHash3 (public domain), since ids of synthetic traces are often small numbers.
    private static func hash(_ id: UInt64) -> UInt64 {
        var hash = id
        hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return (hash ^ (hash >> 33)) & 0xFFFF_FFFF
    }
}
