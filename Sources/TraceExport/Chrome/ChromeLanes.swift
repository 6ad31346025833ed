import TraceModel

/// Where spans are drawn: slices of one lane nest or follow each other, as viewers demand.
///
/// Each agent run has a lane, and more of them where its spans overlap without nesting. Spans are placed in order of
/// start: beside or in their parent where that fits, else in the first lane of the run, else in the first that is free,
/// else in a new one. It takes O(n log n).
struct ChromeLanes {
    struct Lane {
        /// The agent run; 0 for spans without one.
        var run: Int32
        /// The place among the lanes of the run, from 1.
        var number: Int
        /// The ends of the slices that are open, the outermost first.
        fileprivate var ends: [Int64] = []
    }

    private(set) var lanes: [Lane] = []
    /// The lane of each span.
    private(set) var laneOfSpan: [Int]
    private var lanesOfRun: [Int32: RunLanes] = [:]

    private struct RunLanes {
        var all: [Int] = []
        /// Lanes by the end of their outermost slice, and lanes that have none.
        var busy = MinimumHeap()
        var free = MinimumHeap()
    }

    /// `places` tells where among the spans those are that an id names.
    init(_ spans: [ChromeSpan], places: [SpanID: Int]) {
        laneOfSpan = Array(repeating: -1, count: spans.count)
        let parents = spans.map { span in span.parentSpanID.flatMap { places[$0] } }
        for index in Self.order(spans, parents) {
            let parent = parents[index].flatMap { laneOfSpan[$0] < 0 ? nil : laneOfSpan[$0] }
            laneOfSpan[index] = place(spans[index], parentLane: parent)
        }
    }

    private mutating func place(_ span: ChromeSpan, parentLane: Int?) -> Int {
        var run = lanesOfRun[span.run] ?? RunLanes()
        // The dictionary gives up its hold, so that nothing is copied.
        lanesOfRun[span.run] = nil
        defer { lanesOfRun[span.run] = run }
        while let (end, lane) = run.busy.first, end <= span.startUnixNano {
            run.busy.removeFirst()
            run.free.insert(key: Int64(lane), lane)
        }
        func take(_ lane: Int) -> Int {
            if lanes[lane].ends.isEmpty { run.busy.insert(key: span.endUnixNano, lane) }
            lanes[lane].ends.append(span.endUnixNano)
            return lane
        }
        if let parentLane, lanes[parentLane].run == span.run, fits(span, parentLane) { return take(parentLane) }
        if let first = run.all.first, fits(span, first) { return take(first) }
        while let (_, lane) = run.free.first {
            run.free.removeFirst()
            // It may have been taken since by way of a parent.
            if fits(span, lane), lanes[lane].ends.isEmpty { return take(lane) }
        }
        lanes.append(Lane(run: span.run, number: run.all.count + 1))
        run.all.append(lanes.count - 1)
        return take(lanes.count - 1)
    }

    /// Whether a span lies within the innermost slice that is open when it starts, or none is.
    private mutating func fits(_ span: ChromeSpan, _ lane: Int) -> Bool {
        while let end = lanes[lane].ends.last, end <= span.startUnixNano { lanes[lane].ends.removeLast() }
        return lanes[lane].ends.last.map { span.endUnixNano <= $0 } ?? true
    }

    // MARK: Order

    /// By start, longer ones first, and of equals the one nearer to the root.
    private static func order(_ spans: [ChromeSpan], _ parents: [Int?]) -> [Int] {
        let depths = depths(parents)
        return spans.indices.sorted { a, b in
            let (first, second) = (spans[a], spans[b])
            if first.startUnixNano != second.startUnixNano { return first.startUnixNano < second.startUnixNano }
            if first.endUnixNano != second.endUnixNano { return first.endUnixNano > second.endUnixNano }
            return (depths[a], a) < (depths[b], b)
        }
    }

    /// The ancestors above each span; a cycle is cut where it is met first.
    private static func depths(_ parents: [Int?]) -> [Int] {
        var depths = Array(repeating: -1, count: parents.count)
        var isOnPath = Array(repeating: false, count: parents.count)
        for index in parents.indices {
            var path: [Int] = []
            var next: Int? = index
            while let place = next, depths[place] < 0, !isOnPath[place] {
                isOnPath[place] = true
                path.append(place)
                next = parents[place]
            }
            var depth = next.map { depths[$0] } ?? -1
            for place in path.reversed() {
                depth += 1
                depths[place] = depth
            }
        }
        return depths
    }
}

/// Numbers with their keys, the smallest key first.
private struct MinimumHeap {
    private var items: [(key: Int64, value: Int)] = []

    var first: (key: Int64, value: Int)? { items.first }

    mutating func insert(key: Int64, _ value: Int) {
        items.append((key, value))
        var index = items.count - 1
        while index > 0, isLess(index, (index - 1) / 2) {
            items.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func removeFirst() {
        guard items.count > 1 else { return items.removeAll() }
        items[0] = items.removeLast()
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < items.count && isLess(child, least) {
                least = child
            }
            if least == index { return }
            items.swapAt(index, least)
            index = least
        }
    }

    private func isLess(_ a: Int, _ b: Int) -> Bool {
        (items[a].key, items[a].value) < (items[b].key, items[b].value)
    }
}
