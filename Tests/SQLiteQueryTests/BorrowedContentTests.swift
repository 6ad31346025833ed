import SQLiteQuery
import Testing
import TraceModel
import TraceQuery
import TraceStore

/// What other spans, messages and logs tell of a span is shown on it, and says where it was taken from.
@Suite struct BorrowedContentTests {
    private static let trace = QueryFixture.traceID(7)

    private static func span(
        _ id: UInt64, in parent: UInt64?, trace: UInt64 = 7, _ name: String, from: Int64, to: Int64,
        by scope: String = "sdk", _ attributes: KeyValuePairs<String, String>
    ) -> Span {
        let start = QueryFixture.now
        return Span(
            traceID: QueryFixture.traceID(trace), spanID: SpanID(id), parentSpanID: parent.map { SpanID($0) },
            name: name,
            startUnixNano: start + from * 1_000_000, endUnixNano: start + to * 1_000_000,
            attributes: attributes.map { Attribute($0.key, .string($0.value)) },
            scope: InstrumentationScope(name: scope))
    }

    private static func backend(_ spans: [Span], logs: [SpanLogRecord] = []) throws -> (SQLiteBackend, QueryFixture) {
        let fixture = try QueryFixture()
        _ = try fixture.writer.write(spans: spans.map { PreparedSpan($0) }, logs: logs.map { PreparedLog(record: $0) })
        try fixture.writer.finish()
        return (try fixture.backend(), fixture)
    }

    private static func detail(_ id: UInt64, of spans: [Span], logs: [SpanLogRecord] = []) async throws -> SpanDetail {
        let (backend, fixture) = try backend(spans, logs: logs)
        defer { withExtendedLifetime(fixture) {} }
        return try await backend.run(SpanRequest(.address(SpanAddress(trace, LocalSpanID(SpanID(id))))))
    }

    private static let agent = span(1, in: nil, "agent", from: 0, to: 900, ["gen_ai.operation.name": "invoke_agent"])
    private static let asking = span(
        2, in: 1, "chat", from: 0, to: 100,
        [
            "gen_ai.operation.name": "chat", "gen_ai.input.messages": #"[{"role":"user","content":"Rain?"}]"#,
            "gen_ai.output.messages":
                #"[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"wx","arguments":{"city":"Oslo"}}]}]"#,
        ])
    private static let bareTool = span(
        3, in: 1, "execute_tool wx", from: 110, to: 190,
        ["gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "wx", "gen_ai.tool.call.id": "c1"])
    private static let continuing = span(
        4, in: 1, "chat", from: 200, to: 300,
        [
            "gen_ai.operation.name": "chat",
            "gen_ai.input.messages":
                #"[{"role":"user","parts":[{"type":"tool_call_response","id":"c1","response":"9 degrees"}]}]"#,
            "gen_ai.output.messages": #"[{"role":"assistant","content":"It is 9."}]"#,
        ])

    @Test func aToolHasItsArgumentsAndResultFromTheModelsMessages() async throws {
        let detail = try await Self.detail(3, of: [Self.agent, Self.asking, Self.bareTool, Self.continuing])
        #expect(detail.content.toolArguments == #"{"city":"Oslo"}"# && detail.content.toolResult == "9 degrees")
        #expect(
            detail.content.sources == [
                ContentSource(.toolArguments, .modelMessage, LocalSpanID(SpanID(2))),
                ContentSource(.toolResult, .modelMessage, LocalSpanID(SpanID(4))),
            ])
    }

    @Test func aThreadThatContinuesHasTheMessagesBefore() async throws {
        let detail = try await Self.detail(4, of: [Self.agent, Self.asking, Self.bareTool, Self.continuing])
        #expect(detail.content.inputMessages.map(\.role) == ["user", "assistant", "user"])
        #expect(detail.content.inputMessages.first?.parts == [.text("Rain?")])
        #expect(detail.content.sources == [ContentSource(.inputMessages, .earlierCall, LocalSpanID(SpanID(2)))])
    }

    @Test func whatStandsOnTheSpanIsNotTakenFromElsewhere() async throws {
        var tool = Self.bareTool
        tool.attributes.append(Attribute("gen_ai.tool.call.arguments", .string(#"{"city":"Bergen"}"#)))
        tool.attributes.append(Attribute("gen_ai.tool.call.result", .string("7 degrees")))
        let detail = try await Self.detail(3, of: [Self.agent, Self.asking, tool, Self.continuing])
        #expect(detail.content.toolArguments == #"{"city":"Bergen"}"# && detail.content.toolResult == "7 degrees")
        #expect(detail.content.sources.isEmpty)
        // Another call's id tells nothing of this one.
        var stranger = Self.bareTool
        stranger.attributes[2] = Attribute("gen_ai.tool.call.id", .string("c9"))
        let other = try await Self.detail(3, of: [Self.agent, Self.asking, stranger])
        #expect(other.content.toolArguments == nil && other.content.sources.isEmpty)
    }

    @Test func aSpanOfTheSameCallTellsItsMessages() async throws {
        let inner = Self.span(
            5, in: 2, "create", from: 1, to: 99, by: "native",
            ["gen_ai.operation.name": "chat", "gen_ai.input.messages": #"[{"role":"user","content":"<elided>"}]"#])
        let detail = try await Self.detail(5, of: [Self.agent, Self.asking, inner])
        #expect(detail.content.inputMessages.first?.parts == [.text("Rain?")])
        #expect(
            detail.content.sources.map(\.origin) == [.sameCall, .sameCall]
                && detail.content.sources.allSatisfy { $0.span == LocalSpanID(SpanID(2)) })
    }

    @Test func anAgentsLogTellsAnswersArgumentsAndPrompts() async throws {
        let turn = Self.span(
            1, in: nil, "turn", from: 0, to: 900,
            ["gen_ai.operation.name": "invoke_agent", "span.type": "interaction", "user_prompt": "Rain?"])
        let call = Self.span(
            2, in: 1, "request", from: 0, to: 100,
            [
                "gen_ai.operation.name": "chat", "span.type": "llm_request", "input_tokens": "11", "output_tokens": "3",
                "cache_read_tokens": "0", "cache_creation_tokens": "0", "ttft_ms": "50",
                "gen_ai.response.finish_reasons": #"["tool_use"]"#,
            ])
        let tool = Self.span(
            3, in: 1, "tool", from: 50, to: 90,
            [
                "gen_ai.operation.name": "execute_tool", "span.type": "tool", "gen_ai.tool.name": "wx",
                "tool_name": "mcp__a__wx", "gen_ai.tool.call.id": "c1",
            ])
        func log(_ members: KeyValuePairs<String, String>) -> SpanLogRecord {
            SpanLogRecord(
                traceID: Self.trace, spanID: SpanID(1),
                event: SpanEvent(
                    timeUnixNano: 1, name: "", attributes: members.map { Attribute($0.key, .string($0.value)) },
                    origin: .log), resource: Resource(), scope: InstrumentationScope())
        }
        func request(_ input: String, _ turn: String) -> SpanLogRecord {
            log([
                "event.name": "api_request", "prompt.id": turn, "input_tokens": input, "output_tokens": "3",
                "cache_read_tokens": "0", "cache_creation_tokens": "0", "ttft_ms": "50",
            ])
        }
        let logs = [
            request("12", "p1"), log(["event.name": "assistant_response", "prompt.id": "p1", "response": "not this"]),
            request("11", "p1"),
            log(["event.name": "assistant_response", "prompt.id": "p1", "response": "Let me look."]),
            log(["event.name": "tool_result", "tool_use_id": "c1", "tool_input": #"{"city":"Oslo"}"#]),
        ]
        let detail = try await Self.detail(2, of: [turn, call, tool], logs: logs)
        #expect(detail.content.inputMessages.first?.parts == [.text("Rain?")])
        #expect(
            detail.content.outputMessages.first?.parts == [
                .text("Let me look."), .toolCall(id: "c1", name: "mcp__a__wx", arguments: #"{"city":"Oslo"}"#),
            ])
        #expect(Set(detail.content.sources.map(\.origin)) == [.agentLog, .toolSpans, .caller])
        let run = try await Self.detail(3, of: [turn, call, tool], logs: logs)
        #expect(run.content.toolArguments == #"{"city":"Oslo"}"#)
        #expect(run.content.sources == [ContentSource(.toolArguments, .agentLog, nil)])
    }

    @Test func aCallThatTwoTracesTellOfCountsInTheFirst() async throws {
        func call(_ trace: UInt64, from: Int64) -> Span {
            var span = Self.span(
                2, in: nil, trace: trace, "chat", from: from, to: from + 100, by: "sdk \(trace)",
                ["gen_ai.operation.name": "chat", "gen_ai.response.id": "msg_000001"])
            span.attributes.append(Attribute("gen_ai.usage.input_tokens", .int(100)))
            return span
        }
        let (backend, fixture) = try Self.backend([call(1, from: 0), call(2, from: 1), call(3, from: 5_000)])
        defer { withExtendedLifetime(fixture) {} }
        let traces = try await backend.run(TraceListRequest(sort: .start, descending: false)).rows
        // The third came out of a cache, much later.
        #expect(traces.map(\.tokensInput) == [100, nil, 100] && traces.map(\.modelCallCount) == [1, 0, 1])
        let kept = try await backend.run(
            TraceListRequest(filter: try FilterExpression.parse("mark:same_call"))
        ).rows
        #expect(kept.map(\.traceID) == [QueryFixture.traceID(2)])
    }

    @Test func theDoctorTellsWhatASourceTellsAndLeavesOut() async throws {
        var odd = Self.bareTool
        odd.attributes.append(Attribute("odd.key", .string("x")))
        let (backend, fixture) = try Self.backend([Self.agent, Self.asking, odd, Self.continuing])
        defer { withExtendedLifetime(fixture) {} }
        let source = try #require(try await backend.run(CoverageRequest()).first)
        #expect(source.name == "sdk" && source.spans == 4 && source.kinds == [.agent: 1, .llm: 2, .tool: 1])
        #expect(source.kindRules["llm: gen_ai.operation.name = chat"] == 2)
        #expect(source.facts["toolCallID"] == ["gen_ai.tool.call.id": 1] && source.left == ["odd.key": 1])
        #expect(source.traits[.output]?.text == "2/2" && source.traits[.arguments]?.text == "0/1")
        #expect(source.notRecorded == [.model, .tokens, .firstToken, .finish, .arguments, .result, .agent, .session])
    }

    // MARK: What the call before was given

    private static func call(_ id: UInt64, at start: Int64, _ texts: String...) -> Span {
        let messages = texts.map { #"{"role":"user","content":"\#($0)"}"# }.joined(separator: ",")
        return span(
            id, in: 1, "chat", from: start, to: start + 10,
            [
                "gen_ai.operation.name": "chat", "gen_ai.input.messages": "[\(messages)]",
                "gen_ai.system_instructions": "[{\"type\":\"text\",\"content\":\"Be brief.\"}]",
            ])
    }

    @Test func aCallIsComparedWithTheLastOneOfItsConversation() async throws {
        // Between two turns the agent asked for a title, which is no part of the conversation.
        let spans = [
            Self.agent, Self.call(2, at: 10, "one"), Self.call(3, at: 30, "one", "two", "three"),
            Self.call(4, at: 50, "a title for this"), Self.call(5, at: 70, "one", "two", "three", "four"),
        ]
        let last = try #require(try await Self.detail(5, of: spans).context)
        #expect(last.previous?.span == SpanID(3) && last.newFrom == last.messages - 1 && last.dropped == 0)
        #expect(last.systemHash != nil && last.systemBytes == 9 && last.toolsHash == nil)
        let title = try #require(try await Self.detail(4, of: spans).context)
        #expect(title.previous?.span == SpanID(3) && title.dropped == 3 && title.systemHash == last.systemHash)
        let first = try #require(try await Self.detail(2, of: spans).context)
        #expect(first.previous == nil && first.newFrom == nil && first.dropped == nil)
        #expect(try await Self.detail(1, of: spans).context == nil)
    }

    @Test func whatACallBeforeWasGivenIsUnknownWhereItWasNotRecorded() async throws {
        let bare = Self.span(2, in: 1, "chat", from: 10, to: 20, ["gen_ai.operation.name": "chat"])
        let context = try #require(
            try await Self.detail(3, of: [Self.agent, bare, Self.call(3, at: 30, "one")]).context)
        #expect(context.previous?.span == SpanID(2) && context.newFrom == nil && context.dropped == nil)
    }
}
