import Basics
import TraceModel

/// The clocks of a trace with the parents and children that connect them.
struct ClockGraph {
    /// Two clocks that parents and children connect.
    struct Edge {
        var pairs: [ClockPair] = []
        var bounds = ClockBounds()
    }

    private(set) var edges: [Edge] = []
    /// The edges of each clock, with the clock at the other end.
    private(set) var neighbours: [[(clock: Int32, edge: Int)]]
    private(set) var spanCounts: [Int]
    /// The clock of the earliest root.
    private(set) var reference: Int32?

    init(_ input: TraceInput, forest: SpanForest) {
        let clockCount = input.clockNames.count
        neighbours = Array(repeating: [], count: clockCount)
        spanCounts = Array(repeating: 0, count: clockCount)
        let clocks = input.clocks
        let isValid = { (clock: Int32) in clock >= 0 && Int(clock) < clockCount }
        for clock in clocks where isValid(clock) { spanCounts[Int(clock)] += 1 }
        reference =
            forest.roots.first { !forest.isPlaceholder($0) && isValid(clocks[Int($0)]) }
            .map { clocks[Int($0)] } ?? clocks.first(where: isValid)
        guard clockCount > 1 else { return }

        var places: [UInt64: Int] = [:]
        var recent: (key: UInt64, edge: Int) = (.max, -1)
        for child in 0..<forest.spanCount {
            let parent = Int(forest.parents[child])
            guard parent >= 0, parent < forest.spanCount, clocks[parent] != clocks[child],
                isValid(clocks[parent]), isValid(clocks[child]),
                let pair = Self.pair(input.spans[parent], clocks[parent], input.spans[child], clocks[child])
            else { continue }
            let (low, high) = (min(pair.parentClock, pair.childClock), max(pair.parentClock, pair.childClock))
            let key = UInt64(UInt32(bitPattern: low)) << 32 | UInt64(UInt32(bitPattern: high))
            if key != recent.key {
                if let place = places[key] {
                    recent = (key, place)
                } else {
                    recent = (key, edges.count)
                    places[key] = edges.count
                    neighbours[Int(low)].append((high, edges.count))
                    neighbours[Int(high)].append((low, edges.count))
                    edges.append(Edge())
                }
            }
            edges[recent.edge].pairs.append(pair)
            edges[recent.edge].bounds.intersect(pair.bounds(of: high))
        }
    }

    /// What a parent and a child say; nil where a time is missing.
    ///
    /// A child that is longer than its parent goes on by itself, so that only its start is bound.
    private static func pair(
        _ parent: SpanRow, _ parentClock: Int32, _ child: SpanRow, _ childClock: Int32
    ) -> ClockPair? {
        guard let parentStart = parent.startUnixNano, let childStart = child.startUnixNano else { return nil }
        var pair = ClockPair(
            parentClock: parentClock, childClock: childClock, lower: parentStart.subtractingClamped(childStart))
        if let parentEnd = parent.endUnixNano, let childEnd = child.endUnixNano,
            let parentLength = parent.durationNanos, let childLength = child.durationNanos,
            childLength >= 0, childLength <= parentLength
        {
            pair.upper = parentEnd.subtractingClamped(childEnd)
        }
        return pair
    }

    /// The bounds of an edge as the shift of the clock towards the one at the other end.
    func bounds(_ edge: Int, of clock: Int32, towards other: Int32) -> ClockBounds {
        let bounds = edges[edge].bounds
        return clock > other ? bounds : bounds.reversed
    }

    /// Every clock that the reference reaches, nearest first, with its distance.
    func reach() -> (order: [Int32], distances: [Int]) {
        var distances = [Int](repeating: -1, count: neighbours.count)
        guard let reference else { return ([], distances) }
        var order = [reference]
        distances[Int(reference)] = 0
        var head = 0
        while head < order.count {
            let clock = order[head]
            head += 1
            for (other, _) in neighbours[Int(clock)] where distances[Int(other)] < 0 {
                distances[Int(other)] = distances[Int(clock)] + 1
                order.append(other)
            }
        }
        return (order, distances)
    }
}
