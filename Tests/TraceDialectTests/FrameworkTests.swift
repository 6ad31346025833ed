import Testing
import TraceDialect
import TraceModel

/// Spans as frameworks and their observers wrote them, one program a test.
@Suite("Spans of frameworks")
struct FrameworkTests {
    @Test("calls CrewAI's agents by their roles, and takes the row of a failure for no second run")
    func crewAI() {
        let agent: [Attribute] = [
            .text("gen_ai.operation.name", "invoke_agent"),
            .text("gen_ai.agent.name", "f44f2cd519cda3db40dcd5ea15a82ec2"),
            .text("crewai.subject", "weather expert"), .text("crewai.agent.role", "weather expert"),
        ]
        let named = Dialect.facts(of: .fixture("execute agent", agent, scope: "crewai"))
        #expect(named.kind == .agent && named.agentName == "weather expert" && named.agentSource == .declared)
        let tool: [Attribute] = [
            .text("gen_ai.operation.name", "execute_tool"), .text("gen_ai.tool.name", "broken_tool"),
            .text("gen_ai.tool.call.arguments", #"{"city": "Oslo"}"#), .text("crewai.agent.role", "weather expert"),
        ]
        let run = Dialect.facts(of: .fixture("call tool", tool, scope: "crewai"))
        #expect(run.kind == .tool && run.toolName == "broken_tool" && run.agentName == "weather expert")
        let failure = Dialect.facts(of: .fixture("tool failure", tool, scope: "crewai"))
        #expect(failure.kind == .chain && failure.toolName == nil)
        #expect(Dialect.facts(of: .fixture("tool failure", tool, scope: "app")).kind == .tool)
        let method = Dialect.facts(of: .fixture("call method", [.text("gen_ai.operation.name", "execute_method")]))
        #expect(method.kind == .chain)
    }

    @Test("takes what AG2 keeps of its network for neither calls nor agents")
    func ag2() {
        let name = Attribute.text("gen_ai.agent.name", "reviewer")
        func facts(_ span: String, _ type: String, _ others: Attribute...) -> SpanFacts {
            Dialect.facts(
                of: .fixture(
                    span, [.text("ag2.span.type", type)] + others, scope: "opentelemetry.instrumentation.ag2"))
        }
        #expect(facts("agent.lifetime reviewer", "agent_lifetime", name).kind == .chain)
        let asked = facts("await_human_input reviewer", "human_input", .text("gen_ai.operation.name", "x"), name)
        #expect(asked.kind == .chain && asked.marks.contains(.humanWait))
        let envelope = facts("network.envelope text", "envelope", .text("ag2.network.channel_id", "c-1"))
        #expect(envelope.kind == .chain && envelope.session == "c-1")
        #expect(facts("turn", "agent", name).kind == .agent)
    }

    @Test("knows the agents of LangChain by what their callbacks carry")
    func langChain() {
        let metadata = #"{"lc_agent_name": "weather_expert", "thread_id": "t-7", "langgraph_node": "tools"}"#
        let tool = Span.fixture(
            "get_weather",
            [
                .text("openinference.span.kind", "TOOL"), .text("input.value", "Oslo"), .text("metadata", metadata),
                .text(
                    "output.value",
                    #"{"type": "tool", "data": {"content": "9 °C, rain", "type": "tool", "tool_call_id": "c1"}}"#),
            ])
        let facts = Dialect.facts(of: tool)
        #expect(facts.agentName == "weather_expert" && facts.session == "t-7")
        #expect(Dialect.content(of: tool).toolResult == "9 °C, rain")
    }

    @Test("reads what LangSmith sends over OTLP")
    func langSmith() {
        let generation =
            #"{"generations":[[{"text":"","generation_info":{"finish_reason":"tool_calls"},"message":{"lc":1,"#
            + #""type":"constructor","id":["langchain","schema","messages","AIMessage"],"kwargs":{"content":"","#
            + #""type":"ai","tool_calls":[{"name":"get_weather","args":{"city":"Oslo"},"id":"c1"}],"#
            + #""response_metadata":{"finish_reason":"tool_calls"}}}}]],"type":"LLMResult"}"#
        let call = Span.fixture(
            "ChatOpenAI",
            [
                .text("gen_ai.operation.name", "chat"), .text("langsmith.span.kind", "llm"),
                .text("langsmith.metadata.lc_agent_name", "weather_expert"),
                .text("langsmith.metadata.thread_id", "t-7"), .int("gen_ai.usage.input_tokens", 122),
                .text(
                    "langsmith.metadata.usage_metadata",
                    #"{"input_tokens":122,"output_tokens":16,"input_token_details":{"cache_read":16},"#
                        + #""output_token_details":{"reasoning":3}}"#),
                .text("gen_ai.completion", generation),
            ], scope: "langsmith")
        let facts = Dialect.facts(of: call)
        #expect(facts.agentName == "weather_expert" && facts.session == "t-7")
        #expect(facts.tokens == TokenUsage(input: 122, output: 16, cacheRead: 16, reasoning: 3))
        #expect(
            Dialect.content(of: call).outputMessages == [
                Message(
                    role: "assistant",
                    parts: [.toolCall(id: "c1", name: "get_weather", arguments: #"{"city":"Oslo"}"#)],
                    finishReason: "tool_calls")
            ])
        let plain = Span.fixture(
            "OpenAI",
            [
                .text("gen_ai.operation.name", "chat"),
                .text("gen_ai.completion", #"{"generations":[[{"text":"Rain.","type":"Generation"}]]}"#),
            ])
        #expect(Dialect.content(of: plain).outputMessages == [Message(role: "assistant", parts: [.text("Rain.")])])
        let tool = Span.fixture(
            "get_weather",
            [
                .text("gen_ai.operation.name", "execute_tool"), .text("gen_ai.prompt", #"{"city":"Oslo"}"#),
                .text("gen_ai.completion", #"{"output":{"content":"9 °C, rain","type":"tool","name":"get_weather"}}"#),
            ], scope: "langsmith")
        let content = Dialect.content(of: tool)
        #expect(content.toolArguments == #"{"city":"Oslo"}"# && content.toolResult == "9 °C, rain")
    }

    @Test("reads LangWatch's values with their types")
    func langWatch() {
        func span(_ name: String, _ type: String, _ others: Attribute...) -> Span {
            .fixture(name, [.text("langwatch.span.type", type)] + others, scope: "langwatch")
        }
        let call = span(
            "llm", "llm",
            .text("langwatch.input", #"{"type": "chat_messages", "value": [{"role": "user", "content": "Rain?"}]}"#),
            .text("langwatch.output", #"{"type": "text", "value": "Yes."}"#),
            .text("langwatch.metrics", #"{"prompt_tokens": 122, "completion_tokens": 16, "reasoning_tokens": 4}"#))
        #expect(Dialect.facts(of: call).kind == .llm)
        #expect(Dialect.facts(of: call).tokens == TokenUsage(input: 122, output: 16, reasoning: 4))
        let said = Dialect.content(of: call)
        #expect(said.inputMessages == [Message(role: "user", parts: [.text("Rain?")])])
        #expect(said.outputMessages == [Message(role: "assistant", parts: [.text("Yes.")])])
        let tool = span(
            "get_weather", "tool", .text("langwatch.input", #"{"type": "json", "value": {"city": "Oslo"}}"#),
            .text("langwatch.output", #"{"type": "text", "value": "9 °C"}"#))
        #expect(Dialect.facts(of: tool).toolName == "get_weather")
        let run = Dialect.content(of: tool)
        #expect(run.toolArguments == #"{"city":"Oslo"}"# && run.toolResult == "9 °C")
        #expect(Dialect.facts(of: span("weather_expert", "agent")).agentName == "weather_expert")
        let turn = Span.fixture(
            "turn", [.text("langwatch.span.type", "span"), .text("metadata", #"{"thread_id": "s"}"#)])
        #expect(Dialect.facts(of: turn).kind == .other && Dialect.facts(of: turn).session == "s")
        let search = span(
            "search", "rag", .text("langwatch.rag_contexts", #"[{"document_id": "d1", "content": "it rains"}]"#))
        #expect(Dialect.facts(of: search).kind == .retrieval)
        #expect(Dialect.content(of: search).documents == [RetrievedDocument(id: "d1", content: "it rains")])
    }

    @Test("leaves a value whose type is no wrapping as it is")
    func otherTypes() {
        let odd = #"{"type": "distance", "value": 4}"#
        let tool = Span.fixture("measure", [.text("openinference.span.kind", "TOOL"), .text("output.value", odd)])
        #expect(Dialect.content(of: tool).toolResult == odd)
    }

    @Test("reads the agents that Logfire shows under templates of names")
    func logfire() {
        func span(_ name: String, _ others: Attribute...) -> Span {
            .fixture(name, [.text("gen_ai.system", "openai")] + others, scope: "logfire.openai_agents")
        }
        let agent = Dialect.facts(of: span("Agent run: {name!r}", .text("name", "weather_expert")))
        #expect(agent.kind == .agent && agent.agentName == "weather_expert")
        let tool = span(
            "Function: {name}", .text("name", "get_weather"), .text("input", #"{"city": "Oslo"}"#),
            .text("output", "9 °C, rain"))
        #expect(Dialect.facts(of: tool).kind == .tool && Dialect.facts(of: tool).toolName == "get_weather")
        let run = Dialect.content(of: tool)
        #expect(run.toolArguments == #"{"city": "Oslo"}"# && run.toolResult == "9 °C, rain")
        let call = span(
            "Chat completion with {gen_ai.request.model!r}", .text("gen_ai.request.model", "m"),
            .text("input", #"[{"role": "user", "content": "Rain?"}]"#),
            .text("output", #"[{"role": "assistant", "content": "Yes."}]"#))
        #expect(Dialect.content(of: call).inputMessages == [Message(role: "user", parts: [.text("Rain?")])])
        #expect(Dialect.content(of: call).outputMessages == [Message(role: "assistant", parts: [.text("Yes.")])])
        // Such common names state nothing elsewhere.
        #expect(Dialect.facts(of: .fixture("GET /", [.text("name", "x"), .text("input", "y")])).toolName == nil)
    }

    @Test("puts an answer together that is written as a message for each chunk")
    func pieces() {
        func message(_ text: String, _ reason: String) -> String {
            #"{"role":"assistant","parts":[{"content":"\#(text)","type":"text"}],"finish_reason":"\#(reason)"}"#
        }
        func answers(_ messages: String...) -> [Message] {
            let list = Attribute.text("gen_ai.output.messages", "[\(messages.joined(separator: ","))]")
            let call = Span.fixture("generate_content", [.text("gen_ai.operation.name", "chat"), list])
            return Dialect.content(of: call).outputMessages
        }
        #expect(
            answers(message("It", ""), message(" rains", ""), message(".", "stop"))
                == [Message(role: "assistant", parts: [.text("It rains.")], finishReason: "stop")])
        // Choices are answers of their own.
        #expect(answers(message("Yes", "stop"), message("No", "stop")).map(\.parts) == [[.text("Yes")], [.text("No")]])
    }

    @Test("reads the calls that LiteLLM leaves out of its answer's parts")
    func liteLLM() {
        let call = Span.fixture(
            "litellm_request",
            [
                .text("gen_ai.operation.name", "chat"),
                .text(
                    "gen_ai.output.messages", #"[{"role": "assistant", "parts": [], "finish_reason": "tool_calls"}]"#),
                .text("gen_ai.completion.0.function_call.name", "get_weather"),
                .text("gen_ai.completion.0.function_call.arguments", #"{"city": "Oslo"}"#),
            ], scope: "litellm")
        #expect(
            Dialect.content(of: call).outputMessages.map(\.parts) == [
                [.toolCall(id: nil, name: "get_weather", arguments: #"{"city": "Oslo"}"#)]
            ])
    }
}
