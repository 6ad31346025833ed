import TraceModel

/// Divides a trace into steps and their time into phases.
enum StepBuilder {
    static func attribute(_ input: TraceInput, forest: SpanForest, agents: AgentResolution) -> StepAttribution {
        StepAttribution(steps: [], spanSteps: Array(repeating: 0, count: input.spans.count))
    }
}
