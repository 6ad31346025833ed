import TraceAnalysis
import TraceModel

/// What a report says of a trace as a whole, in words: the same in every format.
struct ReportOverview {
    /// A statement such as `duration`, `8.40s`.
    struct Fact {
        var label: String
        var value: String
        /// The value holds trace text, as opposed to figures and our own words.
        var isQuoted = false
        /// The value is an id, for a fixed-width font.
        var isIdentifier = false
    }

    let trace: ExportTrace
    let policy: String

    var name: String { trace.summary.name.flatMap { $0.isEmpty ? nil : $0 } ?? "trace without a name" }

    var facts: [Fact] {
        let summary = trace.summary
        var facts = [
            Fact(label: "trace id", value: summary.traceID.hex, isQuoted: true, isIdentifier: true),
            Fact(label: "start", value: ReportTime.utc(summary.startUnixNano)),
            Fact(label: "duration", value: ReportFigures.duration(summary.durationNanos)),
            Fact(label: "spans", value: spans),
            Fact(label: "errors", value: ReportFigures.count(summary.errorCount)),
            Fact(label: "agents", value: list(summary.agents, none: "none named"), isQuoted: true),
            Fact(label: "models", value: list(summary.models, none: "none named"), isQuoted: true),
            Fact(label: "tokens in", value: tokens(summary.tokensInput)),
            Fact(label: "tokens out", value: tokens(summary.tokensOutput)),
            Fact(label: "calls recorded", value: coverage),
            Fact(label: "redaction", value: policy, isQuoted: true),
        ]
        if !summary.services.isEmpty {
            facts.append(Fact(label: "services", value: list(summary.services, none: ""), isQuoted: true))
        }
        if let session = summary.session { facts.append(Fact(label: "session", value: session, isQuoted: true)) }
        if let part = trace.part { facts.append(Fact(label: "part", value: "only " + part, isQuoted: true)) }
        return facts
    }

    private var spans: String {
        let all = ReportFigures.count(trace.summary.spanCount)
        return trace.part == nil ? all : "\(ReportFigures.count(trace.spanCount)) of \(all)"
    }

    private func list(_ names: [String], none: String) -> String {
        if names.isEmpty { return none }
        let rest = names.count - 8
        return names.prefix(8).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    /// A sum with the calls that it covers.
    private func tokens(_ sum: Int64?) -> String {
        let calls = trace.summary.modelCallCount
        guard calls > 0 else { return sum.map { ReportFigures.count($0) } ?? "no model calls" }
        let counted = trace.summary.modelCallsWithTokens
        let covered = "\(ReportFigures.count(counted)) of \(ReportFigures.counted(calls, "call"))"
        guard let sum else { return "\(ReportFigures.unknown), no call of \(ReportFigures.count(calls)) states it" }
        return ReportFigures.count(sum) + (counted == calls ? "" : ", stated by \(covered)")
    }

    private var coverage: String {
        guard let coverage = trace.coverage else { return "not analysed" }
        let recorded = ReportFigures.count(coverage.recorded)
        return coverage.isWhole
            ? "\(recorded), none known to be missing"
            : "\(recorded) of at least \(ReportFigures.count(coverage.expectedAtLeast))"
    }

    /// The findings, the gravest first; those of one severity in their own order.
    var findings: [Finding] {
        trace.findings.enumerated()
            .sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
            .map(\.element)
    }

    /// What the rule of a finding stands for; nil for rules of other versions.
    static func title(_ finding: Finding) -> String? { FindingRules.rule(finding.rule)?.title }

    var identified: String {
        let agents = trace.agents
        guard agents.spanCount > 0 else { return "not analysed" }
        let share = Double(agents.identifiedSpans) / Double(agents.spanCount)
        return "\(ReportFigures.count(agents.identifiedSpans)) of \(ReportFigures.counted(agents.spanCount, "span")) "
            + "can be told apart by agent (\(ReportFigures.percent(share)))"
    }
}
