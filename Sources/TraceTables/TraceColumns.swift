import Basics
import Canvas
package import Tables
import TraceAnalysis
package import TraceModel

/// The columns of traces: `spandrel traces` and the list of traces.
package enum TraceColumns {
    package static let all: [Column<TraceSummary>] = identity + counts + names + usage + remarks

    private static let identity: [Column<TraceSummary>] = [
        Column("trace_id", "32 hexadecimal digits", .id) { $0.traceID.hex }.inTable("trace", 99),
        Column("name", "the name of the root; without one, of the earliest span") { $0.name }
            .inTable("name", 3, minimum: 16)
            .inList("root", 4, width: 0, tone: { $0.name == nil ? .dim : .plain }) { trace, _ in
                trace.name ?? "(no name)"
            },
        Column("start_unix_nano", "the earliest start, nanoseconds since the Unix epoch", .time) { $0.startUnixNano }
            .inTable("start", 1, rank: 3).inList("start", 1, width: 8, tone: { _ in .dim }, need: 4),
        Column("duration_ns", "the latest end minus the earliest start", .duration) { $0.durationNanos }
            .inTable("duration", 2).inList("duration", 2, width: 7, need: 1),
        .shown("bar").inList("", 3, width: 10, need: 8),
    ]

    private static let counts: [Column<TraceSummary>] = [
        Column("span_count", "spans of the trace", .count) { $0.spanCount }
            .inTable("spans", 6)
            .inList(
                "spans", 9, width: 6, need: 5,
                text: { trace, words in
                    // Spans that must have been are missing: what is counted is not all.
                    words.sign(trace.isWhole ? .stated : .atLeast) + Figures.count(Int64(trace.spanCount))
                }),
        .shown("tokens", .count) { tokens($0) }.inList("tokens", 10, width: 6, need: 6),
        Column("error_count", "spans that failed", .count) { $0.errorCount }
            .inTable("errors", 7)
            .inList("✗", 11, width: 3, ascii: "x", tone: { $0.errorCount > 0 ? .error : .dim }, need: 2),
    ]

    private static let names: [Column<TraceSummary>] = [
        Column("services", "names of the services") { $0.services }
            .inTable("services", 11, minimum: 6, rank: 7)
            .inList("services", 5, width: 14, tone: { _ in .dim }, need: 11) { trace, _ in listed(trace.services) },
        Column("agents", "names of the agents") { $0.agents }
            .inTable("agents", 4, minimum: 8, rank: 4)
            .inList("agents", 6, width: 12, tone: { _ in .agent }, need: 9) { trace, _ in listed(trace.agents) },
        Column("models", "models that answered; where that is not stated, models asked for") { $0.models }
            .inTable("models", 5, minimum: 8, rank: 5)
            .inList("models", 7, width: 18, tone: { _ in .model }, need: 10) { trace, _ in listed(trace.models) },
    ]

    private static let usage: [Column<TraceSummary>] = [
        Column("tokens_input", "sum over the model calls that state it, none counted twice", .count) { $0.tokensInput }
            .inTable("in", 8, rank: 1),
        Column("tokens_output", "likewise", .count) { $0.tokensOutput }.inTable("out", 9, rank: 1),
    ]

    private static let remarks: [Column<TraceSummary>] = [
        Column("session", "the session or conversation") { $0.session }
            .inTable("session", 10, minimum: 6, rank: 6)
            .inList("session", 8, width: 14, tone: { _ in .dim }, need: 12) { trace, _ in trace.session ?? "" },
        Column("findings", "identifiers of what was found in the trace") { $0.findings },
        .shown("finding_count", .count) { $0.findings.count }
            .inList("⚑", 12, width: 3, ascii: "!", tone: { $0.findings.isEmpty ? .dim : .finding }, need: 3),
        .shown("severity") { $0.gravest?.name ?? "" }
            .inList("worst", 13, width: 7, tone: { $0.gravest?.tone ?? .plain }, need: 7),
    ]

    private static func listed(_ names: [String]) -> String { CellText.listed(names) ?? "" }

    /// Input and output together: blank where there is no model call, missing where none states usage.
    private static func tokens(_ trace: TraceSummary) -> TableCell {
        guard trace.tokensInput != nil || trace.tokensOutput != nil else {
            return trace.modelCallCount == 0 ? .text("") : .missing
        }
        let sum = (trace.tokensInput ?? 0).addingClamped(trace.tokensOutput ?? 0)
        // A sum that does not cover every call is a lower bound.
        let isSum = trace.modelCallsWithTokens >= trace.modelCallCount && trace.isWhole
        return TableCell(.integer(sum), isSum ? .stated : .atLeast)
    }
}

extension TraceSummary {
    /// No call of the trace is known to be missing.
    fileprivate var isWhole: Bool { coverage?.isWhole ?? true }

    /// How bad the gravest finding is; where the list does not say, as its rules do.
    package var gravest: FindingSeverity? {
        severity ?? findings.compactMap { FindingRules.rule($0)?.severity }.max()
    }
}

extension FindingSeverity {
    package var tone: CellTone {
        switch self {
        case .error: .error
        case .warning: .finding
        case .hint: .dim
        }
    }
}
