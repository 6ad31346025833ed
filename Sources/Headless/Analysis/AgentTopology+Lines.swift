import TraceModel

extension AgentTopology {
    /// The run that a number names; nil for 0 and for a number that no run has.
    func runNumbered(_ number: Int32) -> AgentRun? {
        let place = Int(number) - 1
        return runs.indices.contains(place) ? runs[place] : nil
    }

    /// The runs as a tree, parents first, siblings in order of start; each run once, whatever the parents say.
    func lines(traceID: TraceID) -> [AgentLine] {
        var children = Array(repeating: [Int](), count: runs.count)
        var roots: [Int] = []
        for (place, run) in runs.enumerated() {
            let parent = Int(run.parent) - 1
            if runs.indices.contains(parent), parent != place {
                children[parent].append(place)
            } else {
                roots.append(place)
            }
        }
        var lines: [AgentLine] = []
        var isSeen = Array(repeating: false, count: runs.count)
        // Runs that invoke each other in a circle hang below no root: each circle starts with its first run.
        for start in roots + Array(runs.indices) where !isSeen[start] {
            var stack: [(place: Int, depth: Int)] = [(start, 0)]
            while let (place, depth) = stack.popLast() {
                if isSeen[place] { continue }
                isSeen[place] = true
                let run = runs[place]
                lines.append(
                    AgentLine(traceID: traceID, run: run, parent: runNumbered(run.parent)?.label, depth: depth))
                for child in children[place].reversed() { stack.append((child, depth + 1)) }
            }
        }
        return lines
    }
}
