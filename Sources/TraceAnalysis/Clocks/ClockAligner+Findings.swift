import Basics
import TraceModel

extension ClockAligner {
    /// One finding for each clock that must be shifted by more than the tolerance.
    static func findings(_ clocks: [ClockEstimate], _ input: TraceInput, forest: SpanForest) -> [Finding] {
        let shifted = clocks.filter { leastShift($0).magnitude > toleranceNanos.magnitude }
        guard !shifted.isEmpty else { return [] }
        let witnesses = witnesses(clocks, input, forest: forest)
        return shifted.compactMap { clock in
            witnesses[clock.number].map { finding(clock, $0, clocks, input) }
        }
    }

    /// The smallest shift that the bounds allow: what is sure, where the offset itself is a guess within them.
    private static func leastShift(_ clock: ClockEstimate) -> Int64 {
        if let lower = clock.lowerNanos, lower > 0 { return lower }
        if let upper = clock.upperNanos, upper < 0 { return upper }
        return clock.basis == .contradictory ? clock.offsetNanos : 0
    }

    /// The parent and the child that show a disagreement best.
    private struct Witness {
        var parent: Int
        var child: Int
        /// How far the child is outside its parent.
        var excess: Int64
        /// The child starts before its parent, which no asynchronous child does.
        var startsEarly: Bool
    }

    /// For each clock the pair that is farthest off; one where the child starts too early is worth more.
    private static func witnesses(
        _ clocks: [ClockEstimate], _ input: TraceInput, forest: SpanForest
    ) -> [Int32: Witness] {
        var best: [Int32: Witness] = [:]
        for child in 0..<forest.spanCount {
            let parent = Int(forest.parents[child])
            guard parent >= 0, parent < forest.spanCount, input.clocks[parent] != input.clocks[child],
                let parentStart = input.spans[parent].startUnixNano, let start = input.spans[child].startUnixNano
            else { continue }
            let early = parentStart.subtractingClamped(start)
            var late: Int64 = 0
            if let parentEnd = input.spans[parent].endUnixNano, let end = input.spans[child].endUnixNano {
                late = end.subtractingClamped(parentEnd)
            }
            guard max(early, late) > 0 else { continue }
            let witness = Witness(parent: parent, child: child, excess: max(early, late), startsEarly: early > 0)
            for number in [input.clocks[parent], input.clocks[child]]
            where clocks.indices.contains(Int(number)) && clocks[Int(number)].offsetNanos != 0 {
                if let known = best[number], known.startsEarly != witness.startsEarly {
                    if known.startsEarly { continue }
                } else if let known = best[number], known.excess >= witness.excess {
                    continue
                }
                best[number] = witness
            }
        }
        return best
    }

    private static func finding(
        _ clock: ClockEstimate, _ witness: Witness, _ clocks: [ClockEstimate], _ input: TraceInput
    ) -> Finding {
        let parent = input.spans[witness.parent]
        let child = input.spans[witness.child]
        let reference = clocks.first { $0.basis == .reference }?.name ?? "the reference"
        let direction = clock.offsetNanos > 0 ? "behind" : "ahead of"
        let least = leastShift(clock)
        let about = clock.basis == .contradictory ? "perhaps" : "at least"
        let how =
            witness.startsEarly
            ? "a span starts \(FigureText.duration(witness.excess)) before its parent"
            : "a span ends \(FigureText.duration(witness.excess)) after its parent, which could also be left running"
        let isProven = witness.startsEarly && clock.basis != .contradictory
        return Finding(
            rule: FindingRules.clockSkew.id, severity: FindingRules.clockSkew.severity,
            certainty: isProven ? .proven : .inferred,
            message: "The clock \(clock.name) disagrees with its neighbours: \(how). It is \(about) "
                + "\(FigureText.duration(Int64(clamping: least.magnitude))) \(direction) \(reference).",
            spanID: child.spanID,
            evidence: [
                FindingEvidence(spanID: parent.spanID, label: "parent", value: times(parent)),
                FindingEvidence(spanID: child.spanID, label: "child", value: times(child)),
                FindingEvidence(spanID: nil, label: "offset, inferred", value: "\(clock.offsetNanos)ns"),
                FindingEvidence(
                    spanID: nil, label: "offset between",
                    value: "\(bound(clock.lowerNanos)) and \(bound(clock.upperNanos))"),
                FindingEvidence(spanID: nil, label: "pairs", value: String(clock.pairCount)),
            ])
    }

    private static func times(_ span: SpanRow) -> String {
        "\(span.startUnixNano.map(String.init) ?? "?") to \(span.endUnixNano.map(String.init) ?? "?")"
    }

    private static func bound(_ nanos: Int64?) -> String { nanos.map { "\($0)ns" } ?? "unbounded" }
}
