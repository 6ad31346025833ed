import TraceModel

/// Estimates how far the clocks of a trace are from each other.
enum ClockAligner {
    /// Disagreements up to this much are no finding: a thousandth of a second.
    static let toleranceNanos: Int64 = 1_000_000

    /// One estimate for each clock, in the order of their numbers.
    ///
    /// The clock of the earliest root is the reference. Every other clock that parents and children connect with it,
    /// directly or over further clocks, is bound by all of them; it is shifted only where it must be.
    static func estimates(_ input: TraceInput, forest: SpanForest) -> [ClockEstimate] {
        estimates(ClockGraph(input, forest: forest), names: input.clockNames)
    }

    private static func estimates(_ graph: ClockGraph, names: [String]) -> [ClockEstimate] {
        var clocks = names.enumerated().map { number, name in
            ClockEstimate(
                number: Int32(number), name: name, spanCount: graph.spanCounts[number], basis: .unconnected)
        }
        let (order, distances) = graph.reach()
        for clock in order {
            if clock == graph.reference {
                clocks[Int(clock)].basis = .reference
                continue
            }
            // Near the reference first: what is nearer is settled already.
            let settled = graph.neighbours[Int(clock)].filter {
                distances[Int($0.clock)] >= 0 && distances[Int($0.clock)] < distances[Int(clock)]
            }
            estimate(&clocks, clock, settled, graph)
        }
        return clocks
    }

    private static func estimate(
        _ clocks: inout [ClockEstimate], _ clock: Int32, _ settled: [(clock: Int32, edge: Int)], _ graph: ClockGraph
    ) {
        // The choice rests on the shifts already chosen, what is reported on all that they could be.
        var choice = ClockBounds()
        var reported = ClockBounds()
        for (other, edge) in settled {
            let bounds = graph.bounds(edge, of: clock, towards: other)
            let neighbour = clocks[Int(other)]
            choice.intersect(bounds.shifted(by: .exactly(neighbour.offsetNanos)))
            let isReference = neighbour.basis == .reference
            reported.intersect(
                bounds.shifted(
                    by: isReference
                        ? .exactly(0) : ClockBounds(lower: neighbour.lowerNanos, upper: neighbour.upperNanos)))
        }
        var estimate = clocks[Int(clock)]
        estimate.pairCount = choice.pairCount
        if choice.isEmpty {
            estimate.basis = .contradictory
            estimate.offsetNanos = leastBroken(clocks, clock, settled, graph)
        } else {
            estimate.lowerNanos = reported.isEmpty ? choice.lower : reported.lower
            estimate.upperNanos = reported.isEmpty ? choice.upper : reported.upper
            estimate.basis = choice.contains(0) ? .consistent : .bounded
            estimate.offsetNanos = choice.contains(0) ? 0 : choice.middle
        }
        clocks[Int(clock)] = estimate
    }

    /// The shift that breaks the fewest pairs; of several the one nearest to none.
    private static func leastBroken(
        _ clocks: [ClockEstimate], _ clock: Int32, _ settled: [(clock: Int32, edge: Int)], _ graph: ClockGraph
    ) -> Int64 {
        var lowers: [Int64] = []
        var uppers: [Int64] = []
        for (other, edge) in settled {
            for pair in graph.edges[edge].pairs {
                let bounds = pair.bounds(of: clock).shifted(by: .exactly(clocks[Int(other)].offsetNanos))
                if let lower = bounds.lower { lowers.append(lower) }
                if let upper = bounds.upper { uppers.append(upper) }
            }
        }
        lowers.sort()
        uppers.sort()
        // At a shift, the lower bounds above it and the upper bounds beneath it are broken.
        var best: (broken: Int, shift: Int64) = (.max, 0)
        func consider(_ shift: Int64, _ broken: Int) {
            if broken < best.broken || broken == best.broken && shift.magnitude < best.shift.magnitude {
                best = (broken, shift)
            }
        }
        consider(0, lowers.count { $0 > 0 } + uppers.count { $0 < 0 })
        var (below, above) = (0, 0)
        for shift in (lowers + uppers).sorted() {
            while below < lowers.count && lowers[below] <= shift { below += 1 }
            while above < uppers.count && uppers[above] < shift { above += 1 }
            consider(shift, lowers.count - below + above)
        }
        return best.shift
    }
}
