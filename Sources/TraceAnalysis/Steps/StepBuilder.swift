import TraceModel

/// Divides a trace into steps and their time into phases.
enum StepBuilder {
    /// The steps of a trace; O(n log n), and without any where no model call or declared step has a start.
    static func attribute(_ input: TraceInput, forest: SpanForest, agents: AgentResolution) -> StepAttribution {
        let groups = StepGroups(input, forest: forest, spanRuns: agents.spanRuns)
        let division = StepDivision(input, forest: forest, groups: groups)
        guard !division.drafts.isEmpty else {
            return StepAttribution(steps: [], spanSteps: Array(repeating: 0, count: input.spans.count))
        }
        let phases = SpanPhases(input, forest: forest, groups: groups)
        let scopes = StepScopes(division, forest: forest, groups: groups, phases: phases)
        var sweep = PhaseSweep(stepCount: division.drafts.count, spanCount: input.spans.count)
        var pieces: [PhasePiece] = []
        for (scope, range) in scopes.drafts.enumerated() {
            pieces.removeAll(keepingCapacity: true)
            for span in scopes.members(of: scope) {
                guard let phase = phases.phase(Int(span)) else { continue }
                PhasePiece.append(
                    of: Int(span), input, phase: phase, depth: groups.depths[Int(span)],
                    openEnd: { division.end(at: $0, in: range) }, to: &pieces)
            }
            sweep.divide(range, division.drafts, &pieces, tellingParents: phases.tellingParents)
        }
        var (steps, spanSteps) = number(division, sweep, input, forest: forest, groups: groups)
        StepMembers.count(&steps, spanSteps, input)
        return StepAttribution(steps: steps, spanSteps: spanSteps, findings: UnattributedTime.findings(steps))
    }

    /// Puts the steps in order of time and gives the spans to them.
    private static func number(
        _ division: StepDivision, _ sweep: PhaseSweep, _ input: TraceInput, forest: SpanForest, groups: StepGroups
    ) -> (steps: [StepFigures], spanSteps: [Int32]) {
        let drafts = division.drafts
        let order = drafts.indices.sorted {
            (drafts[$0].from, drafts[$0].opener) < (drafts[$1].from, drafts[$1].opener)
        }
        var numbers = [Int32](repeating: 0, count: drafts.count)
        var countInGroup = [Int32](repeating: 0, count: groups.runOf.count)
        var steps: [StepFigures] = []
        steps.reserveCapacity(drafts.count)
        for draft in order {
            let step = drafts[draft]
            numbers[draft] = Int32(steps.count + 1)
            countInGroup[Int(step.group)] += 1
            let span = input.spans[Int(step.opener)]
            var figures = StepFigures(
                number: numbers[draft], run: groups.runOf[Int(step.group)], spanID: span.spanID,
                startUnixNano: step.from, durationNanos: step.to - step.from)
            figures.numberInRun = countInGroup[Int(step.group)]
            figures.spanKey = span.key
            figures.isDeclared = step.isDeclared
            let index = Int(input.evidenceIndices[Int(step.opener)])
            figures.declaredNumber = index < 0 ? nil : input.evidence[index].stepNumber
            sweep.write(draft, to: &figures)
            steps.append(figures)
        }
        let spanDrafts = StepMembers.drafts(division, input, forest: forest, groups: groups)
        return (steps, spanDrafts.map { $0 < 0 ? 0 : numbers[Int($0)] })
    }
}

extension StepDivision {
    /// The end of the step of a range in which a time lies; the start of the first where it lies before it.
    fileprivate func end(at time: Int64, in range: Range<Int>) -> Int64 {
        let next = firstDraft(after: time, in: range)
        return next > range.lowerBound ? drafts[next - 1].to : drafts[range.lowerBound].to
    }

    /// The first draft of a range of drafts in order of time that starts after a time; the range's end where none does.
    func firstDraft(after time: Int64, in range: Range<Int>) -> Int {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if drafts[middle].from > time { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension PhaseSweep {
    /// Writes the figures of a step.
    ///
    /// What is left over is measured by what is not. Calls that are all split leave a measured nothing not split.
    fileprivate func write(_ step: Int, to figures: inout StepFigures) {
        let count = Phase.allCases.count
        let range = step * count..<(step + 1) * count
        figures.wall = Array(wall[range])
        figures.work = Array(work[range])
        figures.quality = Array(quality[range])
        figures.quality[Phase.unattributed.rawValue] = .measured
        let isSplit = [Phase.prefill, .decode].contains { figures.quality[$0.rawValue] != .unknown }
        if isSplit, figures.quality[Phase.modelUnsplit.rawValue] == .unknown {
            figures.quality[Phase.modelUnsplit.rawValue] = .measured
        }
    }
}
