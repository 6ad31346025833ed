import Canvas
import FastJSON
package import Tables
package import TraceModel
package import TraceQuery

/// One step with the agent that it belongs to.
package struct StepLine: Sendable {
    package var traceID: TraceID
    package var step: StepFigures
    /// Nil where no agent run holds the step.
    package var run: AgentRun?
    /// The part of the trace that was asked for; nil for the whole trace.
    package var part: String?

    package init(traceID: TraceID, step: StepFigures, run: AgentRun?, part: String? = nil) {
        self.traceID = traceID
        self.step = step
        self.run = run
        self.part = part
    }

    func wall(_ phase: Phase) -> TableCell { step.wallCell(phase) }

    /// The work of a phase, parallel work counted as often as it ran; nil where its wall time is missing.
    func work(_ phase: Phase) -> Int64? {
        if case .missing = wall(phase).value { return nil }
        return step.work[phase.rawValue]
    }

}

extension StepFigures {
    /// The wall time of a phase; missing where nothing measured it, which is not 0.
    package func wallCell(_ phase: Phase) -> TableCell {
        let nanos = wall[phase.rawValue]
        switch quality[phase.rawValue] {
        case .unknown where nanos == 0: return .missing
        case .bounded: return TableCell(.integer(nanos), .atMost)
        case .unknown, .measured: return .integer(nanos)
        }
    }

    /// More than a fifth of the step is unaccounted for.
    package var isLargelyUnattributed: Bool { (unattributedShare ?? 0) > 0.2 }
}

/// The columns of steps: `spandrel steps TRACE`, exported tables, and the steps of the explorer.
package enum StepColumns {
    package static let all: [Column<StepLine>] =
        [.mark] + number + agent + times + phases + [quality, work] + dominant + inRun + declared + traceID + spanID
        + outcome + [.shown("bar").inList("", 90, width: 0, from: 110)]

    /// The columns of exported steps: a phase has one for its wall time, one for its work and one for its quality.
    package static let exported: [Column<StepLine>] =
        traceID + number + agent
        + [Column("agent_run") { $0.step.run == 0 ? nil : $0.step.run }] + inRun + spanID + times + phases
        + Phase.allCases.map { phase in Column("\(phase.name)_work_ns", "", .duration) { $0.work(phase) } }
        + Phase.allCases.map { phase in Column("\(phase.name)_quality") { $0.step.quality[phase.rawValue].name } }
        + dominant + declared + outcome + [Column("part") { $0.part }]

    private static let number: [Column<StepLine>] = [
        Column("step", "the number of the step in its trace, from 1 in order of start") { $0.step.number }
            .inTable("step", 1)
            .inList("step", 1, width: .from(100, 9, else: 5), text: { line, _ in numberInRun(line.step) })
    ]

    private static let agent: [Column<StepLine>] = [
        Column("agent", "the label of the agent run; null where none holds the step") { $0.run?.label }
            .inTable("agent", 2, minimum: 12) { line, words in
                line.run.map(AgentColumns.label) ?? words.unknown
            }
            .inList("agent", 2, width: ListWidth { $0 < 60 ? 0 : $0 < 90 ? 10 : $0 < 140 ? 16 : 24 }, from: 22)
    ]

    private static let times: [Column<StepLine>] = [
        Column("start_unix_nano", "nanoseconds since the Unix epoch", .time) { $0.step.startUnixNano },
        Column("duration_ns", "the wall time of the step; the parts that follow sum to it exactly", .duration) {
            $0.step.durationNanos
        }.inTable("duration", 3).inList("total", 3, width: 6, tone: { _ in .strong }),
    ]

    private static let phases: [Column<StepLine>] = Phase.allCases.map { phase in
        let heading = heading(phase)
        return Column<StepLine>("\(phase.name)_ns", heading.help, .duration, type: "integer", nullable: true) {
            $0.wall(phase)
        }
        .inTable(heading.title, 4, rank: phase == .unattributed ? 0 : 1) { line, words in
            // Of parallel work also what ran in all, such as `2.00s (5.10s)`.
            let wall = words.text(line.wall(phase), .duration)
            let work = line.work(phase) ?? 0
            return wall + (work > line.step.wall[phase.rawValue] ? " (\(words.duration(work)))" : "")
        }
        .inList(
            heading.shortTitle, 4, width: ListWidth(integerLiteral: heading.width),
            from: firstWidth(phase),
            tone: { line in
                if phase == .unattributed, line.step.isLargelyUnattributed { return .finding }
                return line.step.quality[phase.rawValue] == .unknown ? .dim : .plain
            },
            text: { line, words in
                // What is left over is the difference of the others, known whenever the step's length is.
                let wall = phase == .unattributed ? .integer(line.step.wall[phase]) : line.wall(phase)
                return words.text(wall, .duration, columns: heading.width)
            })
    }

    /// The least cells of a list in which a phase has a column.
    private static func firstWidth(_ phase: Phase) -> Int {
        switch phase {
        // Where it has none, it stands across prefill and decode.
        case .modelUnsplit: 96
        // Where it has none, the bar and the lines beneath tell it.
        case .humanWait: 104
        default: 78
        }
    }

    private static let quality = Column<StepLine>(
        "quality", "for each part `measured`, `bounded` (at most this much) or `unknown` (no figure)"
    ) { line in
        TableCell.nested {
            $0.object { for phase in Phase.allCases { $0.member(phase.name, line.step.quality[phase.rawValue].name) } }
        }
    }

    private static let work = Column<StepLine>(
        "work", "nanoseconds of work for each part, parallel work counted as often as it ran"
    ) { line in
        TableCell.nested {
            $0.object { for phase in Phase.allCases { $0.member(phase.name, line.work(phase)) } }
        }
    }

    private static let dominant: [Column<StepLine>] = [
        Column("dominant", "the part that takes most; null where the step took no time") { $0.step.dominant?.name }
            .inTable("most", 5, rank: 2)
    ]

    private static let inRun: [Column<StepLine>] = [
        Column("step_in_run", "the number of the step within its agent run, from 1") { $0.step.numberInRun }
    ]

    private static let declared: [Column<StepLine>] = [
        Column("declared_step", "the number that the source states") { $0.step.declaredNumber }
            .inTable("declared", 6, rank: 3),
        Column("is_declared", "true where the source's own span of the step defines it") { $0.step.isDeclared },
    ]

    private static let traceID: [Column<StepLine>] = [
        Column("trace_id", "32 hexadecimal digits", .id) { $0.traceID.hex }
    ]

    private static let spanID: [Column<StepLine>] = [
        Column("span_id", "the span that the step starts with", .id) { $0.step.spanID.hex }.inTable("span", 99)
    ]

    private static let outcome: [Column<StepLine>] = [
        Column("span_count", "spans of the step") { $0.step.spanCount },
        Column("error", "true where a span of the step failed") { $0.step.isError },
    ]

    /// The number of a step in its run, with the number that the source states where that differs.
    private static func numberInRun(_ step: StepFigures) -> String {
        guard let declared = step.declaredNumber, declared != Int64(step.numberInRun) else {
            return "\(step.numberInRun)"
        }
        return "\(step.numberInRun)/\(declared)"
    }

    /// How the columns of a phase are headed and explained.
    private struct PhaseHeading {
        var title: String
        /// The title where a column has few cells, and how many.
        var shortTitle: String
        var width = 6
        var help: String
    }

    private static func heading(_ phase: Phase) -> PhaseHeading {
        switch phase {
        case .inputAssembly:
            PhaseHeading(
                title: "input", shortTitle: "asm", width: 5,
                help: "building the prompt; null where nothing measured it, which is not 0")
        case .retrieval:
            PhaseHeading(title: "retrieval", shortTitle: "retr", width: 5, help: "search, embedding and reranking")
        case .prefill:
            PhaseHeading(
                title: "prefill", shortTitle: "prefill", width: 7,
                help: "the model reads; where bounded, with what lies between request and first chunk")
        case .decode: PhaseHeading(title: "decode", shortTitle: "decode", help: "the model writes")
        case .modelUnsplit:
            PhaseHeading(
                title: "model", shortTitle: "model", help: "model calls of which nothing tells prefill from decode")
        case .toolExecution: PhaseHeading(title: "tools", shortTitle: "tool", help: "tools")
        case .resultHandling:
            PhaseHeading(title: "results", shortTitle: "result", help: "parsing, validation, guardrails")
        case .orchestration:
            PhaseHeading(
                title: "glue", shortTitle: "orch", width: 5, help: "planning glue, queues, back-off, hand-offs")
        case .humanWait:
            PhaseHeading(
                title: "human", shortTitle: "human", width: 5,
                help: "questions, approvals and answers that a human was waited for")
        case .unattributed:
            PhaseHeading(title: "unattr.", shortTitle: "rest", width: 5, help: "what nothing accounts for")
        }
    }
}

// MARK: Parts over many steps

/// How one part of many steps is distributed, or the steps as wholes.
package struct PhaseLine: Sendable {
    /// Nil for whole steps.
    var phase: Phase?
    var count: Int
    var percentiles: StepDistribution
    var isBounded: Bool

    /// The lines of all parts in their order, the whole last.
    package static func lines(_ statistics: PhaseStatistics) -> [PhaseLine] {
        var lines = statistics.phases.map {
            PhaseLine(
                phase: $0.phase, count: $0.count,
                percentiles: StepDistribution(p50: $0.p50, p95: $0.p95, p99: $0.p99), isBounded: $0.isBounded)
        }
        if let total = statistics.total {
            lines.append(
                PhaseLine(phase: nil, count: statistics.stepCount, percentiles: total, isBounded: false))
        }
        return lines
    }

    /// A percentile; missing where nothing was counted.
    fileprivate func cell(_ nanos: Int64) -> TableCell {
        count == 0 ? .missing : TableCell(.integer(nanos), isBounded ? .atMost : .stated)
    }
}

/// The columns of `spandrel steps` over a selection.
package enum PhaseColumns {
    package static let all: [Column<PhaseLine>] = [
        Column("phase", "as in the names of `steps TRACE`, without `_ns`; `step` for whole steps") {
            $0.phase?.name ?? "step"
        }.inTable("phase", 1),
        Column("n", "steps in which it was measured or bounded", .count) { $0.count }.inTable("n", 2),
        percentile("p50", "half of the steps took no longer; null without any") { $0.p50 },
        percentile("p95", "p95s of parts do not add up to the p95 of the whole") { $0.p95 },
        percentile("p99", "likewise") { $0.p99 },
        Column("bounded", "true where some of the figures are upper bounds") { $0.isBounded },
    ]

    private static func percentile(
        _ name: String, _ help: String, _ value: @escaping @Sendable (StepDistribution) -> Int64
    ) -> Column<PhaseLine> {
        Column("\(name)_ns", help, .duration, type: "integer", nullable: true) { $0.cell(value($0.percentiles)) }
            .inTable(name, 3)
    }
}
