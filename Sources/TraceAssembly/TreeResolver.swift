import TraceAnalysis
import TraceModel

/// Decides what only the tree of a trace can tell of its spans: structural marks, and the agents that they inherit.
enum TreeResolver {
    static func resolve(_ rows: inout [SpanRow], _ forest: SpanForest) {
        mark(&rows, forest)
        inheritAgents(&rows, forest)
    }

    private static func mark(_ rows: inout [SpanRow], _ forest: SpanForest) {
        for index in rows.indices {
            rows[index].marks.subtract(.relative)
            rows[index].countedBy = -1
            guard let parent = rows[index].parentSpanID else { continue }
            if parent == rows[index].spanID {
                rows[index].marks.insert(.selfParent)
            } else if forest.isPlaceholder(forest.parents[index]) {
                rows[index].marks.insert(.missingParent)
            }
        }
        for (node, first) in forest.twins {
            rows[Int(node)].marks.insert(.duplicateSpanID)
            rows[Int(first)].marks.insert(.duplicateSpanID)
        }
        for (node, parent) in zip(forest.cycleBreaks, forest.brokenParents) {
            rows[Int(node)].marks.insert(.parentCycle)
            var at = parent
            while at >= 0, at != node {
                rows[Int(at)].marks.insert(.parentCycle)
                at = forest.parents[Int(at)]
            }
        }
    }

    /// Gives every span without an agent of its own that of the nearest ancestor which has one.
    private static func inheritAgents(_ rows: inout [SpanRow], _ forest: SpanForest) {
        var isSettled = [Bool](repeating: false, count: rows.count)
        for index in rows.indices {
            if rows[index].agentSource == .declared || rows[index].agentSource == .inferred {
                isSettled[index] = true
            } else {
                (rows[index].agent, rows[index].agentInstance, rows[index].agentSource) = (0, 0, .missing)
            }
        }
        closeCircles(&rows, forest, &isSettled)
        var path: [Int] = []
        for start in rows.indices where !isSettled[start] {
            var at = start
            while at >= 0, at < rows.count, !isSettled[at] {
                isSettled[at] = true
                path.append(at)
                at = Int(forest.parents[at])
            }
            if at >= 0, at < rows.count, rows[at].agentSource != .missing {
                for index in path { inherit(&rows, index, from: at) }
            }
            path.removeAll(keepingCapacity: true)
        }
    }

    /// A span at which a circle of parents was opened has ancestors all the same: those around the circle.
    private static func closeCircles(_ rows: inout [SpanRow], _ forest: SpanForest, _ isSettled: inout [Bool]) {
        for (node, parent) in zip(forest.cycleBreaks, forest.brokenParents) where !isSettled[Int(node)] {
            var at = parent
            while at >= 0, at != node, !isSettled[Int(at)] { at = forest.parents[Int(at)] }
            guard at >= 0, at != node else { continue }
            inherit(&rows, Int(node), from: Int(at))
            isSettled[Int(node)] = true
        }
    }

    private static func inherit(_ rows: inout [SpanRow], _ index: Int, from ancestor: Int) {
        rows[index].agent = rows[ancestor].agent
        rows[index].agentInstance = rows[ancestor].agentInstance
        rows[index].agentSource = .inherited
    }
}
