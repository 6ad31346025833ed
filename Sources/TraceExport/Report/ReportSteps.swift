import TraceModel

/// The steps of a trace with what their time went into.
struct ReportSteps {
    struct Row {
        var step: StepFigures
        var agent: String
        /// Phases that took time, longest first, with their figures.
        var parts: [(phase: Phase, text: String)]
        /// Phases that other steps measured and this one did not.
        var unmeasured: [Phase]

        /// Where the time went.
        var words: String { parts.isEmpty ? "nothing measured" : parts.map(\.text).joined(separator: " · ") }
        var unmeasuredWords: String { unmeasured.map(\.words).joined(separator: ", ") }
    }

    let rows: [Row]
    let hiddenCount: Int
    /// The longest of the shown steps, against which all bars are drawn.
    let longestNanos: Int64
    /// Phases of which no step says anything.
    let neverMeasured: [Phase]

    init(_ overview: ReportOverview, limit: Int) {
        let steps = overview.trace.steps.prefix(limit)
        let never = Phase.allCases.filter { phase in
            phase != .unattributed
                && steps.allSatisfy { ReportSteps.wall($0, phase) == 0 && ReportSteps.quality($0, phase) == .unknown }
        }
        rows = steps.map { step in
            let parts = Phase.allCases.filter { ReportSteps.wall(step, $0) > 0 }
                .sorted { ReportSteps.wall(step, $0) > ReportSteps.wall(step, $1) }
                .map { phase in
                    let bound = ReportSteps.quality(step, phase) == .bounded ? "≤ " : ""
                    return (phase, "\(phase.words) \(bound)\(ReportFigures.duration(ReportSteps.wall(step, phase)))")
                }
            let unmeasured = Phase.allCases.filter {
                ReportSteps.quality(step, $0) == .unknown && ReportSteps.wall(step, $0) == 0 && !never.contains($0)
                    && $0 != .unattributed
            }
            return Row(
                step: step, agent: overview.trace.run(step.run)?.label ?? "no agent", parts: parts,
                unmeasured: unmeasured)
        }
        hiddenCount = overview.trace.steps.count - rows.count
        longestNanos = steps.map(\.durationNanos).max() ?? 0
        neverMeasured = steps.isEmpty ? [] : never
    }

    static func wall(_ step: StepFigures, _ phase: Phase) -> Int64 {
        step.wall.indices.contains(phase.rawValue) ? step.wall[phase.rawValue] : 0
    }

    private static func quality(_ step: StepFigures, _ phase: Phase) -> FigureQuality {
        step.quality.indices.contains(phase.rawValue) ? step.quality[phase.rawValue] : .unknown
    }
}

extension Phase {
    /// The name for people.
    var words: String {
        switch self {
        case .modelUnsplit: "model call"
        case .toolExecution: "tool"
        default: name.replacing("_", with: " ")
        }
    }
}
