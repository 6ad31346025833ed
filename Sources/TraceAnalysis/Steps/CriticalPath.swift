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
