import Testing
import TraceDialect
import TraceModel

@Suite("Content of spans")
struct ContentTests {
    private func content(_ kind: String, _ attributes: Attribute..., events: [SpanEvent] = []) -> SpanContent {
        let kind = Attribute.text("openinference.span.kind", kind)
        return Dialect.content(of: .fixture("span", [kind] + attributes, events: events))
    }

    private let conversation = [
        Message(role: "system", parts: [.text("Be terse.")]),
        Message(role: "user", parts: [.text("Weather?")]),
        Message(role: "assistant", parts: [.toolCall(id: "c1", name: "get", arguments: #"{"city":"Oslo"}"#)]),
        Message(role: "tool", parts: [.toolResult(id: "c1", result: "9 C")]),
    ]

    @Test("reads the messages of the conventions, as text and as values")
    func conventions() {
        let json = """
            [{"role":"user","parts":[{"type":"text","content":"Weather?"}]},
            {"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"get","arguments":{"city":"Oslo"}}]},
            {"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"9 C"}]}]
            """
        let output =
            #"[{"role":"assistant","parts":[{"type":"reasoning","content":"hm"},{"type":"text","content":"9"},"#
            + #"{"type":"uri","modality":"image","mime_type":"image/png","uri":"https://x/y.png"},"#
            + #"{"type":"new_thing","x":1}],"finish_reason":"stop"}]"#
        let content = content(
            "LLM", .text("gen_ai.input.messages", json), .text("gen_ai.output.messages", output),
            .text("gen_ai.system_instructions", #"[{"type":"text","content":"Be terse."}]"#))
        #expect(content.inputMessages == conversation)
        #expect(
            content.outputMessages == [
                Message(
                    role: "assistant",
                    parts: [
                        .reasoning("hm"), .text("9"),
                        .media(modality: "image", mimeType: "image/png", reference: "https://x/y.png"),
                        .other(type: "new_thing", json: #"{"type":"new_thing","x":1}"#),
                    ], finishReason: "stop")
            ])
        let structured = self.content(
            "LLM",
            Attribute(
                "gen_ai.input.messages",
                .array([
                    .map([
                        .text("role", "user"),
                        Attribute(
                            "parts", .array([.map([.text("type", "text"), .text("content", "Weather?")])])),
                    ])
                ])))
        #expect(structured.inputMessages == [conversation[1]])
    }

    @Test("reads OpenInference's flattened messages, with holes")
    func openInference() {
        let content = content(
            "LLM",
            .text("llm.input_messages.0.message.role", "system"),
            .text("llm.input_messages.0.message.content", "Be terse."),
            .text("llm.input_messages.10.message.role", "tool"),
            .text("llm.input_messages.10.message.content", "9 C"),
            .text("llm.input_messages.10.message.tool_call_id", "c1"),
            .text("llm.input_messages.2.message.role", "assistant"),
            .text("llm.input_messages.2.message.tool_calls.0.tool_call.id", "c1"),
            .text("llm.input_messages.2.message.tool_calls.0.tool_call.function.name", "get"),
            .text("llm.input_messages.2.message.tool_calls.0.tool_call.function.arguments", #"{"city":"Oslo"}"#),
            .text("llm.input_messages.1.message.role", "user"),
            .text("llm.input_messages.1.message.contents.0.message_content.type", "text"),
            .text("llm.input_messages.1.message.contents.0.message_content.text", "Weather?"),
            .text("llm.output_messages.0.message.role", "assistant"),
            .text("llm.output_messages.0.message.content", "__REDACTED__"),
            .text("llm.tools.0.tool.json_schema", #"{"name":"get"}"#))
        #expect(content.inputMessages == conversation)
        #expect(content.outputMessages == [Message(role: "assistant", parts: [.redacted])])
        #expect(content.toolDefinitions == [#"{"name":"get"}"#])
    }

    @Test("reads OpenLLMetry's flattened messages")
    func openLLMetry() {
        let content = content(
            "LLM",
            .text("gen_ai.prompt.0.role", "system"), .text("gen_ai.prompt.0.content", "Be terse."),
            .text("gen_ai.prompt.1.role", "user"),
            .text("gen_ai.prompt.1.content", #"[{"type":"text","text":"Weather?"}]"#),
            .text("gen_ai.prompt.2.role", "assistant"), .text("gen_ai.prompt.2.tool_calls.0.id", "c1"),
            .text("gen_ai.prompt.2.tool_calls.0.name", "get"),
            .text("gen_ai.prompt.2.tool_calls.0.arguments", #"{"city":"Oslo"}"#),
            .text("gen_ai.prompt.3.role", "tool"), .text("gen_ai.prompt.3.content", "9 C"),
            .text("gen_ai.prompt.3.tool_call_id", "c1"),
            .text("gen_ai.completion.0.content", "9"), .text("gen_ai.completion.0.finish_reason", "stop"))
        #expect(content.inputMessages == conversation)
        #expect(
            content.outputMessages == [Message(role: "assistant", parts: [.text("9")], finishReason: "stop")])
    }

    @Test("reads messages out of events, in the order of time")
    func events() {
        func log(_ time: Int64, _ name: String, _ body: [Attribute]) -> SpanEvent {
            SpanEvent(timeUnixNano: time, name: name, origin: .log, body: .map(body))
        }
        let function = AttributeValue.map([.text("name", "get"), .text("arguments", #"{"city":"Oslo"}"#)])
        let call = AttributeValue.map([.text("id", "c1"), .text("type", "function"), Attribute("function", function)])
        let content = content(
            "LLM",
            events: [
                log(
                    9, "gen_ai.choice",
                    [
                        .int("index", 0), .text("finish_reason", "stop"),
                        Attribute("message", .map([.text("role", "assistant"), .text("content", "9")])),
                    ]),
                log(4, "gen_ai.tool.message", [.text("content", "9 C"), .text("id", "c1")]),
                log(3, "gen_ai.assistant.message", [Attribute("tool_calls", .array([call]))]),
                log(2, "gen_ai.user.message", [.text("content", "Weather?")]),
                log(1, "gen_ai.system.message", [.text("content", "Be terse.")]),
            ])
        #expect(content.inputMessages == conversation)
        #expect(
            content.outputMessages == [Message(role: "assistant", parts: [.text("9")], finishReason: "stop")])
        let spanEvents = self.content(
            "LLM",
            events: [
                SpanEvent(timeUnixNano: 1, name: "gen_ai.user.message", attributes: [.text("content", "Weather?")]),
                SpanEvent(
                    timeUnixNano: 2, name: "gen_ai.choice",
                    attributes: [.text("message", #"[{"text":"9"}]"#), .text("finish_reason", "end_turn")]),
            ])
        #expect(spanEvents.inputMessages == [conversation[1]])
        #expect(
            spanEvents.outputMessages
                == [Message(role: "assistant", parts: [.text("9")], finishReason: "end_turn")])
        let old = self.content(
            "LLM",
            events: [
                SpanEvent(
                    timeUnixNano: 1, name: "gen_ai.content.prompt",
                    attributes: [.text("gen_ai.prompt", #"[{"role":"user","content":"Weather?"}]"#)]),
                SpanEvent(
                    timeUnixNano: 1, name: "gen_ai.content.completion",
                    attributes: [.text("gen_ai.completion", "9")]),
            ])
        #expect(old.inputMessages == [conversation[1]])
        #expect(old.outputMessages == [Message(role: "assistant", parts: [.text("9")])])
    }

    @Test("reads the forms of the APIs")
    func apis() {
        func input(_ json: String) -> [Message] { content("LLM", .text("gen_ai.input.messages", json)).inputMessages }
        #expect(
            input(
                #"[{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","#
                    + #""function":{"name":"get","arguments":"{\"city\":\"Oslo\"}"}}]},"#
                    + #"{"role":"tool","tool_call_id":"c1","content":"9 C"}]"#) == Array(conversation[2...]))
        #expect(
            input(
                #"[{"role":"assistant","content":[{"type":"tool_use","id":"c1","name":"get","#
                    + #""input":{"city":"Oslo"}}]},{"role":"user","content":[{"type":"tool_result","#
                    + #""tool_use_id":"c1","content":[{"type":"text","text":"9 C"}]}]}]"#)
                == [conversation[2], Message(role: "user", parts: [.toolResult(id: "c1", result: "9 C")])])
        #expect(
            input(
                #"{"system_instruction":{"parts":[{"text":"Be terse."}]},"contents":[{"role":"user","#
                    + #""parts":[{"text":"Weather?"}]},{"role":"model","parts":[{"text":"hm","thought":true},"#
                    + #"{"functionCall":{"id":"c1","name":"get","args":{"city":"Oslo"}}}]}]}"#)
                == [
                    conversation[0], conversation[1],
                    Message(role: "model", parts: [.reasoning("hm"), conversation[2].parts[0]]),
                ])
        #expect(
            input(
                #"[[{"lc":1,"type":"constructor","id":["langchain","schema","messages","HumanMessage"],"#
                    + #""kwargs":{"content":"Weather?","type":"human"}}]]"#) == [conversation[1]])
        #expect(input(#"{"messages":[{"type":"human","data":{"content":"Weather?"}}]}"#) == [conversation[1]])
        #expect(input("Weather?") == [conversation[1]])
    }

    @Test("falls back to the text where JSON is cut")
    func cut() {
        let cut = #"[{"role":"user","parts":[{"type":"text","content":"Wea"#
        let content = content("LLM", .text("gen_ai.input.messages", cut))
        #expect(content.inputMessages == [Message(role: "user", parts: [.text(cut)])])
    }

    @Test("reads arguments and results of tools")
    func tools() {
        let named = content(
            "TOOL", .text("gen_ai.tool.call.arguments", "{}"), .text("gen_ai.tool.call.result", "9 C"),
            .text("input.value", "no"))
        #expect(named.toolArguments == "{}" && named.toolResult == "9 C" && named.inputValue == nil)
        let values = content("TOOL", .text("input.value", "a"), .text("output.value", "b"))
        #expect(values.toolArguments == "a" && values.toolResult == "b")
        let structured = content("TOOL", Attribute("gen_ai.tool.call.arguments", .map([.int("n", 1)])))
        #expect(structured.toolArguments == #"{"n":1}"# && structured.toolResult == nil)
    }

    @Test("reads values, documents and judgements")
    func others() {
        let chain = content("CHAIN", .text("input.value", "a"), .text("output.value", "b"))
        #expect(chain.inputValue == "a" && chain.outputValue == "b" && chain.inputMessages.isEmpty)
        let retrieval = content(
            "RETRIEVER", .text("retrieval.documents.0.document.id", "d1"),
            .double("retrieval.documents.0.document.score", 0.5),
            .text("retrieval.documents.0.document.content", "text"),
            .text("retrieval.documents.0.document.metadata", #"{"a":1}"#))
        #expect(
            retrieval.documents == [RetrievedDocument(id: "d1", score: 0.5, content: "text", metadata: #"{"a":1}"#)])
        let conventions = content("RETRIEVER", .text("gen_ai.retrieval.documents", #"[{"id":"d1","score":1}]"#))
        #expect(conventions.documents == [RetrievedDocument(id: "d1", score: 1)])
        let judged = content(
            "LLM", .text("annotations.0.annotation.name", "polite"), .double("annotations.0.annotation.score", 1),
            .text("annotations.0.annotation.label", "yes"),
            events: [
                SpanEvent(
                    timeUnixNano: 1, name: "gen_ai.evaluation.result",
                    attributes: [
                        .text("gen_ai.evaluation.name", "relevance"), .double("gen_ai.evaluation.score.value", 0.25),
                        .text("gen_ai.evaluation.explanation", "off topic"),
                    ])
            ])
        #expect(
            judged.evaluations == [
                Evaluation(name: "relevance", score: 0.25, explanation: "off topic"),
                Evaluation(name: "polite", score: 1, label: "yes"),
            ])
    }

    @Test("reads arguments and results of tools out of events and blocks")
    func toolsElsewhere() {
        func event(_ name: String, _ attributes: Attribute...) -> SpanEvent {
            SpanEvent(timeUnixNano: 1, name: name, attributes: attributes)
        }
        let strands = content(
            "TOOL",
            events: [
                event("gen_ai.tool.message", .text("role", "tool"), .text("content", #"{"city": "Oslo"}"#)),
                event("gen_ai.choice", .text("message", #"[{"text": "9 degrees"}]"#), .text("id", "c1")),
            ])
        #expect(strands.toolArguments == #"{"city": "Oslo"}"# && strands.toolResult == #"[{"text": "9 degrees"}]"#)
        let shell = content("TOOL", events: [event("tool.output", .text("bash_command", "ls"), .text("output", "a b"))])
        #expect(shell.toolArguments == "ls" && shell.toolResult == "a b")
        let blocks = content("TOOL", .text("anthropic.tool_result.content", #"[{"type":"text","text":"9"}]"#))
        #expect(blocks.toolResult == #"[{"type":"text","text":"9"}]"# && blocks.toolArguments == nil)
    }

    @Test("tells where messages are kept that are not on the span")
    func storedElsewhere() {
        let read = content("LLM", .text("gen_ai.input.messages_ref", "s3://bucket/in.json"))
        #expect(
            read.inputMessages.map(\.parts) == [
                [.media(modality: "stored elsewhere", mimeType: nil, reference: "s3://bucket/in.json")]
            ])
        #expect(read.outputMessages.isEmpty)
        let whole = content(
            "LLM", .text("gen_ai.input.messages_ref", "s3://x"),
            .text("gen_ai.input.messages", #"[{"role":"user","content":"hi"}]"#))
        #expect(whole.inputMessages.map(\.parts) == [[.text("hi")]])
    }

    @Test("takes each source's word for withheld content", arguments: ["__REDACTED__", "<elided>", "[REDACTED]"])
    func withheld(word: String) {
        let read = content("LLM", .text("gen_ai.input.messages", #"[{"role":"user","content":"\#(word)"}]"#))
        #expect(read.inputMessages.map(\.parts) == [[.redacted]])
    }

    @Test(
        "shows and finds messages that were cut, and plain text under the keys of messages",
        arguments: [
            (
                "gen_ai.output.messages",
                #"[{"role":"assistant","parts":[{"type":"text","content":"The axolotl is a sal"#
            ),
            ("gen_ai.input.messages", #"[{"role":"user","content":"Is the axolotl a sal"#),
            ("llm.output_messages.0.message.content", "The axolotl"),
            ("ai.prompt.messages", #"[{"role":"user","content":[{"type":"text","text":"axolotl"#),
            ("gen_ai.input.messages", "an axolotl question"), ("gen_ai.output.messages", "a plain axolotl answer"),
            ("gen_ai.prompt", "axolotl prompt"), ("gen_ai.completion", "axolotl answer"),
        ])
    func cutAndPlain(key: String, text: String) {
        let span = Span.fixture("chat", [.text("gen_ai.operation.name", "chat"), .text(key, text)])
        let content = Dialect.content(of: span)
        let isOutput = key.contains("output") || key.contains("completion")
        let messages = isOutput ? content.outputMessages : content.inputMessages
        let shown = messages.flatMap(\.parts).map { "\($0)" }.joined()
        let value = (isOutput ? content.outputValue : content.inputValue) ?? ""
        #expect(shown.contains("axolotl") || value.contains("axolotl"))
        #expect((isOutput ? content.inputMessages : content.outputMessages).isEmpty)
        #expect(Dialect.searchText(of: span).text.contains("axolotl"))
    }

    @Test(
        "keeps the order of flat messages whose first ones a limit took",
        arguments: ["gen_ai.prompt", "llm.input_messages"])
    func evictedBeginnings(prefix: String) {
        let middle = prefix.hasPrefix("llm") ? "message." : ""
        var span = Span.fixture(
            "chat",
            (45..<48).flatMap { place in
                [
                    Attribute.text("\(prefix).\(place).\(middle)role", place % 2 == 0 ? "assistant" : "user"),
                    .text("\(prefix).\(place).\(middle)content", "text \(place)"),
                ]
            })
        span.droppedAttributesCount = 92
        let content = Dialect.content(of: span)
        #expect(content.inputMessages.map(\.role) == ["user", "assistant", "user"])
        #expect(content.inputMessages.map(\.parts) == (45..<48).map { [.text("text \($0)")] })
        let facts = Dialect.facts(of: span)
        #expect(facts.kind == .llm && facts.tokens == TokenUsage() && content.outputMessages.isEmpty)
    }

    @Test("reads choices of a completion under a list of messages", arguments: [true, false])
    func bareChoices(isList: Bool) {
        let choice =
            #"{"finish_reason":"tool_calls","index":0,"logprobs":null,"message":{"role":"assistant","content":"Looking.","#
            + #""tool_calls":[{"id":"c1","type":"function","function":{"name":"wx","arguments":"{}"}}]}}"#
        let span = Span.fixture(
            "chat",
            [.text("gen_ai.operation.name", "chat"), .text("gen_ai.output.messages", isList ? "[\(choice)]" : choice)])
        #expect(
            Dialect.content(of: span).outputMessages == [
                Message(
                    role: "assistant",
                    parts: [.text("Looking."), .toolCall(id: "c1", name: "wx", arguments: "{}")],
                    finishReason: "tool_calls")
            ])
    }
}
