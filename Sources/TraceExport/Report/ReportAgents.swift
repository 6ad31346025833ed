import Basics
import TraceModel
import TraceTables

/// The agent runs of a trace as a table.
struct ReportAgents {
    static let columns = [
        "agent", "known by", "attempt", "state", "start", "duration", "model calls", "tool calls", "errors",
        "tokens in", "tokens out", "models",
    ]
    /// The columns that hold figures, set to the right.
    static let figureColumns = 4...10

    struct Row {
        var run: AgentRun
        var depth: Int
        /// One text a column.
        var cells: [String]
    }

    let rows: [Row]
    /// Runs that have no row.
    let hiddenCount: Int

    init(_ overview: ReportOverview, limit: Int) {
        let runs = overview.trace.agents.runs
        let start = overview.trace.summary.startUnixNano
        var depths: [Int] = []
        var rows: [Row] = []
        for (place, run) in runs.enumerated() {
            // Parents start before their children and so stand before them; anything else is a root here.
            let parent = Int(run.parent) - 1
            depths.append(parent >= 0 && parent < place ? depths[parent] + 1 : 0)
            if rows.count < limit {
                rows.append(Row(run: run, depth: depths[place], cells: ReportAgents.cells(run, start)))
            }
        }
        self.rows = rows
        hiddenCount = runs.count - rows.count
    }

    private static func cells(_ run: AgentRun, _ start: Int64?) -> [String] {
        var duration: Int64?
        if let start = run.startUnixNano, let end = run.endUnixNano {
            duration = end.subtractingClamped(start)
        }
        func tokens(_ count: Int64?) -> String {
            if run.modelCalls == 0, count == nil { return "no calls" }
            let covered = run.modelCallsWithTokens
            let partial = covered < run.modelCalls && count != nil ? " of \(covered)/\(run.modelCalls) calls" : ""
            return ReportFigures.count(count) + partial
        }
        let models = run.modelsResolved.isEmpty ? run.modelsRequested : run.modelsResolved
        return [
            run.label, run.source == .missing ? "nothing names it" : run.source.name, attempt(run), run.state.name,
            ReportTime.offset(run.startUnixNano, from: start),
            ReportFigures.duration(duration, orElse: run.startUnixNano == nil ? "not recorded" : "unfinished"),
            ReportFigures.count(run.modelCalls), ReportFigures.count(run.toolCalls),
            ReportFigures.count(run.errorCount), tokens(run.tokensInput), tokens(run.tokensOutput),
            models.isEmpty ? (run.modelCalls == 0 ? "none" : ReportFigures.unknown) : models.joined(separator: ", "),
        ]
    }

    private static func attempt(_ run: AgentRun) -> String {
        guard run.attempt > 1 else { return "first" }
        let reason = run.attemptReason.map { $0 == .unknown ? "reason unknown" : "after \($0.name)" } ?? ""
        let certainty = run.attemptCertainty.map { ", \($0.words)" } ?? ""
        return "\(run.attempt). " + reason + certainty
    }
}
