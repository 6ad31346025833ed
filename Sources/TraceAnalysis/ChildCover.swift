package import TraceModel

/// For each node, the stretches of its time in which at least one child ran.
///
/// Times are nanoseconds since the Unix epoch. What lies outside the parent's own time is not counted, since it takes
/// nothing from the parent. Building is linear in the number of spans.
package struct ChildCover: Sendable {
    private var offsets: [Int32]
    private var starts: [Int64]
    private var ends: [Int64]
    /// The time of each span in which none of its children ran, in nanoseconds; nil where its duration is unknown or
    /// negative.
    package let selfNanos: [Int64?]

    package init(_ spans: [SpanRow], forest: SpanForest) {
        var offsets: [Int32] = [0]
        var starts: [Int64] = []
        var ends: [Int64] = []
        var selfNanos: [Int64?] = []
        offsets.reserveCapacity(spans.count + 1)
        selfNanos.reserveCapacity(spans.count)
        for (i, span) in spans.enumerated() {
            guard let start = span.startUnixNano, let end = span.endUnixNano,
                let duration = span.durationNanos, duration >= 0
            else {
                selfNanos.append(nil)
                offsets.append(Int32(starts.count))
                continue
            }
            var covered: Int64 = 0
            let first = starts.count
            // Children come by start time, so merging needs only the last stretch.
            for child in forest.children(of: SpanForest.Node(i)) {
                guard let childStart = spans[Int(child)].startUnixNano,
                    let childEnd = spans[Int(child)].endUnixNano
                else { continue }
                let from = max(start, childStart)
                let to = min(end, childEnd)
                guard to > from else { continue }
                if starts.count > first, let last = ends.last, from <= last {
                    if to > last {
                        covered += to - last
                        ends[ends.count - 1] = to
                    }
                } else {
                    starts.append(from)
                    ends.append(to)
                    covered += to - from
                }
            }
            selfNanos.append(duration - covered)
            offsets.append(Int32(starts.count))
        }
        self.offsets = offsets
        self.starts = starts
        self.ends = ends
        self.selfNanos = selfNanos
    }

    /// True when a child of the span runs at some time in the stretch.
    package func isCovered(_ span: SpanForest.Node, from: Int64, to: Int64) -> Bool {
        guard Int(span) + 1 < offsets.count else { return false }
        let stretches = Int(offsets[Int(span)])..<Int(offsets[Int(span) + 1])
        let first = stretches.partitionPoint { ends[$0] <= from }
        return first < stretches.upperBound && starts[first] < to
    }
}
