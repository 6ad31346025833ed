import Testing
import TraceDialect
import TraceModel

@Suite("Facts of spans")
struct FactsTests {
    private func facts(_ attributes: Attribute..., name: String = "span", events: [SpanEvent] = []) -> SpanFacts {
        Dialect.facts(of: .fixture(name, attributes, events: events))
    }

    @Test(
        "reads the kind from the word of each source",
        arguments: [
            ("gen_ai.operation.name", "chat", SpanKind.llm), ("gen_ai.operation.name", "invoke_agent", .agent),
            ("gen_ai.operation.name", "create_agent", .agent), ("gen_ai.operation.name", "execute_tool", .tool),
            ("gen_ai.operation.name", "embeddings", .embedding), ("gen_ai.operation.name", "retrieval", .retrieval),
            ("gen_ai.operation.name", "invoke_workflow", .workflow), ("gen_ai.operation.name", "execute_task", .chain),
            ("gen_ai.operation.name", "search_memory", .memory),
            ("openinference.span.kind", "LLM", .llm), ("openinference.span.kind", "CHAIN", .chain),
            ("openinference.span.kind", "RETRIEVER", .retrieval), ("openinference.span.kind", "RERANKER", .reranker),
            ("openinference.span.kind", "TOOL", .tool), ("openinference.span.kind", "AGENT", .agent),
            ("openinference.span.kind", "EMBEDDING", .embedding), ("openinference.span.kind", "GUARDRAIL", .guardrail),
            ("openinference.span.kind", "EVALUATOR", .evaluator), ("openinference.span.kind", "PROMPT", .chain),
            ("langfuse.observation.type", "generation", .llm), ("mlflow.spanType", "CHAT_MODEL", .llm),
            ("traceloop.span.kind", "workflow", .workflow), ("traceloop.span.kind", "task", .chain),
            ("ai.operationId", "ai.streamText.doStream", .llm), ("ai.operationId", "ai.streamText", .chain),
            ("ai.operationId", "ai.toolCall", .tool), ("llm.request.type", "rerank", .reranker),
            ("mcp.method.name", "tools/call", .tool), ("lmnr.span.type", "TOOL", .tool),
        ])
    func kinds(key: String, word: String, kind: SpanKind) {
        let facts = facts(.text(key, word))
        #expect(facts.kind == kind)
        #expect(facts.kindSource == word)
    }

    @Test(
        "knows that a human was waited for",
        arguments: [
            ("claude_code.tool.blocked_on_user", "source", "user_temporary", true),
            ("claude_code.tool.blocked_on_user", "span.type", "tool.blocked_on_user", true),
            ("claude_code.tool.blocked_on_user", "source", "config", false),
            ("claude_code.tool.blocked_on_user", "source", "hook", false),
            ("await_human_input reviewer", "gen_ai.operation.name", "await_human_input", true),
            ("reviewer", "ag2.span.type", "human_input", true),
            ("elicit", "mcp.method.name", "elicitation/create", true),
            ("Human Feedback", "a", "b", true), ("wait_for_approval", "a", "b", true),
            ("claude_code.tool.execution", "span.type", "tool.execution", false), ("humanize_dates", "a", "b", false),
            ("approval_policy", "a", "b", false),
            // Tools that ask; a name that only begins so is another tool, and a model call waits for nobody.
            ("execute_tool ask_human", "gen_ai.operation.name", "execute_tool", true),
            ("execute_tool AskUserQuestion", "gen_ai.operation.name", "execute_tool", true),
            ("execute_tool ask_user_service", "gen_ai.operation.name", "execute_tool", false),
            ("chat human_input", "gen_ai.operation.name", "chat", false),
        ])
    func humanWaits(name: String, key: String, value: String, isWait: Bool) {
        #expect(facts(.text(key, value), name: name).marks.contains(.humanWait) == isWait)
    }

    @Test(
        "reads the kind from JSON text",
        arguments: [
            ("mlflow.spanType", "\"TOOL\"", SpanKind.tool, "TOOL" as String?),
            ("mlflow.spanType", "\"UNKNOWN\"", .other, "UNKNOWN"),
            ("braintrust.span_attributes", "{\"type\": \"tool\"}", .tool, "tool"),
            ("braintrust.span_attributes", "{\"type\": \"score\"}", .other, "score"),
            ("braintrust.span_attributes", "{\"name\": \"x\"}", .other, nil),
            ("braintrust.span_attributes", "{\"type\": ", .other, nil),
        ])
    func kindsInJSON(key: String, value: String, kind: SpanKind, word: String?) {
        let facts = facts(.text(key, value), name: "get_weather")
        #expect(facts.kind == kind && facts.kindSource == word)
        #expect(facts.toolName == (kind == .tool ? "get_weather" : nil))
    }

    @Test("reads what Braintrust states in three objects")
    func braintrust() {
        let call = facts(
            .text("braintrust.span_attributes", #"{"type": "llm"}"#),
            .text("braintrust.metadata", #"{"model": "m-1", "provider": "openai", "temperature": 0.2}"#),
            .text(
                "braintrust.metrics",
                #"{"prompt_tokens": 111, "completion_tokens": 13, "tokens": 124, "prompt_cached_tokens": 16, "#
                    + #""completion_reasoning_tokens": 4, "time_to_first_token": 0.12}"#))
        #expect(call.kind == .llm && call.modelRequested == "m-1" && call.provider == "openai")
        #expect(call.tokens == TokenUsage(input: 111, output: 13, cacheRead: 16, reasoning: 4))
        #expect(call.timeToFirstChunkNanos == 120_000_000)
        #expect(facts(.text("braintrust.metrics", #"{"prompt_tokens": -1}"#)).tokens.input == nil)
    }

    @Test("reads what Haystack writes into the answer only")
    func haystack() {
        let output =
            #"{"replies": [{"role": "assistant", "meta": {"model": "m-1", "finish_reason": "tool_calls", "usage": "#
            + #"{"prompt_tokens": 111, "completion_tokens": 13, "prompt_tokens_details": {"cached_tokens": 16}}}, "#
            + #""content": [{"tool_call": {"tool_name": "get", "arguments": {"city": "Oslo"}, "id": "c1"}}]}]}"#
        func span(_ name: String, _ attributes: Attribute...) -> Span {
            .fixture(name, attributes, scope: "haystack")
        }
        let step = span("haystack.agent.step.llm", .text("haystack.agent.step.llm.output", output))
        let call = Dialect.facts(of: step)
        #expect(call.kind == .llm && call.modelResolved == "m-1" && call.finishReasons == ["tool_calls"])
        #expect(call.tokens == TokenUsage(input: 111, output: 13, cacheRead: 16))
        #expect(
            Dialect.content(of: step).outputMessages.map(\.parts) == [
                [.toolCall(id: "c1", name: "get", arguments: #"{"city":"Oslo"}"#)]
            ])
        // A streamed answer states no usage.
        let streamed = span(
            "haystack.component.run", .text("haystack.component.type", "OpenAIChatGenerator"),
            .text("haystack.component.output", #"{"replies": [{"meta": {"model": "m-1", "usage": null}}]}"#))
        #expect(Dialect.facts(of: streamed).kind == .llm && Dialect.facts(of: streamed).tokens == TokenUsage())
        let none = span("haystack.agent.step.llm", .text("haystack.agent.step.llm.output", #"{"replies": []}"#))
        #expect(Dialect.facts(of: none).modelResolved == nil)
        let tool = span(
            "haystack.agent.step.tool", .text("haystack.tool.name", "get"),
            Attribute("haystack.tool.error", .bool(true)),
            .text("haystack.agent.step.tool.input", #"{"city": "Oslo"}"#),
            .text("haystack.agent.step.tool.output", "no such city"))
        #expect(Dialect.facts(of: tool).kind == .tool && Dialect.facts(of: tool).isError)
        #expect(Dialect.content(of: tool).toolResult == "no such city")
        for (name, kind) in [
            ("haystack.agent.run", SpanKind.agent), ("haystack.agent.step", .chain),
            ("haystack.pipeline.run", .workflow),
            ("haystack.component.run", .chain),
        ] {
            #expect(Dialect.facts(of: span(name)).kind == kind)
            #expect(Dialect.facts(of: .fixture(name)).kind == .other, "without the scope")
        }
        let result = Dialect.content(
            of: span(
                "haystack.agent.step.llm",
                .text(
                    "haystack.agent.step.llm.input",
                    #"{"messages": [{"role": "tool", "content": [{"tool_call_result": {"result": "9 C", "#
                        + #""origin": {"id": "c1"}, "error": false}}]}]}"#)))
        #expect(result.inputMessages == [Message(role: "tool", parts: [.toolResult(id: "c1", result: "9 C")])])
    }

    @Test("reads the session of Laminar")
    func laminar() {
        let span = facts(
            .text("lmnr.span.type", "LLM"), .text("lmnr.association.properties.session_id", "s1"))
        #expect(span.session == "s1" && span.kind == .llm)
    }

    @Test("believes the better source, whatever the order")
    func precedence() {
        let tool = Attribute.text("openinference.span.kind", "TOOL")
        let chat = Attribute.text("gen_ai.operation.name", "chat")
        #expect(facts(tool, chat).kind == .tool)
        #expect(facts(chat, tool).kind == .tool)
        #expect(facts(.text("openinference.span.kind", "UNKNOWN"), chat).kind == .llm)
        #expect(facts(.text("langfuse.observation.type", "span"), chat).kind == .llm)
    }

    @Test("leaves ordinary spans alone")
    func ordinary() {
        let http = facts(
            .text("http.request.method", "GET"), .int("http.response.status_code", 200), .text("model", "T-800"),
            .text("input_tokens", "5"), .text("tool_name", "hammer"), name: "GET /")
        #expect(http == SpanFacts())
        #expect(facts(.text("db.system", "postgresql"), .text("db.statement", "select 1")).kind == .other)
        let odd = facts(.text("openinference.span.kind", "BANANA"))
        #expect(odd.kind == .other && odd.kindSource == "BANANA")
    }

    @Test("takes presence for evidence where no word is")
    func presence() {
        #expect(facts(.text("gen_ai.tool.name", "x")).kind == .tool)
        #expect(facts(.text("gen_ai.request.model", "x")).kind == .llm)
        #expect(facts(.int("db.vector.query.top_k", 3)).kind == .retrieval)
        #expect(facts(.text("gen_ai.request.model", "x")).kindSource == nil)
    }

    @Test("classifies by name only within a scope that is known")
    func names() {
        #expect(Dialect.facts(of: .fixture("call_llm", scope: "gcp.vertex.agent")).kind == .llm)
        #expect(Dialect.facts(of: .fixture("call_llm")).kind == .other)
        let claude = facts(
            .text("model", "m"), .int("input_tokens", 7), .int("cache_read_tokens", 3), .int("ttft_ms", 250),
            .text("agent_id", "a1"), .text("stop_reason", "end_turn"), name: "claude_code.llm_request")
        #expect(claude.kind == .llm && claude.modelRequested == "m" && claude.agentInstance == "a1")
        #expect(claude.tokens == TokenUsage(input: 7, cacheRead: 3) && claude.finishReasons == ["end_turn"])
        #expect(claude.timeToFirstChunkNanos == 250_000_000)
    }

    @Test("tells the model asked for from the one that answered")
    func models() {
        let both = facts(.text("gen_ai.response.model", "b"), .text("gen_ai.request.model", "a"))
        #expect(both.modelRequested == "a" && both.modelResolved == "b")
        let vague = facts(.text("llm.model_name", "a"), .text("openinference.span.kind", "LLM"))
        #expect(vague.modelRequested == "a" && vague.modelResolved == nil)
        let split = facts(.text("llm.request.model_name", "a"), .text("llm.response.model_name", "b"))
        #expect(split.modelRequested == "a" && split.modelResolved == "b")
    }

    @Test("tells where an agent's name comes from")
    func agents() {
        let declared = facts(.text("gen_ai.agent.name", "critic"), .text("gen_ai.agent.call.id", "c-1"))
        #expect(declared.agentName == "critic" && declared.agentSource == .declared && declared.agentInstance == "c-1")
        let inferred = facts(.text("gen_ai.operation.name", "invoke_agent"), name: "invoke_agent planner")
        #expect(inferred.agentName == "planner" && inferred.agentSource == .inferred)
        let function = facts(
            .text("ai.telemetry.functionId", "summarise"), .text("ai.operationId", "ai.generateText"))
        #expect(function.agentName == "summarise" && function.agentSource == .inferred)
        // A model's name behind invoke_agent is no agent.
        let model = facts(.text("gen_ai.request.model", "gpt-5"), name: "invoke_agent gpt-5")
        #expect(model.agentName == nil && model.agentSource == .missing)
        let observed = facts(.text("langfuse.observation.type", "agent"), name: "weather_agent")
        #expect(observed.agentName == "weather_agent" && observed.agentSource == .inferred)
    }

    @Test(
        "does not take generic names for an identity",
        arguments: ["agent.run", "llm.invoke", "tool.call", "Agent", "LangGraph", "CodeAgent.run", "invoke_agent"])
    func generic(name: String) {
        let declared = facts(.text("gen_ai.agent.name", name), .text("openinference.span.kind", "AGENT"))
        #expect(declared.agentName == nil && declared.agentSource == .missing)
        let observed = facts(.text("langfuse.observation.type", "agent"), name: name)
        #expect(observed.agentName == nil)
    }

    @Test("names tools only on spans that run them")
    func tools() {
        let tool = facts(
            .text("gen_ai.operation.name", "execute_tool"), .text("gen_ai.tool.name", "search"),
            .text("gen_ai.tool.call.id", "call_1"))
        #expect(tool.toolName == "search" && tool.toolCallID == "call_1")
        let model = facts(.text("gen_ai.operation.name", "chat"), .text("gen_ai.tool.name", "search"))
        #expect(model.toolName == nil)
        #expect(facts(.text("openinference.span.kind", "TOOL"), name: "search").toolName == "search")
        #expect(facts(.text("gen_ai.operation.name", "execute_tool"), name: "execute_tool x").toolName == "x")
    }

    @Test("keeps unknown token counts apart from zero")
    func tokens() {
        let zero = facts(.int("gen_ai.usage.input_tokens", 0), .text("gen_ai.operation.name", "chat"))
        #expect(zero.tokens == TokenUsage(input: 0))
        let inference = facts(
            .int("llm.token_count.prompt", 5), .int("llm.token_count.completion", 6),
            .int("llm.token_count.prompt_details.cache_read", 1), .int("llm.token_count.prompt_details.cache_write", 2),
            .int("llm.token_count.completion_details.reasoning", 3))
        #expect(inference.tokens == TokenUsage(input: 5, output: 6, cacheRead: 1, cacheWrite: 2, reasoning: 3))
        let old = facts(.text("gen_ai.usage.prompt_tokens", "5"), .double("gen_ai.usage.completion_tokens", 6))
        #expect(old.tokens == TokenUsage(input: 5, output: 6))
        let detailed = facts(
            .text(
                "langfuse.observation.usage_details",
                #"{"prompt_tokens":9,"completion_tokens":8,"prompt_tokens_details":{"cached_tokens":7}}"#))
        #expect(detailed.tokens == TokenUsage(input: 9, output: 8, cacheRead: 7))
        #expect(facts(.int("gen_ai.usage.input_tokens", -1)).tokens == TokenUsage())
    }

    @Test("reads sessions, providers and response ids")
    func names2() {
        let facts = facts(
            .text("session.id", "s1"), .text("gen_ai.conversation.id", "c1"), .text("gen_ai.system", "old"),
            .text("gen_ai.provider.name", "new"), .text("gen_ai.response.id", "r1"))
        #expect(facts.session == "c1" && facts.provider == "new" && facts.responseID == "r1")
        #expect(self.facts(.int("session.id", 17)).session == "17")
        #expect(self.facts(.text("session.id", "")).session == nil)
    }

    @Test("reads finish reasons from lists, words, messages and events")
    func finishReasons() {
        #expect(
            facts(Attribute("gen_ai.response.finish_reasons", .array([.string("stop"), .string("length")])))
                .finishReasons == ["stop", "length"])
        #expect(facts(.text("gen_ai.response.finish_reasons", #"["stop"]"#)).finishReasons == ["stop"])
        #expect(facts(.text("llm.finish_reason", "stop")).finishReasons == ["stop"])
        let messages = #"[{"role":"assistant","parts":[{"finish_reason":"no"}],"finish_reason":"tool_call"}]"#
        #expect(facts(.text("gen_ai.output.messages", messages)).finishReasons == ["tool_call"])
        let choice = SpanEvent(
            timeUnixNano: 5, name: "gen_ai.choice", origin: .log,
            body: .map([Attribute("finish_reason", .string("stop"))]))
        #expect(facts(.text("gen_ai.operation.name", "chat"), events: [choice]).finishReasons == ["stop"])
        #expect(facts(.text("langfuse.observation.metadata.finish_reason", "\"stop\"")).finishReasons == ["stop"])
    }

    @Test("reads the time to the first chunk in every unit")
    func firstChunk() {
        let chat = Attribute.text("gen_ai.operation.name", "chat")
        #expect(facts(chat, .double("gen_ai.response.time_to_first_chunk", 0.25)).timeToFirstChunkNanos == 250_000_000)
        // More seconds than the span lasts are milliseconds.
        #expect(facts(chat, .double("gen_ai.server.time_to_first_token", 250)).timeToFirstChunkNanos == 250_000_000)
        #expect(facts(chat, .double("ai.response.msToFirstChunk", 250)).timeToFirstChunkNanos == 250_000_000)
        #expect(
            facts(chat, .text("langfuse.observation.completion_start_time", "\"1970-01-01T00:00:01.5Z\""))
                .timeToFirstChunkNanos == 500_000_000)
        let events = [1_700_000_000, 1_300_000_000].map {
            SpanEvent(timeUnixNano: $0, name: "gen_ai.content.completion.chunk")
        }
        #expect(facts(chat, events: events).timeToFirstChunkNanos == 300_000_000)
        let early = [SpanEvent(timeUnixNano: 5, name: "First Token Stream Event")]
        #expect(facts(chat, events: early).timeToFirstChunkNanos == nil)
        let whole = facts(
            chat, .double("gen_ai.server.time_to_first_token", 0.5), Attribute("gen_ai.request.stream", .bool(false)))
        #expect(whole.timeToFirstChunkNanos == nil)
        #expect(facts(chat, .double("gen_ai.response.time_to_first_chunk", -.infinity)).timeToFirstChunkNanos == nil)
    }

    @Test("finds errors and cancellations")
    func outcome() {
        #expect(!facts().isError)
        #expect(Dialect.facts(of: .fixture(status: SpanStatus(.error))).isError)
        let typed = facts(.text("error.type", "TimeoutError"))
        #expect(typed.isError && typed.errorType == "TimeoutError" && !typed.isCancelled)
        let thrown = facts(events: [
            SpanEvent(
                timeUnixNano: 1, name: "exception", attributes: [.text("exception.type", "asyncio.CancelledError")])
        ])
        #expect(thrown.isError && thrown.errorType == "asyncio.CancelledError" && thrown.isCancelled)
        #expect(facts(.text("langfuse.observation.level", "ERROR")).isError)
        #expect(!facts(.text("langfuse.observation.level", "WARNING")).isError)
        #expect(facts(.text("gen_ai.response.status", "cancelled")).isCancelled)
        #expect(!facts(Attribute("success", .bool(false))).isError)
        #expect(facts(Attribute("success", .bool(false)), name: "claude_code.tool").isError)
    }

    @Test("lets an operation's log record state what the span does not")
    func details() {
        let event = SpanEvent(
            timeUnixNano: 5, name: "gen_ai.client.inference.operation.details",
            attributes: [
                .text("gen_ai.operation.name", "chat"), .text("gen_ai.request.model", "late"),
                .int("gen_ai.usage.input_tokens", 4),
            ], origin: .log)
        let bare = facts(events: [event])
        #expect(bare.kind == .llm && bare.modelRequested == "late" && bare.tokens.input == 4)
        let own = facts(.text("gen_ai.request.model", "own"), .text("openinference.span.kind", "TOOL"), events: [event])
        #expect(own.kind == .tool && own.modelRequested == "own")
    }

    @Test(
        "takes spans that repeat others for no calls",
        arguments: [
            ("gcp.vertex.agent", "execute_tool (merged)"),
            ("opentelemetry.instrumentation.ag2", "record_usage model_call"),
            ("agentops.instrumentation.providers.openai", "tool_call.get_weather"),
            ("openinference.instrumentation.llama_index", "OpenAI._prepare_chat_with_tools"),
        ])
    func phantoms(scope: String, name: String) {
        let attributes: [Attribute] = [
            .text("gen_ai.operation.name", "execute_tool"), .text("gen_ai.request.model", "m"),
            .text("openinference.span.kind", "LLM"),
        ]
        #expect(Dialect.facts(of: .fixture(name, attributes, scope: scope)).kind == .chain)
        #expect(Dialect.facts(of: .fixture(name, attributes, scope: "another")).kind != .chain)
    }

    @Test("reads agents and tools that name themselves beside class names")
    func ownNames() {
        let agent: [Attribute] = [.text("openinference.span.kind", "AGENT")]
        let own = Dialect.facts(of: .fixture("weather_agent", agent, scope: "app"))
        #expect(own.agentName == "weather_agent" && own.agentSource == .inferred)
        func library(_ name: String) -> String { "openinference.instrumentation.\(name)" }
        #expect(Dialect.facts(of: .fixture("FunctionAgent", agent, scope: library("x"))).agentName == nil)
        let session = facts(
            .text("agentops.span.kind", "agent"), .text("operation.name", "weather"), name: "weather.agent")
        #expect(session.agentName == "weather")
        let tool = facts(.text("agentops.span.kind", "tool"), .text("operation.name", "get"), name: "get.tool")
        #expect(tool.toolName == "get" && tool.agentName == nil)
        let given = Attribute.text("input.value", #"{"ev": "AgentSetup(input=[1], current_agent_name='triage')"}"#)
        let step = Dialect.facts(of: .fixture("AgentWorkflow.run_agent_step", [given], scope: library("llama_index")))
        #expect(step.agentName == "triage" && step.agentSource == .inferred)
        #expect(Dialect.facts(of: .fixture("x.run_agent_step", [given], scope: "app")).agentName == nil)
        let plugin: [Attribute] = [
            .text("gen_ai.operation.name", "execute_tool"), .text("gen_ai.tool.name", "P-get-it"),
        ]
        #expect(
            Dialect.facts(of: .fixture("x", plugin, scope: "semantic_kernel.functions.kernel_function")).toolName
                == "get-it")
        #expect(Dialect.facts(of: .fixture("x", plugin, scope: "app")).toolName == "P-get-it")
    }

    @Test("reads the first token in the words and units of each source")
    func firstToken() {
        let kind = Attribute.text("gen_ai.operation.name", "chat")
        for (attribute, millis) in [
            (Attribute.double("gen_ai.response.time_to_first_chunk", 0.4), 400),
            (.double("gen_ai.client.operation.time_to_first_chunk", 0.4), 400),
            (.int("gen_ai.server.time_to_first_token", 400), 400), (.int("ttft_ms", 400), 400),
            (.double("gen_ai.streaming.time_to_first_token", 0.4), 400),
            (.text("langwatch.timestamps", #"{"started_at": 1000, "first_token_at": 1400}"#), 400),
            (.text("langfuse.observation.completion_start_time", #""1970-01-01T00:00:01.400Z""#), 400),
            (
                .text(
                    "haystack.agent.step.llm.output",
                    #"{"replies":[{"meta":{"completion_start_time":"1970-01-01T00:00:01.400000"}}]}"#), 400
            ),
            // A clock of another zone tells no time within the call.
            (
                .text(
                    "haystack.component.output",
                    #"{"replies":[{"meta":{"completion_start_time":"1970-01-01T02:00:01.400000"}}]}"#), -1
            ),
        ] as [(Attribute, Int64)] {
            let read = facts(kind, attribute).timeToFirstChunkNanos
            #expect(read == (millis < 0 ? nil : millis * 1_000_000), "\(attribute.key)")
        }
    }

    @Test("takes a span whose kind an attribute limit took for what its messages show")
    func evicted() {
        var span = Span.fixture("ChatCompletion", [.text("llm.input_messages.45.message.content", "and then?")])
        #expect(Dialect.facts(of: span).kind == .other)
        span.droppedAttributesCount = 92
        #expect(Dialect.facts(of: span).kind == .llm)
        span.attributes = [.text("gen_ai.prompt.45.content", "and then?")]
        #expect(Dialect.facts(of: span).kind == .llm)
        span.attributes = [.text("gen_ai.promptly", "no")]
        #expect(Dialect.facts(of: span).kind == .other)
    }
}
