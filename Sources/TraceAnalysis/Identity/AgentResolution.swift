package import TraceModel

/// The agent runs of a trace, and to which of them each span belongs.
package struct AgentResolution: Sendable {
    package var topology: AgentTopology
    /// The run of each span of the input by number, 0 for none.
    package var spanRuns: [Int32]
    /// How the agent of each span came to it.
    package var spanSources: [IdentitySource]
    package var findings: [Finding]

    package init(
        topology: AgentTopology, spanRuns: [Int32], spanSources: [IdentitySource], findings: [Finding] = []
    ) {
        self.topology = topology
        self.spanRuns = spanRuns
        self.spanSources = spanSources
        self.findings = findings
    }
}
