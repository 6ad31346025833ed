import TraceModel

/// Finds steps of which much time is accounted for by no span.
enum UnattributedTime {
    static let minimumNanos: Int64 = 1_000_000_000
    static let shareLimit = 0.2

    /// One finding for the step with the most of such time, which says how many others there are.
    static func findings(_ steps: [StepFigures]) -> [Finding] {
        let fat = steps.filter {
            $0.durationNanos >= minimumNanos && ($0.unattributedShare ?? 0) > shareLimit
        }
        let index = Phase.unattributed.rawValue
        guard let worst = fat.max(by: { ($0.wall[index], $1.number) < ($1.wall[index], $0.number) }),
            let share = worst.unattributedShare
        else { return [] }
        let nanos = worst.wall[index]
        let others =
            switch fat.count {
            case 1: ""
            case 2: "; one more step is like it"
            default: "; \(fat.count - 1) more steps are like it"
            }
        return [
            Finding(
                rule: FindingRules.latencyUnattributed.id, severity: FindingRules.latencyUnattributed.severity,
                certainty: .proven,
                message: "No span says what \(FigureText.duration(nanos)) of the "
                    + "\(FigureText.duration(worst.durationNanos)) of step \(worst.number) went into "
                    + "(\(FigureText.percent(share)))\(others).",
                spanID: worst.spanID,
                evidence: [
                    FindingEvidence(spanID: worst.spanID, label: "step", value: "\(worst.number)"),
                    FindingEvidence(spanID: worst.spanID, label: "duration ns", value: "\(worst.durationNanos)"),
                    FindingEvidence(spanID: worst.spanID, label: "unattributed ns", value: "\(nanos)"),
                ])
        ]
    }

    /// The findings where clocks disagree: what spans of several clocks leave between them proves nothing.
    static func unproven(_ steps: StepAttribution, _ input: TraceInput) -> [Finding] {
        steps.findings.map { finding in
            let step = steps.steps.first { $0.spanID == finding.spanID }?.number
            var clocks: Set<Int32> = []
            for (place, number) in steps.spanSteps.enumerated() where number == step {
                clocks.insert(input.clocks[place])
            }
            guard clocks.count > 1 else { return finding }
            var finding = finding
            finding.certainty = .cannotTell
            finding.message += " Its spans come from clocks that disagree, so this may be a difference of clocks."
            return finding
        }
    }
}
