import Testing
import TraceAnalysis
import TraceModel

@testable import TraceAssembly

/// One call that several spans tell of counts once.
@Suite struct SameCallTests {
    private static let millisecond: Int64 = 1_000_000

    /// A model call of one instrumentation; times are milliseconds.
    private static func call(
        _ id: UInt64, in parent: UInt64?, by scope: String, from: Int64, to: Int64, response: String? = nil,
        model: String = "m-1", input: Int64? = 100, output: Int64? = 20, first: Double? = nil, says text: String? = nil
    ) -> Span {
        var span = RecordsBuilder.call(id, parent: parent, model: model, input: input, output: output)
        span.startUnixNano = from * millisecond
        span.endUnixNano = to * millisecond
        span.scope = InstrumentationScope(name: scope)
        if let response { span.attributes.append(Attribute("gen_ai.response.id", .string(response))) }
        if let first { span.attributes.append(Attribute("gen_ai.response.time_to_first_chunk", .double(first))) }
        if let text {
            span.attributes.append(
                Attribute("gen_ai.output.messages", .string(#"[{"role":"assistant","content":"\#(text)"}]"#)))
        }
        return span
    }

    private static func tool(
        _ id: UInt64, in parent: UInt64?, by scope: String, _ name: String, from: Int64, to: Int64,
        callID: String? = nil,
        arguments: String? = nil
    ) -> Span {
        var span = RecordsBuilder.span(
            id, parent: parent, name: "execute_tool",
            ["gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": name])
        span.startUnixNano = from * millisecond
        span.endUnixNano = to * millisecond
        span.scope = InstrumentationScope(name: scope)
        if let callID { span.attributes.append(Attribute("gen_ai.tool.call.id", .string(callID))) }
        if let arguments { span.attributes.append(Attribute("gen_ai.tool.call.arguments", .string(arguments))) }
        return span
    }

    private static let root = RecordsBuilder.span(1, name: "agent", start: 0, ["gen_ai.operation.name": "invoke_agent"])

    /// The spans that are marked, each with the one that counts for it.
    private static func marked(_ trace: AssembledTrace) -> [UInt64: UInt64] {
        var ids: [Int32: UInt64] = [:]
        for row in trace.rows { ids[row.arrival] = row.spanID.rawValue }
        var found: [UInt64: UInt64] = [:]
        for row in trace.rows where row.marks.contains(.sameCall) {
            found[row.spanID.rawValue] = ids[row.countedBy] ?? 0
        }
        return found
    }

    private static func assemble(_ spans: [Span]) -> AssembledTrace { RecordsBuilder.assemble([root] + spans) }

    @Test func aCallBesideAnotherOneCountsOnceByItsResponse() {
        let trace = Self.assemble([
            Self.call(2, in: 1, by: "framework", from: 0, to: 100, response: "msg_00001", output: 21, says: "hello"),
            Self.call(3, in: 1, by: "sdk", from: 1, to: 99, response: "msg_00001", first: 0.01),
        ])
        #expect(Self.marked(trace) == [2: 3])
        #expect(trace.summary.tokensInput == 100 && trace.summary.tokensOutput == 20)
        #expect(trace.summary.modelCallCount == 1 && trace.usage.map(\.calls) == [1])
        #expect(trace.report.topology.runs.map(\.modelCalls) == [1])
        #expect(trace.report.steps.count == 1)
    }

    @Test func aResponseOutOfACacheIsAnotherCall() {
        let trace = Self.assemble([
            Self.call(2, in: 1, by: "sdk", from: 0, to: 100, response: "msg_00001"),
            Self.call(3, in: 1, by: "sdk", from: 200, to: 210, response: "msg_00001"),
        ])
        #expect(Self.marked(trace).isEmpty && trace.summary.modelCallCount == 2)
    }

    @Test(arguments: [
        // The tokens that both state, and whether they are one call.
        (Int64?(100), Int64?(20), true), (nil, nil, true), (Int64?(100), Int64?(21), true),
        (Int64?(101), Int64?(20), false),
        (Int64?(100), Int64?(25), false),
    ])
    func aCallBeneathAnotherOneIsTheSameIfItsTokensAre(input: Int64?, output: Int64?, isSame: Bool) {
        let trace = Self.assemble([
            Self.call(2, in: 1, by: "framework", from: 0, to: 100),
            Self.call(3, in: 2, by: "sdk", from: 1, to: 99, input: input, output: output),
        ])
        // The one with more numbers counts; of equals the inner one.
        #expect(Self.marked(trace) == (isSame ? (input == nil ? [3: 2] : [2: 3]) : [:]))
        #expect(trace.summary.modelCallCount == 1)
        #expect(trace.summary.tokensInput == (isSame ? 100 : input))
    }

    @Test func aWrapperOfSeveralCallsIsNoneOfThem() {
        let trace = Self.assemble([
            Self.call(2, in: 1, by: "framework", from: 0, to: 300, input: 300, output: 60),
            Self.call(3, in: 2, by: "sdk", from: 1, to: 99), Self.call(4, in: 2, by: "sdk", from: 100, to: 200),
            Self.call(5, in: 2, by: "sdk", from: 201, to: 299),
        ])
        #expect(Self.marked(trace).isEmpty)
        #expect(trace.summary.modelCallCount == 3 && trace.summary.tokensInput == 300)
    }

    @Test func twoInstrumentationsSideBySideAreToldByTimesAndTokens() {
        let spans = [
            Self.call(2, in: 1, by: "openinference", from: 0, to: 100, model: "m-1"),
            Self.call(3, in: 1, by: "sdk", from: 1, to: 99, model: "m-1-2026-01-01"),
            Self.call(4, in: 1, by: "openinference", from: 100, to: 200, input: 7, output: 8),
            Self.call(5, in: 1, by: "sdk", from: 101, to: 199, input: 7, output: 8),
        ]
        #expect(Set(Self.marked(Self.assemble(spans)).keys).count == 2)
        #expect(Self.assemble(spans).summary.tokensInput == 107)
        // One instrumentation that calls twice at once calls twice.
        let parallel = Self.assemble([
            Self.call(2, in: 1, by: "sdk", from: 0, to: 100), Self.call(3, in: 1, by: "sdk", from: 1, to: 99),
        ])
        #expect(Self.marked(parallel).isEmpty && parallel.summary.tokensInput == 200)
        // Others than the same model, or apart in time, are others.
        let others = Self.assemble([
            Self.call(2, in: 1, by: "a", from: 0, to: 100, model: "m-1"),
            Self.call(3, in: 1, by: "b", from: 1, to: 99, model: "k-9"),
            Self.call(4, in: 1, by: "b", from: 150, to: 250),
        ])
        #expect(Self.marked(others).isEmpty && others.summary.modelCallCount == 3)
    }

    @Test func theMessagesOfACallAreThoseOfAllItsSpans() {
        let trace = Self.assemble([
            Self.call(2, in: 1, by: "framework", from: 0, to: 100, input: nil, output: nil, says: "hello"),
            Self.call(3, in: 2, by: "sdk", from: 1, to: 99),
        ])
        #expect(Self.marked(trace) == [2: 3])
        #expect(trace.report.ledger.items.allSatisfy { $0.kind != .unknownUsage })
    }

    @Test func theEndsOfAProtocolAreTheRunAroundThem() {
        let trace = Self.assemble([
            Self.tool(2, in: 1, by: "framework", "mcp__wx__get_weather", from: 0, to: 100, callID: "call_1"),
            // Its ends stand beneath another span, without an id.
            RecordsBuilder.span(9, start: 0), Self.tool(3, in: 9, by: "mcp", "get_weather", from: 10, to: 90),
            Self.tool(4, in: 9, by: "mcp", "get_weather", from: 200, to: 210),
            Self.tool(5, in: 9, by: "mcp", "other", from: 10, to: 90),
        ])
        #expect(Self.marked(trace) == [3: 2])
        #expect(trace.report.topology.runs.first?.toolCalls == 1)
    }

    @Test func tokensThatOnlyAgentsStateCountOnce() {
        func agent(_ id: UInt64, in parent: UInt64?, _ input: Int64) -> Span {
            var span = RecordsBuilder.span(id, parent: parent, name: "agent", ["gen_ai.operation.name": "invoke_agent"])
            span.attributes.append(Attribute("gen_ai.usage.input_tokens", .int(input)))
            return span
        }
        let silent = Self.call(9, in: 2, by: "sdk", from: 0, to: 9, input: nil, output: nil)
        let trace = RecordsBuilder.assemble([agent(2, in: nil, 300), agent(3, in: 2, 100), silent])
        #expect(trace.summary.tokensInput == 300 && trace.summary.tokensOutput == nil)
        #expect(trace.summary.modelCallCount == 1 && trace.summary.modelCallsWithTokens == 0)
        // What calls state is not added to what agents repeat of it.
        let told = RecordsBuilder.assemble([agent(2, in: nil, 300), Self.call(9, in: 2, by: "sdk", from: 0, to: 9)])
        #expect(told.summary.tokensInput == 100)
    }

    @Test func aToolThatCallsItselfRunsTwice() {
        let trace = Self.assemble([
            Self.tool(2, in: 1, by: "framework", "search", from: 0, to: 100, arguments: #"{"q":"a"}"#),
            Self.tool(3, in: 2, by: "framework", "search", from: 10, to: 90, arguments: #"{"q":"b"}"#),
            Self.tool(4, in: 3, by: "mcp", "search", from: 20, to: 80, arguments: #"{"q":"b"}"#),
        ])
        #expect(Self.marked(trace) == [4: 3])
        #expect(trace.report.topology.runs.first?.toolCalls == 2)
    }

    @Test(arguments: [Int64(0), 12_000])
    func timesOfClocksThatDisagreeProveNothing(ahead: Int64) throws {
        var agent = Self.root
        agent.endUnixNano = 10_000 * Self.millisecond
        var server = Self.tool(3, in: 1, by: "server", "wx", from: 2_000 + ahead, to: 2_100 + ahead)
        server.resource = Resource(attributes: [Attribute("service.name", .string("tool-server"))])
        let trace = RecordsBuilder.assemble([
            agent, Self.call(2, in: 1, by: "sdk", from: 0, to: 1_000), server,
        ])
        let finding = try #require(trace.report.findings.first { $0.rule == "latency.unattributed" })
        #expect(trace.report.findings.contains { $0.rule == "clock.skew" } == (ahead > 0))
        #expect(finding.certainty == (ahead > 0 ? .cannotTell : .proven))
    }
}
