package import TraceModel
import TraceTables

/// A trace on its way out: everything but the payload of its spans.
package struct ExportTrace: Sendable {
    package var summary: TraceSummary
    /// What `SpanRow.agentRun` numbers.
    package var agents: AgentTopology
    /// In order of their numbers, which `SpanRow.step` names; those of the exported part only.
    package var steps: [StepFigures]
    package var findings: [Finding]
    /// How many of the calls that must exist are recorded; nil where nothing was analysed.
    package var coverage: TraceCoverage?
    /// The part of the trace that was asked for, in words such as `agent worker#2`; nil for the whole trace.
    package var part: String?
    /// The spans that follow.
    package var spanCount: Int

    package init(
        summary: TraceSummary, agents: AgentTopology, steps: [StepFigures], findings: [Finding],
        coverage: TraceCoverage?, part: String?, spanCount: Int
    ) {
        self.summary = summary
        self.agents = agents
        self.steps = steps
        self.findings = findings
        self.coverage = coverage
        self.part = part
        self.spanCount = spanCount
    }

    /// The agent run of a number; nil for 0, and for one that is not in the exported part.
    func run(_ number: Int32) -> AgentRun? { agents.run(number) }
}
