package import TraceModel

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
        var (steps, numbers) = inOrder(division, input, groups: groups)
        var sweep = PhaseSweep(spanCount: input.spans.count)
        var pieces: [PhasePiece] = []
        for (scope, range) in scopes.drafts.enumerated() {
            pieces.removeAll(keepingCapacity: true)
            for span in scopes.members(of: scope) {
                guard let phase = phases.phase(Int(span)) else { continue }
                PhasePiece.append(
                    of: Int(span), input, phase: phase, depth: groups.depths[Int(span)],
                    openEnd: { division.end(at: $0, in: range) }, to: &pieces)
            }
            sweep.divide(
                range, division.drafts, &pieces, tellingParents: phases.tellingParents, numbers: numbers, into: &steps)
        }
        let spanSteps = StepMembers.drafts(division, input, forest: forest, groups: groups)
            .map { $0 < 0 ? 0 : numbers[Int($0)] }
        StepMembers.count(&steps, spanSteps, input)
        return StepAttribution(steps: steps, spanSteps: spanSteps, findings: UnattributedTime.findings(steps))
    }

    /// The steps in order of time, without figures yet, and the number of each draft.
    private static func inOrder(
        _ division: StepDivision, _ input: TraceInput, groups: StepGroups
    ) -> (steps: [StepFigures], numbers: [Int32]) {
        let drafts = division.drafts
        let order = drafts.indices.map { Int32($0) }.sorted {
            (drafts[Int($0)].from, drafts[Int($0)].opener) < (drafts[Int($1)].from, drafts[Int($1)].opener)
        }
        var numbers = [Int32](repeating: 0, count: drafts.count)
        var countInGroup = [Int32](repeating: 0, count: groups.runOf.count)
        var steps: [StepFigures] = []
        steps.reserveCapacity(drafts.count)
        for draft in order {
            let step = drafts[Int(draft)]
            numbers[Int(draft)] = Int32(steps.count + 1)
            countInGroup[Int(step.group)] += 1
            let span = Int(step.opener)
            var figures = StepFigures(
                number: numbers[Int(draft)], run: groups.runOf[Int(step.group)], spanID: input.columns.ids[span],
                startUnixNano: step.from, durationNanos: step.to - step.from)
            figures.numberInRun = countInGroup[Int(step.group)]
            figures.spanOrdinal = input.columns.ordinals[span]
            figures.isDeclared = step.isDeclared
            figures.declaredNumber = input.evidence(of: span, .steps).flatMap { input.evidence[$0].stepNumber }
            steps.append(figures)
        }
        return (steps, numbers)
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
        range.partitionPoint { drafts[$0].from <= time }
    }
}

/// The steps of a trace, and to which of them each span belongs.
package struct StepAttribution: Sendable {
    package var steps: [StepFigures]
    /// The step of each span of the input by number, 0 for none.
    package var spanSteps: [Int32]
    package var findings: [Finding]

    package init(steps: [StepFigures], spanSteps: [Int32], findings: [Finding] = []) {
        self.steps = steps
        self.spanSteps = spanSteps
        self.findings = findings
    }
}
