import Basics
import TraceAnalysis
import TraceModel

/// The rows of a waterfall: the spans of a trace in the order of their tree, as many as a reader can use.
///
/// Where there are more than that, spans with findings and errors come first, then parents from the roots down, then
/// the longest of each one's children; each comes with its ancestors. What is left out is counted at the row above it.
struct ReportWaterfall {
    struct Row {
        /// The place of the span; nil for a parent without a record.
        var span: Int?
        var missingParent: SpanID?
        var depth: Int
        /// Spans beneath that are not drawn.
        var hiddenBeneath: Int
        /// True for the first span of a cycle of parents.
        var opensCycle: Bool
    }

    private static let siblingsInTurn = 4

    let rows: [Row]
    /// Spans that are drawn in no row.
    let hiddenCount: Int
    let extent: ReportExtent

    init(_ spans: [ReportSpan], important: Set<SpanID>, limit: Int) {
        let forest = SpanForest(spans.map(\.row))
        let drawn = ReportWaterfall.selection(forest, spans, important: important, limit: limit)
        let breaks = Set(forest.cycleBreaks)
        var rows: [Row] = []
        // The nearest drawn row above, by depth, to count what is hidden beneath it.
        var path: [(depth: Int, row: Int)] = []
        var hidden = 0
        forest.walk { node, depth in
            while let last = path.last, last.depth >= depth { path.removeLast() }
            let isSpan = !forest.isPlaceholder(node)
            guard drawn[Int(node)] else {
                let count = Int(forest.descendantCounts[Int(node)]) + (isSpan ? 1 : 0)
                hidden += count
                if let last = path.last { rows[last.row].hiddenBeneath += count }
                return false
            }
            path.append((depth, rows.count))
            rows.append(
                Row(
                    span: isSpan ? Int(node) : nil, missingParent: forest.missingParent(of: node), depth: depth,
                    hiddenBeneath: 0, opensCycle: breaks.contains(node)))
            return true
        }
        self.rows = rows
        hiddenCount = hidden
        extent = ReportExtent(spans)
    }

    /// Siblings in the order in which they are drawn: parents first, then by duration, the longest first.
    private static func ranked(
        _ siblings: ArraySlice<SpanForest.Node>, _ forest: SpanForest, _ spans: [ReportSpan]
    ) -> [SpanForest.Node] {
        if siblings.count <= siblingsInTurn { return Array(siblings) }
        func duration(_ node: SpanForest.Node) -> Int64 {
            Int(node) < spans.count ? spans[Int(node)].row.durationNanos ?? .max : .max
        }
        return siblings.sorted { one, other in
            let (a, b) = (forest.descendantCounts[Int(one)] > 0, forest.descendantCounts[Int(other)] > 0)
            return a != b ? a : (duration(other), one) < (duration(one), other)
        }
    }

    /// Which nodes are drawn; with each one its ancestors.
    private static func selection(
        _ forest: SpanForest, _ spans: [ReportSpan], important: Set<SpanID>, limit: Int
    ) -> [Bool] {
        guard forest.nodeCount > limit else { return Array(repeating: true, count: forest.nodeCount) }
        var drawn = [Bool](repeating: false, count: forest.nodeCount)
        var room = limit
        func add(_ node: SpanForest.Node) {
            var chain: [SpanForest.Node] = []
            var current = node
            while current >= 0, !drawn[Int(current)] {
                if chain.count == room { return }
                chain.append(current)
                current = forest.parents[Int(current)]
            }
            for node in chain { drawn[Int(node)] = true }
            room -= chain.count
        }
        // Half of the room is for what went wrong, so that the shape of the trace is seen as well.
        let reserve = limit / 2
        for (place, span) in spans.enumerated() where important.contains(span.row.spanID) {
            if room > reserve { add(SpanForest.Node(place)) }
        }
        for (place, span) in spans.enumerated() where span.row.isError {
            if room > reserve { add(SpanForest.Node(place)) }
        }
        // Then the parents level by level, so that the shape is seen.
        let leaves = room / 2
        var level = forest.roots[...]
        while room > leaves, !level.isEmpty {
            var parents: [SpanForest.Node] = []
            for node in level where room > leaves && forest.descendantCounts[Int(node)] > 0 {
                add(node)
                if drawn[Int(node)] { parents.append(node) }
            }
            level = parents.flatMap { forest.children(of: $0) }[...]
        }
        // Siblings in turns of a few, so that one span with hundreds of children leaves room for the others.
        var waiting = [ranked(forest.roots[...], forest, spans)[...]]
        var next = 0
        while room > 0, next < waiting.count {
            let turn = waiting[next].prefix(siblingsInTurn)
            let rest = waiting[next].dropFirst(turn.count)
            waiting[next] = []
            next += 1
            for node in turn where room > 0 {
                add(node)
                let children = forest.children(of: node)
                if drawn[Int(node)], !children.isEmpty { waiting.append(ranked(children, forest, spans)[...]) }
            }
            if !rest.isEmpty { waiting.append(rest) }
        }
        return drawn
    }
}

/// The stretch of time that the spans of a trace cover; nil times where none has any.
struct ReportExtent {
    private(set) var start: Int64?
    private(set) var end: Int64?

    init(_ spans: [ReportSpan]) {
        for span in spans {
            for time in [span.row.startUnixNano, span.row.endUnixNano] {
                guard let time else { continue }
                start = min(start ?? time, time)
                end = max(end ?? time, time)
            }
        }
    }

    var nanos: Int64? {
        guard let start, let end else { return nil }
        return end.subtractingClamped(start)
    }

    /// The place of a time in the stretch, 0…1.
    func share(_ time: Int64) -> Double {
        guard let start, let nanos, nanos > 0 else { return 0 }
        return min(1, max(0, Double(time.subtractingClamped(start)) / Double(nanos)))
    }

    /// Round offsets from the start for the ticks of an axis, at most so many.
    static func ticks(_ nanos: Int64, most: Int) -> [Int64] {
        guard nanos > 0, most > 0 else { return [] }
        let least = nanos / Int64(most)
        var power: Int64 = 1
        while power <= least / 10 { power *= 10 }
        var step = [1, 2, 5].map { $0 * power }.first { $0 > least } ?? 10 * power
        if least >= 5_000_000_000 {
            let seconds: [Int64] = [
                10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400, 604_800, 2_592_000,
                31_536_000, 315_360_000, 3_153_600_000,
            ]
            step = seconds.map { $0 * 1_000_000_000 }.first { $0 > least } ?? step
        }
        return (0...(nanos / step)).map { $0 * step }
    }

    /// A tick's offset without needless digits: `0`, `250ms`, `1.5s`, `2m30s`.
    static func tickLabel(_ nanos: Int64) -> String {
        switch nanos {
        case 0: "0"
        case ..<1000: "\(nanos)ns"
        case ..<1_000_000: decimal(nanos, unit: 1000) + "µs"
        case ..<1_000_000_000: decimal(nanos, unit: 1_000_000) + "ms"
        case ..<60_000_000_000: decimal(nanos, unit: 1_000_000_000) + "s"
        default: ReportFigures.duration(nanos)
        }
    }

    private static func decimal(_ value: Int64, unit: Int64) -> String {
        let tenths = value / (unit / 10)
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
