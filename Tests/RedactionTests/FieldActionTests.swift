import TestSupport
import Testing
import TraceDialect
import TraceModel

@testable import Redaction

@Suite struct FieldActionTests {
    private func redact(
        _ span: Span, _ fields: [(String, RedactionPolicy.Action)]
    ) -> (span: Span, counts: RedactionCounts) {
        var policy = RedactionPolicy.standard
        policy.fields = fields.map { RedactionPolicy.FieldRule(name: $0, action: $1) }
        let redactor = Redactor(policy: policy, key: RedactionKey(bytes: [UInt8](repeating: 7, count: 32)))
        var redacted = span
        var counts = RedactionCounts()
        redactor.redact(&redacted, &counts)
        var again = redacted
        var none = RedactionCounts()
        redactor.redact(&again, &none)
        #expect(again == redacted)
        #expect(none.isEmpty, "\(none)")
        return (redacted, counts)
    }

    private func label(_ value: AttributeValue?) -> String? {
        guard let text = value?.stringValue, let found = RedactionPlaceholder.all(in: text).first,
            found.range == 0..<text.utf8.count
        else { return nil }
        return found.placeholder.label
    }

    @Test func namesWithStarsAreMatched() {
        for (pattern, name, fits) in [
            ("a.b", "a.b", true), ("a.b", "a.bc", false), ("a.*", "a.", true), ("a.*", "b.a.", false),
            ("*.url", "x.url", true), ("*.url", "x.urls", false), ("a*b*c", "abc", true), ("a*b*c", "aXbYc", true),
            ("a*b*c", "acb", false), ("*", "", true), ("a*a", "a", false), ("**", "x", true), ("", "", true),
            ("", "x", false), ("a*bc*bc", "abcbc", true), ("a*bc*bc", "abc", false),
        ] {
            #expect(NamePattern(pattern).matches(name) == fits, "\(pattern) \(name)")
        }
    }

    @Test func attributesAreKeptHashedMaskedAndDropped() {
        let secret = RedactionFixture.secret()
        let span = RedactionFixture.span([
            Attribute("keep.me", .string("it is \(secret)")), Attribute("hash.s", .string("text")),
            Attribute("hash.t", .string("text")), Attribute("hash.n", .int(3)), Attribute("hash.e", .empty),
            Attribute("mask.a", .array([.string("x")])), Attribute("drop.a", .string("x")),
            Attribute("drop.b", .int(1)),
            Attribute("other", .string(secret)),
        ])
        let (redacted, counts) = redact(
            span, [("keep.*", .keep), ("hash.*", .hash), ("mask.*", .mask), ("drop.*", .drop), ("*", .keep)].dropLast())
        let attributes = redacted.attributes
        #expect(
            attributes.map(\.key) == ["keep.me", "hash.s", "hash.t", "hash.n", "hash.e", "mask.a", "other"])
        #expect(attributes[0] == span.attributes[0])
        #expect(label(attributes[1].value) == "FIELD")
        #expect(attributes[1].value == attributes[2].value)
        #expect(label(attributes[3].value) == "FIELD")
        #expect(attributes[4].value == .empty)
        #expect(attributes[5].value == .string("[MASKED]"))
        #expect(label(attributes[6].value) == "STRIPE_KEY")
        #expect(counts.byRule == ["FIELD": 3, "MASKED": 1, "DROPPED": 2, "STRIPE_KEY": 1])
        #expect(redacted.droppedAttributesCount == 0)
    }

    @Test func theFirstRuleThatFitsDecides() {
        let span = RedactionFixture.span([Attribute("a.b", .string("x"))])
        #expect(redact(span, [("a.b", .mask), ("a.*", .drop)]).span.attributes[0].value == .string("[MASKED]"))
        #expect(redact(span, [("a.*", .drop), ("a.b", .mask)]).span.attributes.isEmpty)
    }

    @Test func wordsMeanTheNamesOfAllProducers() {
        func labels(_ key: String, kind: String = "chat") -> [RedactionPolicy.Field] {
            RedactionPolicy.Field.allCases.filter { field in
                let span = RedactionFixture.span([
                    Attribute("gen_ai.operation.name", .string(kind)), Attribute(key, .string("some text")),
                ])
                return label(redact(span, [(field.rawValue, .hash)]).span.attributes[1].value) == field.label
            }
        }
        #expect(labels("gen_ai.input.messages") == [.prompt])
        #expect(labels("llm.input_messages.0.message.content") == [.prompt])
        #expect(labels("llm.input_messages.0.message.role") == [])
        #expect(labels("gen_ai.prompt.1.content") == [.prompt])
        #expect(labels("gen_ai.system_instructions") == [.prompt])
        #expect(labels("input.value") == [.prompt])
        #expect(labels("input.value", kind: "execute_tool") == [.arguments])
        #expect(labels("gen_ai.output.messages") == [.output])
        #expect(labels("gen_ai.completion.0.reasoning") == [.output, .reasoning])
        #expect(labels("output.value") == [.output])
        #expect(labels("output.value", kind: "execute_tool") == [.result])
        #expect(labels("gen_ai.tool.call.arguments", kind: "execute_tool") == [.arguments])
        #expect(labels("gen_ai.tool.call.result", kind: "execute_tool") == [.result])
        #expect(labels("exception.message") == [.error])
        #expect(labels("url.full") == [.url])
        #expect(labels("enduser.id") == [.user])
        #expect(labels("gen_ai.request.model") == [])
    }

    @Test func partsOfConversationsAreFields() {
        let json = """
            [{"role":"assistant","parts":[{"type":"reasoning","content":"think"},{"type":"text","content":"say"},\
            {"type":"tool_call","id":"c1","name":"f","arguments":{"a":[1,"x"]}}]},\
            {"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"back"}]},\
            {"role":"assistant","reasoning_content":"deep","content":"c","tool_calls":[{"id":"c2","function":{"name":"g",\
            "arguments":"{}"}}]},{"role":"tool","tool_call_id":"c2","content":"back"},\
            {"role":"assistant","content":[{"type":"thinking","thinking":"t"},{"type":"tool_use","id":"c3","name":"h",\
            "input":{"q":"z"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"c3","content":"r"}]}]
            """
        let span = RedactionFixture.span([Attribute("gen_ai.input.messages", .string(json))])
        let (redacted, counts) = redact(span, [("reasoning", .mask), ("arguments", .drop), ("result", .hash)])
        #expect(counts.byRule == ["MASKED": 3, "DROPPED": 3, "RESULT": 3])
        let text = redacted.attributes[0].value.stringValue ?? ""
        let back = RedactionPlaceholder.all(in: text).map(\.placeholder.text)
        #expect(back.count == 3 && back[0] == back[1] && back[1] != back[2])
        let expected = """
            [{"role":"assistant","parts":[{"type":"reasoning","content":"[MASKED]"},{"type":"text","content":"say"},\
            {"type":"tool_call","id":"c1","name":"f","arguments":null}]},\
            {"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"\(back[0])"}]},\
            {"role":"assistant","reasoning_content":"[MASKED]","content":"c","tool_calls":[{"id":"c2","function":{"name":"g",\
            "arguments":null}}]},{"role":"tool","tool_call_id":"c2","content":"\(back[0])"},\
            {"role":"assistant","content":[{"type":"thinking","thinking":"[MASKED]"},{"type":"tool_use","id":"c3","name":"h",\
            "input":null}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"c3","content":"\(back[2])"}]}]
            """
        #expect(text == expected)
        let cut = RedactionFixture.span([Attribute("gen_ai.input.messages", .string(String(json.dropLast(30))))])
        #expect(label(redact(cut, [("result", .hash)]).span.attributes[0].value) == "RESULT")
    }

    @Test func errorsEventsAndResourcesAreFields() {
        var span = RedactionFixture.span(
            [Attribute("a", .string("x"))],
            events: [
                SpanEvent(
                    timeUnixNano: 1, name: "exception",
                    attributes: [
                        Attribute("exception.type", .string("E")), Attribute("exception.message", .string("m")),
                    ]),
                SpanEvent(
                    timeUnixNano: 2, name: "gen_ai.user.message", body: .map([Attribute("content", .string("hi"))])),
            ])
        span.status = SpanStatus(.error, message: "boom")
        span.resource = Resource(attributes: [Attribute("host.name", .string("h"))])
        let error = redact(span, [("error", .hash)]).span
        #expect(label(.string(error.status.message)) == "ERROR")
        #expect(error.events[0].attributes[0].value == .string("E"))
        #expect(label(error.events[0].attributes[1].value) == "ERROR")
        #expect(error.resource == span.resource)
        let event = redact(span, [("event", .drop)]).span
        #expect(event.events.map(\.name) == span.events.map(\.name))
        #expect(event.events.allSatisfy { $0.attributes.isEmpty && ($0.body ?? .empty) == .empty })
        #expect(event.status == span.status)
        #expect(redact(span, [("resource", .drop)]).span.resource.attributes.isEmpty)
        #expect(label(redact(span, [("prompt", .hash)]).span.events[1].body) == "PROMPT")
        #expect(redact(span, [("prompt", .hash)]).span.events[0] == span.events[0])
    }

    @Test func kindsOfChunksAreFields() {
        var policy = RedactionPolicy.standard
        policy.fields = [
            RedactionPolicy.FieldRule(name: "reasoning", action: .hash),
            RedactionPolicy.FieldRule(name: "output", action: .drop),
        ]
        let redactor = Redactor(policy: policy, key: RedactionKey(bytes: [1]))
        let before = StreamChunks([
            StreamChunk(offsetNanos: 0, kind: .reasoning, text: "let me "),
            StreamChunk(offsetNanos: 1, kind: .text, text: "It"),
            StreamChunk(offsetNanos: 2, kind: .reasoning, text: "think"),
            StreamChunk(offsetNanos: 3, kind: .text, text: " is"),
            StreamChunk(offsetNanos: 4, kind: .terminal, text: "stop"),
        ])
        var chunks = before
        var info = StreamInfo(source: "sse")
        var counts = RedactionCounts()
        redactor.redact(&chunks, &info, &counts)
        #expect(label(.string(chunks[0].text)) == "REASONING")
        #expect(chunks.map(\.text).dropFirst() == ["", "", "", "stop"])
        #expect(chunks.offsets == before.offsets && chunks.kinds == before.kinds)
        #expect(counts.byRule == ["REASONING": 1, "DROPPED": 1])
        let again = chunks
        redactor.redact(&chunks, &info, &counts)
        #expect(chunks == again)
        #expect(counts.total == 2)
    }

    @Test func chunksInSpansAreFields() {
        var span = RedactionFixture.span()
        span.events = (0..<3).map {
            StreamAttributes.event(
                of: StreamChunk(sequence: $0, offsetNanos: Int64($0), kind: .text, text: "word\($0)"), startUnixNano: 0)
        }
        let (redacted, counts) = redact(span, [("output", .hash)])
        #expect(counts.byRule == ["OUTPUT": 1])
        let chunks = StreamExtractor.stream(of: redacted)?.chunks ?? StreamChunks()
        #expect(label(.string(chunks.text(0..<3))) == "OUTPUT")
    }

    @Test func logRecordsHaveFields() {
        func redact(_ event: SpanEvent, _ name: String) -> SpanEvent {
            var policy = RedactionPolicy.standard
            policy.fields = [RedactionPolicy.FieldRule(name: name, action: .hash)]
            var log = SpanLogRecord(
                traceID: TraceID(high: 1, low: 1), spanID: SpanID(1), event: event, resource: Resource(),
                scope: InstrumentationScope())
            var counts = RedactionCounts()
            Redactor(policy: policy, key: RedactionKey(bytes: [1])).redact(&log, &counts)
            #expect(counts.total == 1)
            return log.event
        }
        let partial = SpanEvent(
            timeUnixNano: 1, name: "gen_ai.choice", origin: .log,
            body: .map([Attribute("index", .int(2)), Attribute("content", .string("words"))]))
        guard case .map(let members) = redact(partial, "output").body else {
            Issue.record("a chunk keeps its form")
            return
        }
        #expect(members[0].value == .int(2))
        #expect(label(members[1].value) == "OUTPUT")
        let call = SpanEvent(
            timeUnixNano: 1, name: "gen_ai.assistant.message", origin: .log,
            body: .map([
                Attribute(
                    "tool_calls",
                    .array([.map([Attribute("id", .string("c")), Attribute("arguments", .string(#"{"a":1}"#))])]))
            ]))
        let text = redact(call, "arguments").body?.stringValue ?? ""
        #expect(text.contains(#""id":"c","arguments":"[ARGUMENTS#"#))
    }
}
