import TraceModel

/// To which step each span belongs.
///
/// A span belongs to the declared step that it lies in, else to the step of its own run in which it starts, what starts
/// before the first one to that. A span around the opener of one step belongs to that step, and one around several,
/// such as the agent's own, to none.
enum StepMembers {
    typealias Node = SpanForest.Node

    private static let several: Int32 = -2

    /// The draft of each span; −1 for none.
    static func drafts(
        _ division: StepDivision, _ input: TraceInput, forest: SpanForest, groups: StepGroups
    ) -> [Int32] {
        var around = [Int32](repeating: -1, count: input.spans.count)
        for (draft, step) in division.drafts.enumerated() { around[Int(step.opener)] = Int32(draft) }
        for node in groups.order.reversed() where Int(node) < around.count && around[Int(node)] != -1 {
            let parent = forest.parents[Int(node)]
            guard parent >= 0, groups.group(parent) == groups.group(node) else { continue }
            around[Int(parent)] = around[Int(parent)] == -1 ? around[Int(node)] : several
        }
        return input.spans.indices.map { i in
            if around[i] == several { return -1 }
            if around[i] >= 0 { return around[i] }
            if division.declaredDraft[i] >= 0 { return division.declaredDraft[i] }
            let range = division.draftsOfGroup[Int(groups.groupOf[i])]
            guard !range.isEmpty, let start = input.columns.start(i).map(ClampedTime.time) else { return -1 }
            return Int32(max(range.lowerBound, division.firstDraft(after: start, in: range) - 1))
        }
    }

    /// Counts the spans of each step, and says which steps have an error.
    static func count(_ steps: inout [StepFigures], _ spanSteps: [Int32], _ input: TraceInput) {
        for (i, number) in spanSteps.enumerated() where number > 0 {
            let step = Int(number) - 1
            steps[step].spanCount += 1
            if input.columns.facts[i].contains(.isError) { steps[step].isError = true }
            guard let place = input.evidence(of: i, .steps), steps[step].declaredNumber == nil else { continue }
            steps[step].declaredNumber = input.evidence[place].stepNumber
        }
    }
}
