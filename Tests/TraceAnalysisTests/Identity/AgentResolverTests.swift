import Testing
import TraceAnalysis
import TraceModel

@Suite struct AgentResolverTests {
    private func labels(_ trace: AgentTraceBuilder) -> [String] { trace.resolve().topology.runs.map(\.label) }

    @Test func theSpansOfARunAreThoseBeneathItUntilTheNextAgent() {
        var trace = AgentTraceBuilder()
        let root = trace.span(.chain, to: 1_000)
        let planner = trace.span(.agent, agent: "planner", under: root)
        trace.span(.llm, under: planner)
        let worker = trace.span(.agent, agent: "worker", under: planner)
        trace.span(.tool, under: worker)
        let result = trace.resolve()
        #expect(result.spanRuns == [0, 1, 1, 2, 2])
        #expect(result.spanSources == [.missing, .declared, .inherited, .declared, .inherited])
        #expect(result.topology.runs.map(\.label) == ["planner#1", "worker#1"])
        #expect(result.topology.runs.map(\.parent) == [0, 1])
        #expect(result.topology.runs.map(\.relation) == [.root, .invoked])
        #expect(result.topology.runs.map(\.spanCount) == [2, 2])
        #expect(result.topology.identifiedSpans == 4)
        #expect(result.topology.spanCount == 5)
    }

    @Test func aSecondLayerOfTheSameAgentIsNoInvocation() {
        var trace = AgentTraceBuilder()
        let outer = trace.span(.agent, agent: "writer", from: 0, to: 100)
        let inner = trace.span(.agent, agent: "writer", under: outer, from: 0, to: 100)
        let wrapper = trace.span(.agent, under: inner, from: 0, to: 100)
        trace.span(.llm, agent: "writer", under: wrapper, from: 10)
        #expect(trace.resolve().spanRuns == [1, 1, 1, 1])
    }

    @Test func anAgentThatCallsItselfThroughAToolIsInvokedAnew() {
        var trace = AgentTraceBuilder()
        let outer = trace.span(.agent, agent: "writer", to: 500)
        let ask = trace.span(.llm, under: outer) {
            $0.requestedCalls = [ToolCallRequest(id: "call_1", name: "delegate", arguments: nil)]
        }
        let tool = trace.span(.tool, under: outer, to: 400) { $0.toolCallID = "call_1" }
        trace.span(.agent, agent: "writer", under: tool)
        let runs = trace.resolve().topology.runs
        #expect(runs.map(\.label) == ["writer#1", "writer#2"])
        #expect(runs.map(\.parent) == [0, 1])
        #expect(runs[1].triggeringSpanID == SpanID(ask))
    }

    @Test func anAgentWithoutANameIsARunToo() {
        var trace = AgentTraceBuilder()
        let agent = trace.span(.agent)
        trace.span(.llm, under: agent)
        let result = trace.resolve()
        #expect(result.topology.runs.map(\.label) == ["?#1"])
        #expect(result.topology.runs.map(\.source) == [.missing])
        #expect(result.spanSources == [.missing, .missing])
        #expect(result.topology.identifiedSpans == 0)
    }

    @Test func modelCallsThatNameAnAgentAreOneRunOfTheirParent() {
        var trace = AgentTraceBuilder()
        let root = trace.span(.chain, to: 1_000)
        for name in ["a", "b", "a"] { trace.span(.llm, agent: name, under: root) }
        let result = trace.resolve()
        #expect(result.spanRuns == [0, 1, 2, 1])
        #expect(result.topology.runs.map(\.spanID) == [nil, nil])
        #expect(result.topology.runs[0].modelCalls == 2)
        #expect(result.topology.runs[0].endUnixNano == 40)
    }

    @Test func whatIsInheritedOpensNothing() {
        var trace = AgentTraceBuilder()
        let agent = trace.span(.agent, agent: "a")
        trace.span(.llm, agent: "b", source: .inherited, under: agent)
        #expect(trace.resolve().spanRuns == [1, 1])
        var bare = AgentTraceBuilder()
        bare.span(.llm)
        #expect(bare.resolve().topology.runs.isEmpty)
    }

    @Test func statedNumbersOfInstancesAreUsedWhereTheyDiffer() {
        var trace = AgentTraceBuilder()
        for instance in ["worker-1", "worker-4", "worker-3"] { trace.span(.agent, agent: "worker", instance: instance) }
        #expect(labels(trace) == ["worker#1", "worker#4", "worker#3"])
        trace.span(.agent, agent: "worker", instance: "worker-3")
        #expect(labels(trace) == ["worker#1", "worker#2", "worker#3", "worker#4"])
        var random = AgentTraceBuilder()
        random.span(.agent, agent: "worker", instance: "550e8400-e29b-41d4-a716-446655440000")
        random.span(.agent, agent: "worker", instance: "a3f9c12")
        #expect(labels(random) == ["worker#1", "worker#2"])
    }

    @Test func callsOfDoubleInstrumentationCountOnce() {
        var trace = AgentTraceBuilder()
        let agent = trace.span(.agent, agent: "a", to: 100)
        let outer = trace.span(.llm, under: agent, to: 50, row: { row, _ in row.tokensInput = 7 })
        trace.span(
            .llm, under: outer,
            row: { row, names in
                row.tokensInput = 7
                row.modelRequested = names.intern("large")
                row.modelResolved = names.intern("large-2")
            })
        trace.span(.llm, under: agent, row: { row, _ in row.tokensInput = .max })
        let run = trace.resolve().topology.runs[0]
        #expect(run.modelCalls == 2)
        #expect(run.tokensInput == .max)
        #expect(run.tokensOutput == nil)
        #expect(run.modelCallsWithTokens == 2)
        #expect(run.modelsRequested == ["large"])
        #expect(run.modelsResolved == ["large-2"])
    }

    @Test func aHandOffMakesTheNextRunOfThatNameItsOwn() {
        var trace = AgentTraceBuilder()
        let root = trace.span(.chain, to: 1_000)
        let triage = trace.span(.agent, agent: "triage", under: root)
        let span = trace.span(.other, under: triage) { $0.handOff = HandOff(from: "triage", to: "refunds") }
        trace.span(.agent, agent: "refunds", under: root)
        trace.span(.agent, agent: "refunds", under: root)
        let runs = trace.resolve().topology.runs
        #expect(runs.map(\.relation) == [.root, .handedOff, .root])
        #expect(runs.map(\.parent) == [0, 1, 0])
        #expect(runs[1].triggeringSpanID == SpanID(span))
    }

    @Test func statesAreToldApart() {
        var trace = AgentTraceBuilder()
        trace.span(.agent, agent: "a", error: "Boom")
        trace.span(.agent, agent: "a", error: "CancelledError", cancelled: true)
        trace.span(.agent, agent: "a", row: { row, _ in row.endUnixNano = nil })
        trace.span(.agent, agent: "a")
        #expect(trace.resolve().topology.runs.map(\.state) == [.error, .cancelled, .unfinished, .ok])
    }
}
