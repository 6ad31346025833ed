import TraceModel

/// Finds the agent runs of a trace.
enum AgentResolver {
    static func resolve(_ input: TraceInput, forest: SpanForest) -> AgentResolution {
        AgentResolution(
            topology: AgentTopology(spanCount: input.spans.count),
            spanRuns: Array(repeating: 0, count: input.spans.count), spanSources: input.spans.map(\.agentSource))
    }
}
