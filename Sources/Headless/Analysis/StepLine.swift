package import TraceModel

/// One step with the agent that it belongs to.
package struct StepLine: Sendable {
    package var traceID: TraceID
    package var step: StepFigures
    /// Nil where no agent run holds the step.
    package var run: AgentRun?

    /// The wall time of a phase; nil where nothing measured it, which is not 0.
    func wall(_ phase: Phase) -> Int64? {
        let nanos = step.wall[phase.rawValue]
        return step.quality[phase.rawValue] == .unknown && nanos == 0 ? nil : nanos
    }
}
