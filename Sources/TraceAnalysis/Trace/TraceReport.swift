package import TraceModel

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
