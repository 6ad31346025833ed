package import TraceModel

/// The analysis of whole traces: who did it, where the time went, what the layers handed on, and what is missing.
package enum TraceAnalyzer {
    /// Changes whenever a report of the same input may differ; stored with what was computed.
    package static let version = 4

    /// Analyses one trace; pure, and linear in its spans but for sorting.
    package static func report(of input: TraceInput) -> TraceReport {
        report(of: input, forest: SpanForest(input.spans, ids: input.columns.ids))
    }

    /// The same where the tree of the spans is known.
    package static func report(of input: TraceInput, forest: SpanForest) -> TraceReport {
        let clocks = ClockAligner.estimates(input, forest: forest)
        let agents = AgentResolver.resolve(input, forest: forest)
        let steps = StepBuilder.attribute(input, forest: forest, agents: agents)
        let joints = JointBuilder.report(input, forest: forest, agents: agents)
        let ledger = LedgerBuilder.ledger(input, forest: forest, joints: joints.joints)
        let skews = ClockAligner.findings(clocks, input, forest: forest)
        let latencies = skews.isEmpty ? steps.findings : UnattributedTime.unproven(steps, input)
        let findings = agents.findings + latencies + joints.findings + StructureFinder.findings(input) + skews
        return TraceReport(
            topology: agents.topology, steps: steps.steps, joints: joints.joints, clocks: clocks, ledger: ledger,
            findings: ordered(findings, input), spanRuns: agents.spanRuns, spanSteps: steps.spanSteps,
            spanSources: agents.spanSources)
    }

    /// Findings about the trace first, then in order of spans; those of one span in the order they came.
    private static func ordered(_ findings: [Finding], _ input: TraceInput) -> [Finding] {
        if findings.count < 2 { return findings }
        var places: [SpanID: Int] = [:]
        let wanted = Set(findings.compactMap(\.spanID))
        for (place, span) in input.spans.enumerated() where wanted.contains(span.spanID) {
            if places[span.spanID] == nil { places[span.spanID] = place }
        }
        return findings.enumerated()
            .map { (rank: $0.element.spanID.flatMap { places[$0] } ?? -1, order: $0.offset, finding: $0.element) }
            .sorted { ($0.rank, $0.order) < ($1.rank, $1.order) }
            .map(\.finding)
    }
}

/// All that the analysis of one trace says.
package struct TraceReport: Sendable {
    package var topology: AgentTopology
    package var steps: [StepFigures]
    package var joints: ToolJoints
    package var clocks: [ClockEstimate]
    package var ledger: TraceLedger
    /// In order of the spans that they are about; those about the trace first.
    package var findings: [Finding]
    /// Parallel to the spans of the input: the run and the step of each, 0 for none, and where its agent came from.
    package var spanRuns: [Int32]
    package var spanSteps: [Int32]
    package var spanSources: [IdentitySource]
}
