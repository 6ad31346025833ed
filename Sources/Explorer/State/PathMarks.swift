import Basics
package import TraceAnalysis

/// Where the critical path of a trace runs, by the rows of its tree.
package struct PathMarks: Sendable {
    package let path: CriticalPath
    /// The segments in the order of their nodes in the tree, with the place of each node.
    private let segments: [CriticalPath.Segment]
    private let ranks: [Int32]

    /// More segments in one row than these are marked as one stretch.
    private static let mostSegments = 4000

    package init(_ path: CriticalPath, ranks: [Int32]) {
        self.path = path
        segments = path.segments.sorted {
            let (a, b) = (ranks[Int($0.node)], ranks[Int($1.node)])
            return (a, $0.fromUnixNano) < (b, $1.fromUnixNano)
        }
        self.ranks = segments.map { ranks[Int($0.node)] }
    }

    /// The stretches of time in which the nodes of a row decide; the nodes stand next to each other in the tree.
    package func stretches(from first: Int32, count: Int32) -> [Range<Int64>] {
        let range = index(of: first)..<index(of: first.addingClamped(count))
        guard range.count <= PathMarks.mostSegments else {
            let starts = segments[range].lazy.map(\.fromUnixNano).min() ?? 0
            let ends = segments[range].lazy.map(\.toUnixNano).max() ?? 0
            return [starts..<max(starts, ends)]
        }
        return segments[range].map { $0.fromUnixNano..<max($0.fromUnixNano, $0.toUnixNano) }
    }

    /// The first segment of a node at a place of the tree, or behind it.
    private func index(of rank: Int32) -> Int {
        var low = 0
        var high = ranks.count
        while low < high {
            let middle = (low + high) / 2
            if ranks[middle] < rank { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
