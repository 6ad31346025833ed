import Canvas
import Tables
package import TraceModel
package import TraceQuery
import TraceTables

extension HeadlessReader {
    /// Writes the agent runs of a trace as a tree.
    package func agents(_ trace: TraceReference) async throws(HeadlessError) {
        let agents = try await answer(AgentsRequest(trace))
        notify(agents.summary)
        let topology = agents.topology
        let lines = topology.lines(traceID: agents.summary.traceID)
        try writeList(lines, AgentColumns.all, ids: lines.compactMap { $0.run.spanID?.hex })
        guard topology.spanCount > 0 else { return }
        let share = Figures.percent(Double(topology.identifiedSpans) / Double(topology.spanCount))
        try remark(
            "\(topology.identifiedSpans) of \(topology.spanCount) spans (\(share)) have a declared identity")
    }

    /// Writes the steps of a trace with where their time went.
    package func steps(_ trace: TraceReference) async throws(HeadlessError) {
        let steps = try await answer(StepsRequest(trace))
        notify(steps.summary)
        let lines = steps.steps.map {
            StepLine(traceID: steps.summary.traceID, step: $0, run: steps.topology.run($0.run))
        }
        try writeList(lines, StepColumns.all, ids: lines.map(\.step.spanID.hex))
    }

    /// Writes how the parts of steps are distributed over the traces that a filter keeps.
    package func phases(_ filter: FilterExpression?) async throws(HeadlessError) {
        let statistics = try await answer(PhasesRequest(filter))
        try writeList(PhaseLine.lines(statistics), PhaseColumns.all)
        try remark(
            "\(statistics.stepCount) steps of \(statistics.traceCount) traces; the p95s of the parts do not add up to "
                + "the p95 of the step")
    }

    /// Writes the tool calls of a trace on their way through the layers.
    package func joints(_ trace: TraceReference) async throws(HeadlessError) {
        let joints = try await answer(JointsRequest(trace))
        notify(joints.summary)
        let lines = joints.joints.map {
            JointLine(traceID: joints.summary.traceID, joint: $0, run: joints.topology.run($0.run))
        }
        try writeList(lines, JointColumns.all)
        if !lines.isEmpty { try remark(JointColumns.legend) }
        for finding in joints.findings where finding.rule.hasPrefix("joint.") {
            try remark("\(finding.severity.name) (\(finding.certainty.name)) \(finding.rule): \(finding.message)")
        }
    }

    /// Writes what a trace should hold and what is missing.
    package func ledger(_ trace: TraceReference) async throws(HeadlessError) {
        let page = try await answer(LedgerRequest(trace))
        notify(page.summary)
        guard presentation.format == .table else {
            try emit { () throws(OutputError) in try writeOne(page, LedgerColumns.all) }
            return
        }
        try remark(LedgerColumns.sentence(page.ledger))
        if page.ledger.items.isEmpty { return }
        try writeList(page.ledger.items, LedgerColumns.items, ids: page.ledger.items.compactMap { $0.spanID?.hex })
    }

    /// Writes findings, at most `limit`; returns where the rest starts.
    package func findings(
        _ request: FindingListRequest, limit: Int? = nil
    ) async throws(HeadlessError) -> PageCursor? {
        try await writePages(
            of: request, FindingColumns.all, limit: limit,
            ids: { [$0.traceID.hex] + ($0.finding.spanID.map { [$0.hex] } ?? []) }
        ) { ($0.rows, $0.next) }
    }

    /// Writes how often something was found by each rule.
    package func findingRules(_ request: FindingListRequest) async throws(HeadlessError) {
        let rules = try await answer(FindingRulesRequest(request))
        try writeList(rules, FindingRuleColumns.all, ids: rules.map(\.newestTraceID.hex))
    }

    /// True where a request has findings that are at least so bad, those that a limit cuts included.
    package func hasFindings(
        _ request: FindingListRequest, atLeast severity: FindingSeverity
    ) async throws(HeadlessError) -> Bool {
        var request = request
        request.minimumSeverity = max(request.minimumSeverity, severity)
        request.limit = 1
        request.after = nil
        let page = try await answer(request)
        return !page.rows.isEmpty
    }

    /// Writes which models answered to which names.
    package func models(_ filter: FilterExpression?) async throws(HeadlessError) {
        let aliases = try await answer(ModelsRequest(filter))
        try writeList(aliases, ModelColumns.all, ids: aliases.map(\.firstTraceID.hex))
    }

    /// Writes how many distinct values attributes have.
    package func attributes(limit: Int) async throws(HeadlessError) {
        let attributes = try await answer(AttributesRequest(limit: limit))
        try writeList(attributes, AttributeColumns.all)
    }

    /// Writes what the sources of the spans tell: a page for people, or a row for each source.
    package func coverage() async throws(HeadlessError) {
        let sources = try await answer(CoverageRequest())
        if presentation.format == .table {
            try emit { () throws(OutputError) in
                try output.write(CoverageReport(sources, presentation: presentation).text)
                try output.flush()
            }
        } else {
            try writeList(sources, CoverageColumns.all)
        }
    }

    /// A sentence beside a table; the other formats carry rows only.
    private func remark(_ sentence: String) throws(HeadlessError) {
        guard presentation.format == .table else { return }
        let line = SafeLine(metrics: presentation.metrics).line(sentence).text
        try emit { () throws(OutputError) in
            try output.write(line + "\n")
            try output.flush()
        }
    }
}
