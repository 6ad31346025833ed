import Canvas
import TraceModel
import TraceQuery

/// The figures in the header of a trace, those that matter most first.
struct TraceFigures {
    let state: AppState
    let trace: TraceState

    private var ascii: Bool { state.isASCII }

    var texts: [String] {
        var texts: [String] = []
        if let words = trace.summary?.analysis.words { texts.append(words) }
        if let summary = trace.summary { texts += counts(summary) }
        let tagged = state.taggedSpans.count
        if tagged > 0 { texts.append("\(tagged) tagged") }
        if let clocks = trace.loaded?.clocks, clocks.differ {
            texts.append("clocks \(clocks.isAdjusted ? "adjusted" : "raw") (a)")
        }
        texts += redaction
        if let summary = trace.summary, summary.modelCallCount > 0 { texts.append(tokens(summary)) }
        if let identity { texts.append(identity) }
        if trace.loaded?.structure.isPartial == true { texts.append("reading the rest …") }
        if trace.window != nil { texts.append("zoomed") }
        return texts
    }

    /// The figures say that calls are missing or that clocks disagree.
    var hasWarnings: Bool { !(coverage?.isWhole ?? true) || trace.loaded?.clocks.differ == true }

    private func counts(_ summary: TraceSummary) -> [String] {
        var texts = [
            Figures.duration(nanos: summary.durationNanos), "\(Figures.count(Int64(summary.spanCount))) spans",
        ]
        if summary.errorCount > 0 { texts.append("\(summary.errorCount)\(Glyphs.error(ascii: ascii))") }
        let findings = findingCount(summary)
        if findings > 0 { texts.append("\(findings)\(Glyphs.finding(ascii: ascii))") }
        if let coverage, !coverage.isWhole {
            texts.append("\(coverage.recorded) of \(atLeast)\(coverage.expectedAtLeast) calls")
        }
        return texts
    }

    /// All statements, and each rule that only marks of spans tell of.
    private func findingCount(_ summary: TraceSummary) -> Int {
        guard let statements = trace.loaded?.structure.findings else { return summary.findings.count }
        let stated = Set(statements.lazy.map(\.rule))
        return statements.count + summary.findings.count { !stated.contains($0) }
    }

    private var coverage: TraceCoverage? { trace.loaded?.structure.coverage ?? trace.summary?.coverage }
    private var atLeast: String { Glyphs.atLeast(ascii: ascii) }

    /// Sums over the calls that state usage: lower bounds where calls are missing or state none.
    private func tokens(_ summary: TraceSummary) -> String {
        let isWhole = coverage?.isWhole ?? true
        let isCovered = summary.modelCallsWithTokens >= summary.modelCallCount
        let bound = isWhole ? "" : atLeast
        let share = isCovered ? "" : " of \(summary.modelCallsWithTokens)/\(summary.modelCallCount) calls"
        func text(_ count: Int64?) -> String { (count == nil ? "" : bound) + Figures.count(count) }
        return "tok \(text(summary.tokensInput)) in \(text(summary.tokensOutput)) out\(share)"
    }

    /// How many texts were replaced, and that spans stand as they came; nothing where nothing is known.
    private var redaction: [String] {
        guard let redaction = trace.loaded?.structure.redaction else { return [] }
        var texts: [String] = []
        let replaced = redaction.counts.total
        if replaced > 0 { texts.append("redacted \(Figures.count(Int64(replaced)))") }
        if redaction.spansRaw > 0 {
            let isWhole = redaction.spansRedacted + redaction.spansUnknown == 0
            texts.append(isWhole ? "raw" : "\(Figures.count(Int64(redaction.spansRaw))) raw")
        }
        return texts
    }

    /// How many spans can be told apart by agent; nil where all can, or where nothing was analysed.
    private var identity: String? {
        guard let agents = trace.loaded?.structure.agents, agents.spanCount > 0,
            agents.identifiedSpans < agents.spanCount
        else { return nil }
        let share = Figures.percent(Double(agents.identifiedSpans) / Double(agents.spanCount))
        return "identifiable \(agents.identifiedSpans)/\(agents.spanCount) \(share)"
    }
}
