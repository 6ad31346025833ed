import Basics
package import TraceModel

/// The chain of spans that determines when each root of a trace ends.
///
/// The algorithm of Jaeger (`CriticalPath` in jaeger-ui) and of CRISP (Zhang et al., USENIX ATC 2022): from the end of
/// a span back in time, its last child to finish is on the path, then the last one that had finished when that one
/// started, and so on; what none of them covers is the span's own. Unlike Jaeger's, a child that ends in the very
/// nanosecond in which the next one starts is on the path. Times are cut to those of the parents; nothing recurses.
package struct CriticalPath: Sendable {
    package typealias Node = SpanForest.Node

    /// A stretch of the path: the time in which only the node itself decided.
    package struct Segment: Equatable, Sendable {
        package var node: Node
        package var fromUnixNano: Int64
        package var toUnixNano: Int64

        package init(node: Node, fromUnixNano: Int64, toUnixNano: Int64) {
            self.node = node
            self.fromUnixNano = fromUnixNano
            self.toUnixNano = toUnixNano
        }

        package var durationNanos: Int64 { toUnixNano - fromUnixNano }
    }

    /// The path of each root in order of time, root after root; the segments of one sum to its duration.
    package let segments: [Segment]
    /// Of each node, whether it or something beneath it decides when its root ends.
    package let isOnPath: [Bool]
    let schedule: SpanSchedule

    /// The paths of a whole trace; O(n log n) in its spans.
    package init(_ spans: [SpanRow], forest: SpanForest) {
        let schedule = SpanSchedule(spans, forest: forest)
        var segments: [Segment] = []
        var isOnPath = [Bool](repeating: false, count: forest.nodeCount)
        for root in schedule.roots where schedule.hasTime(root) {
            var walk = PathWalk(schedule, root: root, from: schedule.starts[Int(root)], to: schedule.ends[Int(root)])
            walk.run { isOnPath[Int($0)] = true }
            segments.append(contentsOf: walk.segments.reversed())
        }
        self.segments = segments
        self.isOnPath = isOnPath
        self.schedule = schedule
    }

    /// The part of the path of a node that lies in a stretch of time, such as a step of an agent run.
    ///
    /// It is the chain that determines when the stretch ends, in order of time; its segments sum to the part of the
    /// stretch in which the node ran.
    package func segments(of node: Node, fromUnixNano: Int64, toUnixNano: Int64) -> [Segment] {
        guard schedule.starts.indices.contains(Int(node)), schedule.hasTime(node) else { return [] }
        let from = max(ClampedTime.time(fromUnixNano), schedule.starts[Int(node)])
        let to = min(ClampedTime.time(toUnixNano), schedule.ends[Int(node)])
        guard from < to else { return [] }
        var walk = PathWalk(schedule, root: node, from: from, to: to)
        walk.run { _ in }
        return walk.segments.reversed()
    }

    /// The path of a step: in the innermost node around its first span that lasts as long as the step does.
    package func segments(of step: StepFigures, opener: Node) -> [Segment] {
        guard schedule.starts.indices.contains(Int(opener)) else { return [] }
        let from = ClampedTime.time(step.startUnixNano)
        let to = ClampedTime.time(step.startUnixNano.addingClamped(step.durationNanos))
        var node = opener
        while schedule.parents[Int(node)] >= 0,
            !schedule.hasTime(node) || schedule.starts[Int(node)] > from || schedule.ends[Int(node)] < to
        {
            node = schedule.parents[Int(node)]
        }
        return segments(of: node, fromUnixNano: from, toUnixNano: to)
    }

    /// The duration of a node within the times of those around it; nil where it has no time.
    package func durationNanos(of node: Node) -> Int64? {
        guard schedule.starts.indices.contains(Int(node)), schedule.hasTime(node) else { return nil }
        return schedule.ends[Int(node)] - schedule.starts[Int(node)]
    }
}

/// The walk back in time that finds the critical path of one node within a stretch of time.
struct PathWalk {
    typealias Node = SpanForest.Node

    /// The path, the last segment first.
    private(set) var segments: [CriticalPath.Segment] = []
    private let schedule: SpanSchedule
    private let root: Node
    private let from: Int64
    private let to: Int64

    init(_ schedule: SpanSchedule, root: Node, from: Int64, to: Int64) {
        self.schedule = schedule
        self.root = root
        self.from = from
        self.to = to
    }

    /// A node on the way down, and how many of its children the walk has not passed yet.
    private struct Level {
        var node: Node
        var restCount: Int
    }

    private func level(_ node: Node) -> Level { Level(node: node, restCount: schedule.children(of: node).count) }

    /// Walks, and tells each node that it enters.
    mutating func run(_ enter: (Node) -> Void) {
        var levels = [level(root)]
        enter(root)
        var limit = to
        while let level = levels.last {
            let top = levels.count - 1
            if let child = lastFinished(in: &levels[top], by: limit) {
                let end = min(limit, schedule.ends[Int(child)])
                add(level.node, end, limit)
                limit = end
                enter(child)
                levels.append(self.level(child))
            } else {
                let start = max(from, schedule.starts[Int(level.node)])
                add(level.node, start, limit)
                limit = min(limit, start)
                levels.removeLast()
            }
        }
    }

    /// The last child to finish by a time, and drops it and those after it.
    ///
    /// A child that goes on beyond the stretch ends with it.
    private func lastFinished(in level: inout Level, by limit: Int64) -> Node? {
        let children = schedule.children(of: level.node)
        while level.restCount > 0 {
            level.restCount -= 1
            let child = children[children.startIndex + level.restCount]
            guard schedule.starts[Int(child)] < limit, schedule.ends[Int(child)] > from else { continue }
            if min(to, schedule.ends[Int(child)]) <= limit { return child }
        }
        return nil
    }

    private mutating func add(_ node: Node, _ from: Int64, _ to: Int64) {
        if to > from {
            segments.append(CriticalPath.Segment(node: node, fromUnixNano: from, toUnixNano: to))
        }
    }
}
