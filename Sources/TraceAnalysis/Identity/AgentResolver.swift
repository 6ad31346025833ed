package import TraceModel

/// Finds the agent runs of a trace: which spans belong to which invocation, and what each invocation came to.
///
/// Linear in spans; what is kept per span is a few 32-bit numbers.
package enum AgentResolver {
    package static func resolve(_ input: TraceInput, forest: SpanForest) -> AgentResolution {
        let openings = RunOpenings(input, forest: forest)
        var runs = openings.runs.indices.map { run(at: $0, openings, input) }
        RunFigures.fill(&runs, openings, input, forest: forest)
        var history = RunHistory(input, openings, forest: forest)
        history.tell(&runs)
        InstanceNumbering.number(&runs, openings, instances: history.instances)

        let sources = spanSources(input, openings)
        var identified = 0
        for (span, run) in openings.spanRuns.enumerated() {
            if sources[span] == .declared || (run > 0 && runs[Int(run) - 1].source == .declared) { identified += 1 }
        }
        return AgentResolution(
            topology: AgentTopology(runs: runs, identifiedSpans: identified, spanCount: input.spans.count),
            spanRuns: openings.spanRuns, spanSources: sources)
    }

    private static func run(at index: Int, _ openings: RunOpenings, _ input: TraceInput) -> AgentRun {
        let opening = openings.runs[index]
        let span = Int(opening.span)
        var run = AgentRun(
            number: Int32(index + 1), name: input.names[opening.name],
            source: opening.name == 0 ? .missing : input.spans[span].agentSource)
        run.declaredInstance = input.names[opening.instance]
        run.parent = opening.parent
        run.relation = opening.parent == 0 ? .root : .invoked
        // Spans that only name an agent have no span that stands for its invocation.
        if !opening.isGroup {
            run.spanID = input.spans[span].spanID
            run.spanOrdinal = input.spans[span].ordinal
        }
        let evidence = input.evidence(of: span)
        run.role = evidence?.role
        run.promptName = evidence?.promptName
        run.promptVersion = evidence?.promptVersion
        run.promptDigest = evidence?.promptDigest
        return run
    }

    /// What a span says itself stands; the rest have it from their run.
    private static func spanSources(_ input: TraceInput, _ openings: RunOpenings) -> [IdentitySource] {
        input.spans.indices.map { span in
            let run = openings.spanRuns[span]
            if run == 0 { return .missing }
            let opening = openings.runs[Int(run) - 1]
            if opening.name == 0 { return .missing }
            guard input.columns.facts[span].contains(.agent) else { return .inherited }
            let own = input.spans[span]
            let isOwn = own.agentSource != .inherited && own.agentSource != .missing && own.agent == opening.name
            return isOwn ? own.agentSource : .inherited
        }
    }
}

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
