import TraceModel

extension TraceSummarizer {
    /// Marks the spans whose chain of parents leads back to themselves.
    ///
    /// Each span is walked over at most twice: what one walk has seen, no later one enters.
    mutating func markCycles() {
        var walk = [Int32](repeating: 0, count: count)
        for start in 0..<count where walk[start] == 0 {
            let number = Int32(start + 1)
            var at = Int32(start)
            while at >= 0 && walk[Int(at)] == 0 {
                walk[Int(at)] = number
                at = parents[Int(at)]
            }
            guard at >= 0 && walk[Int(at)] == number else { continue }
            // The walk met itself: from here on it is a cycle.
            let entry = at
            repeat {
                marks[Int(at)] |= SpanMarks.parentCycle.bits
                at = parents[Int(at)]
            } while at != entry
        }
    }

    /// Gives every span without an agent of its own that of the nearest ancestor which has one.
    mutating func inheritAgents() {
        var isSettled = agentSources.map { $0 != .missing }
        var path: [Int32] = []
        for start in 0..<count where !isSettled[start] {
            var at = Int32(start)
            while at >= 0 && !isSettled[Int(at)] {
                // Settled before it is known: a cycle ends the walk here and counts as no ancestor.
                isSettled[Int(at)] = true
                path.append(at)
                at = parents[Int(at)]
            }
            if at >= 0 && agentSources[Int(at)] != .missing {
                let (label, instance) = (agents[Int(at)], agentInstances[Int(at)])
                for index in path {
                    agents[Int(index)] = label
                    agentInstances[Int(index)] = instance
                    agentSources[Int(index)] = .inherited
                }
            }
            path.removeAll(keepingCapacity: true)
        }
    }
}
