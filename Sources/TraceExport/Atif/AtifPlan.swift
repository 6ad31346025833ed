import FastJSON
import TraceModel

/// Which trajectories a trace has: one for each named agent run that is exported, within the one that started it.
///
/// Spans that belong to no run stand in the document itself. Where several runs have no run around them, the document
/// stands for the trace and holds them all.
struct AtifPlan {
    struct Trajectory {
        /// The run by its number; 0 for the document of a trace without a single agent at its top.
        var run: Int32
        /// The place of the trajectory that holds it; −1 for the document.
        var parent: Int
        var depth: Int
        /// Spans in order of time, as indices.
        var spans: [Int] = []
        /// The span that started it, of the trajectory around it; nil where none is known.
        var starter: Int?
    }

    /// Agents nested deeper stand with the agent at this depth, so that readers can parse the document.
    static let depthLimit = 48

    /// In an order in which a trajectory stands before those within it; the document comes first.
    private(set) var trajectories: [Trajectory] = []
    private(set) var deepCount = 0

    init(_ trace: ExportTrace, _ spans: [ExportSpan], _ inner: AtifInnerCalls) {
        let runs = AtifRuns(trace.agents)
        let starts = AtifRunStarts(runs, spans, inner)
        let exported = Set(starts.runs).subtracting([0]).sorted()
        // An agent that nothing names is told from the one around it only by a tool call between them.
        let kept = exported.filter { runs[$0]?.name != nil || starts.tool(of: $0) != nil }
        let parents = Self.parents(exported, kept: Set(kept), runs)
        let tops = kept.filter { parents[$0] == 0 }
        add(tops.count == 1 ? tops[0] : 0, kept: kept, parents: parents)
        var placeOfRun: [Int32: Int] = [0: 0]
        for (place, trajectory) in trajectories.enumerated() { placeOfRun[trajectory.run] = place }
        let places = starts.runs.map { run in placeOfRun[run] ?? placeOfRun[parents[run] ?? 0] ?? 0 }
        for (index, place) in places.enumerated() { trajectories[place].spans.append(index) }
        for place in trajectories.indices.dropFirst() {
            let run = trajectories[place].run
            let candidates = [starts.tool(of: run), starts.trigger(of: run)].compactMap { $0 }
            trajectories[place].starter = candidates.first { places[$0] == trajectories[place].parent }
        }
    }

    /// The nearest kept run around each, 0 for none; cycles are opened.
    private static func parents(
        _ exported: [Int32], kept known: Set<Int32>, _ runs: AtifRuns
    ) -> [Int32: Int32] {
        func parent(_ number: Int32) -> Int32 {
            let parent = runs[number]?.parent ?? 0
            return parent != number && runs[parent] != nil ? parent : 0
        }
        // The nearest kept run from a run upwards, as far as it was looked for.
        var nearest: [Int32: Int32] = [0: 0]
        var parents: [Int32: Int32] = [:]
        for number in exported {
            var path: [Int32] = []
            var current = parent(number)
            while !known.contains(current), nearest[current] == nil {
                nearest[current] = 0
                path.append(current)
                current = parent(current)
            }
            let found = known.contains(current) ? current : nearest[current] ?? 0
            for passed in path { nearest[passed] = found }
            parents[number] = found
        }
        // A run that leads back to itself is at the top.
        var settled: Set<Int32> = []
        for number in exported where known.contains(number) {
            var path: [Int32] = []
            var onPath: Set<Int32> = []
            var current = number
            while current > 0 && !settled.contains(current) {
                if !onPath.insert(current).inserted {
                    parents[current] = 0
                    break
                }
                path.append(current)
                current = parents[current] ?? 0
            }
            settled.formUnion(path)
        }
        return parents
    }

    private mutating func add(_ main: Int32, kept: [Int32], parents: [Int32: Int32]) {
        var children: [Int32: [Int32]] = [:]
        for number in kept where number != main {
            let parent = parents[number] ?? 0
            children[parent == 0 ? main : parent, default: []].append(number)
        }
        trajectories.append(Trajectory(run: main, parent: -1, depth: 0))
        var place = 0
        while place < trajectories.count {
            let trajectory = trajectories[place]
            let isDeep = trajectory.depth >= Self.depthLimit
            for number in children[trajectory.run] ?? [] {
                if isDeep { deepCount += 1 }
                trajectories.append(
                    Trajectory(
                        run: number, parent: isDeep ? trajectory.parent : place,
                        depth: isDeep ? trajectory.depth : trajectory.depth + 1))
            }
            place += 1
        }
    }
}

/// The start of an agent within a trajectory.
struct AtifStart {
    /// The id of its own trajectory.
    var id: String
    /// The tool run or model call that started it, as an index.
    var span: Int?
    /// Where it begins in the order of time.
    var position: Int
}

/// The agent runs of a trace by their numbers; of a part, those that belong to it.
struct AtifRuns {
    private var runs: [Int32: AgentRun] = [:]

    init(_ topology: AgentTopology) {
        for run in topology.runs where run.number > 0 { runs[run.number] = run }
    }

    /// Nil for 0, which is no run, and for what is no part of the export.
    subscript(number: Int32) -> AgentRun? { runs[number] }
}

/// Gathers the members of an object, absent ones left out.
struct AtifMembers {
    private(set) var members: [JSONMember] = []

    mutating func add(_ key: String, _ value: JSONValue?) {
        if let value { members.append(JSONMember(key, value)) }
    }

    mutating func add(_ key: String, text: String?) { add(key, text.map { .string($0) }) }
    mutating func add(_ key: String, int: Int64?) { add(key, int.map { .int($0) }) }

    var isEmpty: Bool { members.isEmpty }
    var value: JSONValue { .object(members) }
}
