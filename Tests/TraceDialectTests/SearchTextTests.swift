import Testing
import TraceDialect
import TraceModel

@Suite("Text for the index")
struct SearchTextTests {
    private func lines(_ attributes: Attribute..., kind: String = "LLM", events: [SpanEvent] = []) -> [String] {
        let kind = Attribute.text("openinference.span.kind", kind)
        let text = Dialect.searchText(of: .fixture("name", [kind] + attributes, events: events)).text
        return text.split(separator: "\n").map(String.init)
    }

    @Test("holds the strings inside JSON, decoded, without keys, ids and schemas")
    func json() {
        let messages = """
            [{"role":"user","parts":[{"type":"text","content":"caf\\u00e9 \\ud83d\\ude00"}]},
            {"role":"assistant","parts":[{"type":"tool_call","id":"call_1","name":"get",
            "arguments":{"city":"Oslo","n":5}}],"finish_reason":"stop"}]
            """
        #expect(lines(.text("gen_ai.input.messages", messages)) == ["name", "café 😀", "get", "Oslo"])
        let nested =
            #"[{"role":"assistant","tool_calls":[{"id":"x","function":{"arguments":"{\"city\":\"Bergen\"}"}}]}]"#
        #expect(lines(.text("gen_ai.output.messages", nested)) == ["name", "Bergen"])
        let schema = #"{"messages":["hello"],"tools":[{"description":"noise"}],"model":"m"}"#
        #expect(lines(.text("input.value", schema), kind: "CHAIN") == ["name", "hello"])
    }

    @Test("holds plain and cut text as it is")
    func plain() {
        #expect(lines(.text("gen_ai.tool.call.result", "9 C, rain"), kind: "TOOL") == ["name", "9 C, rain"])
        let cut = #"[{"role":"user","content":"what is th"#
        #expect(lines(.text("gen_ai.input.messages", cut)) == ["name", cut])
        #expect(lines(.text("gen_ai.input.messages", "{curly} words")) == ["name", "{curly} words"])
    }

    @Test("holds structured values and flattened families")
    func structured() {
        let value = AttributeValue.array([.map([.text("role", "user"), .text("content", "deep")])])
        #expect(lines(Attribute("gen_ai.input.messages", value)) == ["name", "deep"])
        #expect(
            lines(
                .text("llm.input_messages.0.message.role", "user"),
                .text("llm.input_messages.0.message.content", "flat"),
                .text("llm.input_messages.0.message.tool_calls.0.tool_call.function.arguments", #"{"a":"arg"}"#),
                .text("input.value", "repeated"), .text("output.value", "answer")) == ["name", "flat", "arg", "answer"])
    }

    @Test("holds names, errors and what events say")
    func names() {
        let span = Span.fixture(
            "run", [.text("gen_ai.agent.name", "critic"), .text("gen_ai.tool.name", "search")],
            events: [
                SpanEvent(
                    timeUnixNano: 1, name: "exception",
                    attributes: [.text("exception.message", "no route"), .text("exception.stacktrace", "File x")]),
                SpanEvent(
                    timeUnixNano: 2, name: "gen_ai.user.message", origin: .log,
                    body: .map([.text("content", "hi there")])),
                SpanEvent(timeUnixNano: 3, name: "other", attributes: [.text("content", "unrelated")]),
            ], status: SpanStatus(.error, message: "boom"))
        #expect(
            Dialect.searchText(of: span).text.split(separator: "\n")
                == ["run", "boom", "critic", "search", "no route", "hi there"])
    }

    @Test("leaves encoded data out")
    func blobs() {
        let blob = String(repeating: "QUJD", count: 1000)
        #expect(lines(.text("gen_ai.input.messages", #"[{"content":"\#(blob)"},{"content":"x"}]"#)) == ["name", "x"])
        let chinese = String(repeating: "天气", count: 1000)
        #expect(lines(.text("gen_ai.input.messages", #"[{"content":"\#(chinese)"}]"#)) == ["name", chinese])
    }

    @Test("cuts at the limit, between two characters")
    func limit() {
        let span = Span.fixture("née", [.text("gen_ai.prompt", "天气 and more")])
        let full = Dialect.searchText(of: span)
        #expect(full.text == "née\n天气 and more" && full.isComplete)
        for limit in 0..<full.text.utf8.count {
            let cut = Dialect.searchText(of: span, limit: limit)
            #expect(!cut.isComplete && cut.text.utf8.count <= limit && cut.text.utf8.count > limit - 4)
            #expect(full.text.hasPrefix(cut.text) && !cut.text.contains("\u{FFFD}"))
        }
        #expect(Dialect.searchText(of: span, limit: full.text.utf8.count).isComplete)
        let array = Span.fixture("n", [.text("gen_ai.prompt", #"["aaaa","bbbb","cccc"]"#)])
        #expect(Dialect.searchText(of: array, limit: 6).text == "n\naaaa")
        #expect(!Dialect.searchText(of: array, limit: 6).isComplete)
    }
}
