import Testing
import TraceAnalysis
import TraceModel

@testable import TraceAssembly

@Suite struct TraceAssemblerTests {
    private typealias Make = RecordsBuilder

    private func spans(_ trace: AssembledTrace, _ field: TraceFacet.Field, _ name: String) -> Int? {
        trace.facets.first { $0.field == field && trace.names[NameIndex($0.value)] == name }?.spans
    }

    @Test func nothingIsATraceOfNothing() {
        let trace = Make.assemble([])
        #expect(trace.rows.isEmpty && trace.summary.spanCount == 0 && trace.summary.name == nil)
        #expect(trace.facets.isEmpty && trace.usage.isEmpty)
    }

    @Test func rowsStandInOrderOfStartWhateverCameFirst() {
        let starts: [Int64?] = [50, nil, 10, 30, nil, 20, 40, 10]
        let spans = starts.enumerated().map { index, start in
            var span = Make.span(UInt64(index + 1), name: "n\(index)", start: start ?? 0)
            if start == nil { span.startUnixNano = nil }
            return span
        }
        let trace = Make.assemble(spans)
        #expect(trace.rows.map(\.spanID.rawValue) == [3, 8, 6, 4, 7, 1, 2, 5])
        for (arrival, span) in spans.enumerated() {
            #expect(trace.row(ofArrival: arrival).spanID == span.spanID)
            #expect(trace.names[trace.row(ofArrival: arrival).name] == span.name)
        }
    }

    @Test func evidenceMovesWithItsRow() {
        // The call of the tool comes first and starts last: joints find it only where its evidence still is.
        let asks =
            #"[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"x","arguments":{"a":1}}]}]"#
        let tool = Make.span(
            3, parent: 1, name: "execute_tool x", start: 5_000,
            ["gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "x", "gen_ai.tool.call.id": "c1"])
        let model = Make.span(
            2, parent: 1, name: "chat", start: 2_000,
            ["gen_ai.operation.name": "chat", "gen_ai.request.model": "m", "gen_ai.output.messages": asks])
        let root = Make.span(1, name: "agent", start: 1_000, ["gen_ai.operation.name": "invoke_agent"])
        let trace = Make.assemble([tool, model, root])
        #expect(trace.report.joints.map(\.callID) == ["c1"])
        #expect(trace.report.joints.first?.hops.contains { $0.spanID == SpanID(3) } == true)
    }

    @Test func marksAndAgentsComeFromOneTree() {
        let named: KeyValuePairs<String, String> = [
            "gen_ai.agent.name": "planner", "gen_ai.operation.name": "chat",
        ]
        let trace = Make.assemble([
            Make.span(2, parent: 1), Make.span(3, parent: 2), Make.span(1, named), Make.span(4, parent: 99),
            Make.span(5, parent: 5), Make.span(6, parent: 7), Make.span(7, parent: 8, named), Make.span(8, parent: 6),
            Make.span(9, parent: 6),
        ])
        let marks = Dictionary(uniqueKeysWithValues: trace.rows.map { ($0.spanID.rawValue, $0.marks) })
        #expect(marks[4] == .missingParent && marks[5] == .selfParent)
        #expect([6, 7, 8].allSatisfy { marks[$0] == .parentCycle } && marks[9] == [])
        let agents = Dictionary(
            uniqueKeysWithValues: trace.rows.map { ($0.spanID.rawValue, trace.names[$0.agent]) })
        #expect(agents[2] == "planner" && agents[3] == "planner" && agents[4] == .some(nil))
        // A circle is no end: the span at which it was opened has its ancestors around it.
        #expect(agents[6] == "planner" && agents[8] == "planner" && agents[9] == "planner")
        #expect(
            trace.summary.findings.filter { $0.hasPrefix("structure.") } == [
                "structure.self_parent", "structure.parent_cycle", "structure.missing_parent",
            ])
        #expect(spans(trace, .finding, "structure.parent_cycle") == 3)
        #expect(spans(trace, .agent, "planner") == 7)
    }

    @Test func usageIsCountedOnceByModelAndProvider() {
        let trace = Make.assemble([
            Make.call(1, input: 100, output: 9), Make.span(2, parent: 1), Make.call(3, parent: 2, input: 60, output: 5),
            Make.call(4, parent: 1), Make.call(5, model: "m-2", input: 4, output: 60, cacheRead: 1_500),
        ])
        #expect(trace.usage.map(\.model) == ["m-1", "m-2"] && trace.usage.allSatisfy { $0.provider == "acme" })
        let (first, second) = (trace.usage[0], trace.usage[1])
        #expect(first.calls == 2 && first.callsWithTokens == 1 && first.callsWithoutCache == 0)
        #expect(first.input == 60 && first.inputStated == 60 && first.output == 5 && first.cacheRead == nil)
        // A cache larger than the input is no part of it.
        #expect(second.input == 1_504 && second.inputStated == 4 && second.callsWithoutCache == 1)
        #expect(trace.summary.tokensInput == 1_564 && trace.summary.tokensOutput == 65)
        #expect(trace.summary.modelCallCount == 3 && trace.summary.modelCallsWithTokens == 2)
    }

    @Test func knownFindingsAndStreamsAreFacets() {
        var builder = RecordsBuilder()
        builder.add(Make.call(2))
        builder.add(Make.call(1))
        builder.records.streams = [StreamRecord(span: 0, timing: .measured, firstChunkNanos: 70)]
        builder.records.findings = [
            KnownFinding(rule: "stream.stall", severity: .warning, certainty: .proven, span: 0),
            KnownFinding(rule: "stream.stall", severity: .warning, certainty: .proven, span: 0),
        ]
        let trace = TraceAssembler.assemble(builder.records)
        #expect(spans(trace, .finding, "stream.stall") == 1 && trace.summary.findings == ["stream.stall"])
        #expect(trace.summary.severity == .warning)
        #expect(trace.facets.contains { $0.field == .stream && $0.value == 2 && $0.spans == 1 })
        #expect(trace.rows.last?.timeToFirstChunkNanos == 70 && trace.rows.first?.timeToFirstChunkNanos == nil)
    }

    @Test func clocksAreNumberedAsTheRowsComeToThem() {
        var (late, early) = (Make.span(1, start: 9_000), Make.span(2, start: 1_000))
        late.resource.attributes = [Attribute("host.name", .string("b"))]
        early.resource.attributes = [Attribute("host.name", .string("a"))]
        let trace = Make.assemble([late, early])
        #expect(trace.rows.map(\.clock) == [0, 1])
        #expect(trace.report.clocks.map(\.name) == ["a", "b"])
    }
}
