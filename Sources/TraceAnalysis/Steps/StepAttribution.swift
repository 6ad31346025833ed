package import TraceModel

/// The steps of a trace, and to which of them each span belongs.
package struct StepAttribution: Sendable {
    package var steps: [StepFigures]
    /// The step of each span of the input by number, 0 for none.
    package var spanSteps: [Int32]
    package var findings: [Finding]

    package init(steps: [StepFigures], spanSteps: [Int32], findings: [Finding] = []) {
        self.steps = steps
        self.spanSteps = spanSteps
        self.findings = findings
    }
}
