import TraceAnalysis
import TraceModel
import TraceQuery
import TraceTables

/// Agent runs with the tree that they form; shared, never copied.
final class LoadedAgents: Sendable, Equatable {
    let topology: AgentTopology
    let traceID: TraceID
    let analysis: AnalysisState
    /// The time that the lanes show.
    let extent: TraceExtent
    /// Distinct names; runs without one count as none.
    let agentCount: Int
    let instanceCount: Int
    /// The runs in tree order, by place, with their depths and the runs beneath them.
    let order: [Int32]
    private let depths: [Int32]
    private let descendantCounts: [Int32]
    private let owners: [Int32]
    /// The runs of each instance, by the place of its first attempt.
    private let attempts: [Int32: [Int32]]

    var runs: [AgentRun] { topology.runs }

    init(_ page: TraceAgents) {
        topology = page.topology
        traceID = page.summary.traceID
        analysis = page.summary.analysis
        let runs = page.topology.runs
        let owners = LoadedAgents.owners(runs)
        self.owners = owners
        (order, depths) = LoadedAgents.walk(owners)
        var counts = [Int32](repeating: 0, count: runs.count)
        for place in order.reversed() where depths[Int(place)] > 0 {
            counts[Int(owners[Int(place)])] += counts[Int(place)] + 1
        }
        descendantCounts = counts
        var attempts: [Int32: [Int32]] = [:]
        var instances = 0
        for (place, run) in runs.enumerated() {
            let first = LoadedAgents.firstAttempt(run, at: place, count: runs.count)
            if first == place { instances += 1 }
            attempts[Int32(first), default: []].append(Int32(place))
        }
        self.attempts = attempts
        instanceCount = instances
        agentCount = Set(runs.compactMap(\.name)).count
        extent = LoadedAgents.extent(runs) ?? TraceExtent(start: 0, end: 1)
    }

    static func == (a: LoadedAgents, b: LoadedAgents) -> Bool { a === b }

    // MARK: The tree

    private static func firstAttempt(_ run: AgentRun, at place: Int, count: Int) -> Int {
        let first = Int(run.firstAttempt) - 1
        return first >= 0 && first < count ? first : place
    }

    /// The run under which each stands: a retry under its first attempt, others under who invoked them; −1 for none.
    private static func owners(_ runs: [AgentRun]) -> [Int32] {
        runs.enumerated().map { place, run in
            let first = firstAttempt(run, at: place, count: runs.count)
            let owner = first != place ? first : Int(run.parent) - 1
            return owner >= 0 && owner < runs.count && owner != place ? Int32(owner) : -1
        }
    }

    /// The places in tree order with their depths by place; runs that form a cycle begin a tree of their own.
    private static func walk(_ owners: [Int32]) -> (order: [Int32], depths: [Int32]) {
        var firstChild = [Int32](repeating: -1, count: owners.count)
        var nextSibling = firstChild
        for place in owners.indices.reversed() where owners[place] >= 0 {
            nextSibling[place] = firstChild[Int(owners[place])]
            firstChild[Int(owners[place])] = Int32(place)
        }
        var depths = [Int32](repeating: -1, count: owners.count)
        var order: [Int32] = []
        order.reserveCapacity(owners.count)
        func visit(from root: Int) {
            var stack: [(place: Int32, depth: Int32)] = [(Int32(root), 0)]
            while let (place, depth) = stack.popLast() {
                if place < 0 || depths[Int(place)] >= 0 { continue }
                depths[Int(place)] = depth
                order.append(place)
                if depth > 0 { stack.append((nextSibling[Int(place)], depth)) }
                stack.append((firstChild[Int(place)], depth + 1))
            }
        }
        for place in owners.indices where owners[place] < 0 { visit(from: place) }
        for place in owners.indices where depths[place] < 0 { visit(from: place) }
        return (order, depths)
    }

    private static func extent(_ runs: [AgentRun]) -> TraceExtent? {
        let times = runs.flatMap { [$0.startUnixNano, $0.endUnixNano].compactMap { $0 } }
        guard let first = times.min(), let last = times.max() else { return nil }
        return TraceExtent(start: first, end: last)
    }

    // MARK: Rows

    /// The columns' reading of a row.
    func line(_ row: AgentRow) -> AgentLine {
        AgentLine(
            traceID: traceID, run: runs[row.run], parent: topology.run(runs[row.run].parent)?.label, depth: row.depth,
            members: row.members.map { runs[Int($0)] })
    }

    func rows(_ grouping: AgentGrouping, folded: Set<Int32>) -> [AgentRow] {
        grouping == .names ? namedRows() : treeRows(grouping, folded: folded)
    }

    private func treeRows(_ grouping: AgentGrouping, folded: Set<Int32>) -> [AgentRow] {
        var rows: [AgentRow] = []
        var index = 0
        // Attempts that share a row do not count as levels.
        var levels = [Int32](repeating: 0, count: order.count)
        while index < order.count {
            let place = order[index]
            let count = Int(descendantCounts[Int(place)])
            let isRoot = depths[Int(place)] == 0
            let isAttempt = !isRoot && isLaterAttempt(place)
            let above = isRoot ? -1 : levels[Int(owners[Int(place)])]
            levels[Int(place)] = grouping == .instances && isAttempt ? above : above + 1
            if grouping == .instances, isAttempt {
                index += 1
                continue
            }
            let isFolded = folded.contains(place) && count > 0
            let members = grouping == .instances ? attempts[place] ?? [] : []
            rows.append(
                AgentRow(
                    run: Int(place), depth: Int(levels[Int(place)]), members: members.count > 1 ? members : [],
                    hiddenCount: isFolded ? count : 0, hasChildren: count > 0))
            index += isFolded ? count + 1 : 1
        }
        return rows
    }

    private func isLaterAttempt(_ place: Int32) -> Bool {
        LoadedAgents.firstAttempt(runs[Int(place)], at: Int(place), count: runs.count) != Int(place)
    }

    private func namedRows() -> [AgentRow] {
        var rows: [AgentRow] = []
        var places: [String: Int] = [:]
        for (place, run) in runs.enumerated() {
            let name = run.name ?? run.role ?? ""
            if let row = places[name] {
                if rows[row].members.isEmpty { rows[row].members = [Int32(rows[row].run)] }
                rows[row].members.append(Int32(place))
            } else {
                places[name] = rows.count
                rows.append(AgentRow(run: place, depth: 0, members: [], hiddenCount: 0, hasChildren: false))
            }
        }
        return rows
    }

    /// The runs under which a run stands, the nearest first.
    func ancestors(of place: Int) -> [Int] {
        var ancestors: [Int] = []
        var current = place
        while depths[current] > 0 {
            current = Int(owners[current])
            ancestors.append(current)
        }
        return ancestors
    }

    /// All runs of the row's instance, in order of attempts.
    func attempts(of run: AgentRun) -> [AgentRun] {
        (attempts[run.firstAttempt - 1] ?? []).map { runs[Int($0)] }.sorted { $0.attempt < $1.attempt }
    }
}
