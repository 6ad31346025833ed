import Testing
import TraceDialect
import TraceIngest
import TraceModel

/// Trajectories and runs in the forms of their programs, made by hand.
@Suite("Conversations of other programs")
struct ConversationFileTests {
    private func facts(_ decoded: Decoded, _ kind: SpanKind) -> [SpanFacts] {
        decoded.spans.map { Dialect.facts(of: $0) }.filter { $0.kind == kind }
    }

    @Test("LangSmith: lines of a tree, with UUIDs, an error, a tool call")
    func langSmith() throws {
        let (root, call, tool) = (
            "33333333-0000-4000-8000-00000000000a", "33333333-0000-4000-8000-00000000000b",
            "33333333-0000-4000-8000-00000000000c"
        )
        let decoded = try Decoded(
            """
            {"id":"\(root)","trace_id":"\(root)","name":"graph","run_type":"chain","start_time":"2026-11-24T10:00:00","end_time":"2026-11-24T10:00:04","inputs":{"q":1},"outputs":{"output":"done"},"extra":{"metadata":{"thread_id":"th"}}}
            {"id":"\(call)","trace_id":"\(root)","parent_run_id":"\(root)","name":"ChatX","run_type":"llm","start_time":"2026-11-24T10:00:01","end_time":"2026-11-24T10:00:02","inputs":{"messages":[{"role":"user","content":"hi"}]},"outputs":{"choices":[{"message":{"role":"assistant","content":"yo"}}],"usage_metadata":{"input_tokens":5,"output_tokens":3,"input_token_details":{"cache_read":2}}},"extra":{"metadata":{"ls_model_name":"m-1","ls_provider":"p"}}}
            {"id":"\(tool)","trace_id":"\(root)","parent_run_id":"\(root)","name":"look","run_type":"tool","start_time":"2026-11-24T10:00:02","error":"ValueError('no')","inputs":{"input":"x"},"outputs":{"output":{"type":"tool","content":"r","tool_call_id":"c1"}}}
            """, name: "runs.jsonl")
        #expect(decoded.spans.count == 3 && decoded.rejects == [] && decoded.streams.isEmpty, "\(decoded.rejects)")
        #expect(Set(decoded.spans.map(\.traceID.hex)) == ["3333333300004000800000000000000a"])
        let model = try #require(facts(decoded, .llm).first)
        #expect(
            model.modelRequested == "m-1" && model.provider == "p"
                && model.tokens == TokenUsage(input: 5, output: 3, cacheRead: 2))
        #expect(Dialect.content(of: decoded.spans[1]).outputMessages.first?.parts == [.text("yo")])
        let run = try #require(facts(decoded, .tool).first)
        #expect(run.toolName == "look" && run.toolCallID == "c1" && run.isError && run.errorType == "ValueError")
        #expect(
            facts(decoded, .chain).first?.session == "th" && decoded.spans[2].parentSpanID == decoded.spans[0].spanID)
    }

    @Test("LangSmith: the one event of the first token is not the stream")
    func langSmithFirstToken() throws {
        let run =
            #"{"id":"r","run_type":"llm","start_time":"2026-01-01T00:00:00","end_time":"2026-01-01T00:00:02","outputs":{"generations":[[{"text":"abc"}]]},"events":[{"name":"new_token","time":"2026-01-01T00:00:00.5","kwargs":{"token":"a"}}]}"#
        let decoded = try Decoded(run)
        let stream = try #require(decoded.streams.first)
        #expect(stream.info.timing == .firstAndLastOnly && stream.chunks.count == 2)
        #expect(stream.chunks.offsets[0] == 500_000_000 && stream.chunks.offsets[1] == StreamChunks.unknownOffset)
        #expect(Dialect.content(of: stream.span).outputMessages.first?.parts == [.text("abc")])
        #expect(Dialect.facts(of: stream.span).timeToFirstChunkNanos == 500_000_000)
    }

    @Test("Phoenix: nested attributes, flat columns, answers of its API")
    func phoenix() throws {
        let nested =
            #"{"name":"chat","context":{"trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331"},"span_kind":"LLM","parent_id":null,"start_time":"2026-11-24T10:00:00+00:00","end_time":"2026-11-24T10:00:01+00:00","status_code":"ERROR","status_message":"no","attributes":{"llm":{"model_name":"m","token_count":{"prompt":4,"completion":2},"input_messages":[{"message":{"role":"user","content":"hi"}}]},"metadata":{"k":1}},"events":[]}"#
        let flat =
            #"{"name":"chat","context.trace_id":"0af7651916cd43dd8448eb211c80319c","context.span_id":"b7ad6b7169203331","span_kind":"LLM","parent_id":null,"start_time":1795514400000,"end_time":1795514401000,"status_code":"ERROR","status_message":"no","attributes.llm.model_name":"m","attributes.llm.token_count.prompt":4,"attributes.llm.token_count.completion":2,"attributes.llm.input_messages":[{"message.role":"user","message.content":"hi"}]}"#
        for text in [nested, flat, #"{"data":[\#(nested)],"next_cursor":null}"#, "[\(flat)]"] {
            let decoded = try Decoded(text)
            let span = try #require(decoded.spans.first)
            let facts = Dialect.facts(of: span)
            #expect(decoded.rejects == [] && facts.kind == .llm && facts.modelRequested == "m" && facts.isError)
            #expect(facts.tokens.input == 4 && facts.tokens.output == 2)
            #expect(span.startUnixNano == 1_795_514_400_000_000_000 && span.spanID.hex == "b7ad6b7169203331")
            #expect(Dialect.content(of: span).inputMessages.first?.parts == [.text("hi")])
        }
    }

    @Test("Opik: a trace with its spans, lines, answers of its API")
    func opik() throws {
        let (trace, id) = ("0190c0de-0000-7000-8000-000000000001", "0190c0de-0000-7000-8000-000000000002")
        let span =
            #"{"id":"\#(id)","trace_id":"\#(trace)","parent_span_id":null,"name":"call","type":"llm","start_time":"2026-11-24T10:00:00Z","end_time":"2026-11-24T10:00:01Z","input":{"messages":[{"role":"user","content":"hi"}]},"output":{"choices":[{"message":{"role":"assistant","content":"yo"}}]},"model":"m","provider":"openai","usage":{"prompt_tokens":4,"completion_tokens":2},"error_info":{"exception_type":"E","message":"no","traceback":"t"}}"#
        let whole = try Decoded(
            #"{"trace":{"id":"\#(trace)","name":"chat","start_time":"2026-11-24T10:00:00Z","end_time":"2026-11-24T10:00:02Z","input":{"q":"hi"},"thread_id":"th","feedback_scores":[{"name":"ok","value":1}]},"spans":[\#(span)]}"#
        )
        #expect(whole.spans.count == 2 && whole.rejects == [] && whole.spans[1].parentSpanID == whole.spans[0].spanID)
        #expect(Dialect.facts(of: whole.spans[0]).session == "th")
        for text in [span, #"{"content":[\#(span)],"page":1}"#] {
            let decoded = try Decoded(text)
            let facts = try #require(decoded.spans.first.map { Dialect.facts(of: $0) })
            #expect(decoded.rejects == [] && facts.kind == .llm && facts.tokens.output == 2 && facts.errorType == "E")
            #expect(Dialect.content(of: decoded.spans[0]).outputMessages.first?.parts == [.text("yo")])
        }
    }

    @Test("tau2: times of arrival, usage of the agent alone, errors of tools")
    func tau2() throws {
        let decoded = try Decoded(
            """
            {"timestamp":"t","info":{"agent_info":{"implementation":"llm_agent","llm":"m-1"},"environment_info":{"domain_name":"retail"}},"tasks":[{"id":"7"}],
            "simulations":[{"id":"s","task_id":"7","start_time":"2026-11-24T10:00:00","end_time":"2026-11-24T10:01:00","reward_info":{"reward":1.0},
            "messages":[{"role":"user","content":"hi","timestamp":"2026-11-24T10:00:01","usage":{"prompt_tokens":900,"completion_tokens":9}},
            {"role":"assistant","content":null,"tool_calls":[{"id":"c","name":"find","arguments":{"a":1}}],"timestamp":"2026-11-24T10:00:03","usage":{"prompt_tokens":10,"completion_tokens":4}},
            {"role":"tool","id":"c","content":"nothing","error":true,"timestamp":"2026-11-24T10:00:04"}]}]}
            """)
        #expect(decoded.spans.count == 3 && decoded.rejects == [], "\(decoded.rejects)")
        let call = try #require(facts(decoded, .llm).first)
        #expect(call.tokens == TokenUsage(input: 10, output: 4) && call.modelRequested == "m-1")
        let tool = try #require(facts(decoded, .tool).first)
        #expect(tool.toolName == "find" && tool.toolCallID == "c" && tool.isError)
        #expect(Dialect.content(of: decoded.spans[2]).toolArguments == #"{"a":1}"#)
        #expect(decoded.spans[1].startUnixNano == nil && decoded.spans[1].endUnixNano == 1_795_514_403_000_000_000)
    }

    @Test("OpenHands of the second generation: events tied by tool calls")
    func openHands() throws {
        let decoded = try Decoded(
            """
            {"id":"1","timestamp":"2026-11-24T10:00:00","source":"user","kind":"MessageEvent","llm_message":{"role":"user","content":[{"type":"text","text":"go"}]}}
            {"id":"2","timestamp":"2026-11-24T10:00:02","source":"agent","kind":"ActionEvent","thought":[],"action":{"kind":"A"},"tool_name":"add","tool_call_id":"c1","tool_call":{"id":"c1","name":"add","arguments":"{}"},"llm_response_id":"r1"}
            {"id":"3","timestamp":"2026-11-24T10:00:02","source":"agent","kind":"ActionEvent","thought":[],"action":{"kind":"A"},"tool_name":"mul","tool_call_id":"c2","tool_call":{"id":"c2","name":"mul","arguments":"{}"},"llm_response_id":"r1"}
            {"id":"4","timestamp":"2026-11-24T10:00:03","source":"environment","kind":"ObservationEvent","tool_name":"add","tool_call_id":"c1","observation":{"content":[{"type":"text","text":"42"}],"is_error":false}}
            """, name: "events.jsonl")
        #expect(decoded.spans.count == 4 && decoded.rejects == [], "\(decoded.rejects)")
        #expect(facts(decoded, .llm).map(\.responseID) == ["r1"])
        #expect(facts(decoded, .tool).map(\.toolName) == ["add", "mul"])
        let tools = decoded.spans.filter { Dialect.facts(of: $0).kind == .tool }
        #expect(tools[0].endUnixNano == 1_795_514_403_000_000_000 && tools[1].marks.contains(.unfinished))
    }

    @Test("Codex: a turn that failed, a command that was cut")
    func codex() throws {
        let decoded = try Decoded(
            """
            {"type":"thread.started","thread_id":"t"}
            {"type":"turn.started"}
            {"type":"item.started","item":{"id":"i1","type":"command_execution","command":"ls","status":"in_progress"}}
            {"type":"turn.failed","error":{"message":"too long"}}
            {"type":"turn.started"}
            {"type":"item.completed","item":{"id":"i1","type":"mcp_tool_call","server":"s","tool":"add","arguments":{"a":1},"result":{"x":2},"status":"completed"}}
            {"type":"turn.completed","usage":{"input_tokens":10,"cached_input_tokens":4,"output_tokens":3}}
            """, name: "x.jsonl")
        #expect(decoded.spans.count == 4 && decoded.rejects == [])
        let turns = facts(decoded, .agent)
        #expect(
            turns.map(\.isError) == [true, false] && turns[1].tokens == TokenUsage(input: 10, output: 3, cacheRead: 4))
        #expect(Set(turns.map(\.session)) == ["t"] && Set(decoded.spans.map(\.traceID)).count == 2)
        #expect(facts(decoded, .tool).map(\.toolName) == ["shell", "add"])
    }

    @Test("Claude: usage of the start of a message is not that of the message")
    func claudeUsage() throws {
        func lines(_ total: Int) -> String {
            """
            {"type":"system","subtype":"init","session_id":"s","model":"c"}
            {"type":"assistant","message":{"id":"m1","content":[{"type":"tool_use","id":"t1","name":"Task","input":{}}],"usage":{"input_tokens":5,"output_tokens":1}},"parent_tool_use_id":null,"session_id":"s"}
            {"type":"assistant","message":{"id":"m2","content":[{"type":"text","text":"in"}],"usage":{"input_tokens":7,"output_tokens":2}},"parent_tool_use_id":"t1","subagent_type":"Explore","session_id":"s"}
            {"type":"user","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"r","is_error":true}]},"parent_tool_use_id":null,"session_id":"s"}
            {"type":"result","subtype":"success","session_id":"s","result":"r","usage":{"input_tokens":5,"output_tokens":\(total)}}
            """
        }
        let known = try Decoded(lines(1), name: "x.jsonl")
        #expect(facts(known, .llm).map(\.tokens.output) == [1, 2])
        let unknown = try Decoded(lines(80), name: "x.jsonl")
        #expect(unknown.spans.count == 5 && unknown.rejects == [])
        #expect(facts(unknown, .llm).map(\.tokens.output) == [nil, nil])
        #expect(facts(unknown, .agent).first?.tokens.output == 80)
        let tool = try #require(unknown.spans.first { Dialect.facts(of: $0).kind == .tool })
        let inner = try #require(unknown.spans.first { $0.name == "invoke_agent Explore" })
        #expect(inner.parentSpanID == tool.spanID && Dialect.facts(of: tool).isError)
    }
}
