/// How long a root would have taken if one of its spans had taken no time.
///
/// The model is fork and join, on what the critical path takes for granted too (CRISP, Zhang et al., USENIX ATC 2022):
/// a child waited for all of its siblings that had ended when it started. It starts as long after the last of them as
/// it did, and without such siblings as long after its parent. A parent ends as long after the last of its children as
/// it did. Everything else keeps its duration. A span off the critical path thus changes nothing, and one on it at most
/// its own duration: less where another one then decides.
///
/// What runs elsewhere in answer to the span, contention and retries are not in the model.
package struct WhatIf: Equatable, Sendable {
    /// The root whose end-to-end time it is.
    package var root: SpanForest.Node
    /// Nanoseconds from the start of the root to its end, as it was and with the span cut to zero.
    package var beforeNanos: Int64
    package var afterNanos: Int64

    package var savedNanos: Int64 { beforeNanos - afterNanos }
}

extension CriticalPath {
    /// What cutting a span and all beneath it to zero would change; nil where the span has no time.
    ///
    /// Linear in the spans next to the path from the root to the span, but for sorting them.
    package func whatIf(withoutTimeOf span: Node) -> WhatIf? {
        guard let duration = durationNanos(of: span) else { return nil }
        var node = span
        var saved = duration
        while schedule.parents[Int(node)] >= 0 {
            let parent = schedule.parents[Int(node)]
            if saved > 0 { saved = saving(of: parent, from: node, saved) }
            node = parent
        }
        let before = schedule.ends[Int(node)] - schedule.starts[Int(node)]
        return WhatIf(root: node, beforeNanos: before, afterNanos: before - saved)
    }

    /// How much earlier a node ends when one of its children takes less time.
    private func saving(of parent: Node, from changed: Node, _ saved: Int64) -> Int64 {
        let byEnd = Array(schedule.children(of: parent))
        // The latest end among the first children of `byEnd`, once those are known: as it was, and as it would be.
        var newEnds = [Int64](repeating: 0, count: byEnd.count)
        let byStart = byEnd.indices.sorted { schedule.starts[Int(byEnd[$0])] < schedule.starts[Int(byEnd[$1])] }
        var passed = 0
        var latest = Int64.min
        for index in byStart {
            let child = Int(byEnd[index])
            // Children with a time end after they start, so that those that had ended are known already.
            while passed < byEnd.count, schedule.ends[Int(byEnd[passed])] <= schedule.starts[child] {
                latest = max(latest, newEnds[passed])
                passed += 1
            }
            let shift = passed == 0 ? 0 : schedule.ends[Int(byEnd[passed - 1])] - latest
            newEnds[index] = schedule.ends[child] - shift - (byEnd[index] == changed ? saved : 0)
        }
        guard let last = byEnd.last, let newLast = newEnds.max() else { return 0 }
        return schedule.ends[Int(last)] - newLast
    }
}
