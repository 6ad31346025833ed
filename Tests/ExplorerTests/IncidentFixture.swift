import TraceModel
import TraceQuery

/// A trace in which nothing failed and yet a null became a fact: agents with attempts, two clocks, findings, steps.
enum IncidentFixture {
    static let model = SpanID(3)
    static let tool = SpanID(5)
    static let answer = SpanID(9)

    static func structure() -> TraceStructure {
        var b = Fixture.Builder()
        let track = b.names.intern("track_order")
        func member(run: Int32, step: Int32 = 0, clock: Int32 = 0) -> (inout SpanRow) -> Void {
            { row in
                row.agentRun = run
                row.step = step
                row.clock = clock
            }
        }
        b.add(1, "answer_ticket", .workflow, from: 0, to: 20)
        b.add(2, parent: 1, "agent.run", .agent, from: 0.1, to: 19.9, agent: "planner", change: member(run: 1))
        b.add(
            3, parent: 2, "llm.invoke", .llm, from: 0.2, to: 2.2, agent: "planner", source: .inherited,
            change: member(run: 1, step: 1))
        b.add(4, parent: 2, "agent.run", .agent, from: 2.5, to: 8, agent: "worker", change: member(run: 2))
        // The tool's clock is 1.2 s behind: as recorded it ran before its caller.
        b.add(5, parent: 4, "tool.call", .tool, from: 1.5, to: 4.5, agent: "worker", source: .inherited) { row in
            member(run: 2, step: 2, clock: 1)(&row)
            row.tool = track
        }
        b.add(6, parent: 2, "agent.run", .agent, from: 8.2, to: 9, agent: "critic", source: .inferred) { row in
            member(run: 3)(&row)
        }
        b.add(7, parent: 2, "agent.run", .agent, from: 9.2, to: 19.5, agent: "worker", change: member(run: 4))
        b.add(
            8, parent: 7, "llm.invoke", .llm, from: 9.3, to: 12, agent: "worker", source: .inherited,
            change: member(run: 4, step: 3))
        b.add(
            9, parent: 7, "llm.invoke", .llm, from: 13, to: 19.4, agent: "worker", source: .inherited,
            change: member(run: 4, step: 4))
        b.add(10, parent: 7, "side.lookup", .tool, from: 9.4, to: 10, agent: nil)
        b.spans.sort { ($0.startUnixNano ?? 0, $0.arrival) < ($1.startUnixNano ?? 0, $1.arrival) }
        var summary = Fixture.summary(key: 1, name: "answer_ticket", seconds: 20)
        summary.errorCount = 0
        summary.spanCount = 10
        var structure = TraceStructure(summary: summary, names: b.names, spans: b.spans)
        structure.agents = agents
        structure.clocks = clocks
        structure.findings = findings
        structure.coverage = TraceCoverage(expectedAtLeast: 47, recorded: 8)
        return structure
    }

    private static var agents: AgentTopology {
        func run(_ number: Int32, _ name: String, span: Int64, source: IdentitySource = .declared) -> AgentRun {
            var run = AgentRun(number: number, name: name, source: source)
            run.spanID = SpanID(UInt64(span))
            return run
        }
        var retry = run(4, "worker", span: 7)
        retry.attempt = 2
        retry.attemptReason = .critic
        retry.firstAttempt = 2
        return AgentTopology(
            runs: [
                run(1, "planner", span: 2), run(2, "worker", span: 4), run(3, "critic", span: 6, source: .inferred),
                retry,
            ], identifiedSpans: 8, spanCount: 10)
    }

    private static var clocks: [ClockEstimate] {
        var tools = ClockEstimate(number: 1, name: "tools@node-7", spanCount: 1, basis: .bounded)
        tools.offsetNanos = 1_200_000_000
        tools.lowerNanos = 1_000_000_000
        tools.upperNanos = 3_500_000_000
        tools.pairCount = 1
        return [ClockEstimate(number: 0, name: "shop@web-1", spanCount: 9, basis: .reference), tools]
    }

    private static var findings: [Finding] {
        [
            Finding(
                rule: "identity.alias_flip", severity: .hint, certainty: .proven,
                message: "gpt-x was answered by another model than before.", spanID: nil,
                evidence: [FindingEvidence(spanID: model, label: "resolved", value: "gpt-x-2026-04-30")]),
            Finding(
                rule: "joint.empty_result", severity: .warning, certainty: .proven,
                message: "track_order returned {\"result\": null} under OK.", spanID: tool,
                evidence: [
                    FindingEvidence(spanID: tool, label: "result", value: "{\"result\": null}"),
                    FindingEvidence(spanID: answer, label: "answer", value: "It arrives on Thursday."),
                    FindingEvidence(spanID: SpanID(0xfeed), label: "lost", value: "a span that is not stored"),
                ]),
        ]
    }
}
