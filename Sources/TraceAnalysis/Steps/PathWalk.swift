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
