import TraceModel

/// Follows each tool call of a trace through the layers.
enum JointBuilder {
    static func report(_ input: TraceInput, forest: SpanForest, agents: AgentResolution) -> JointReport {
        JointReport(joints: [])
    }
}
