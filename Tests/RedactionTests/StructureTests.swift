import TestSupport
import Testing
import TraceDialect
import TraceModel

@testable import Redaction

@Suite struct StructureTests {
    private let redactor = Redactor(policy: .structureOnly, key: RedactionKey(bytes: [UInt8](repeating: 7, count: 32)))
    /// Stands in everything that was said.
    private let said = "zanzibar"

    private func redact(_ span: Span) -> Span {
        var redacted = span
        var counts = RedactionCounts()
        redactor.redact(&redacted, &counts)
        var again = redacted
        var none = RedactionCounts()
        redactor.redact(&again, &none)
        #expect(again == redacted)
        #expect(none.isEmpty, "\(none)")
        return redacted
    }

    @Test func whatWasSaidGoesAndStructureStays() {
        let input = """
            [{"role":"user","parts":[{"type":"text","content":"go to \(said)"}]},{"role":"assistant","parts":[\
            {"type":"reasoning","content":"\(said)"},{"type":"tool_call","id":"call_1","name":"fly","arguments":\
            {"to":"\(said)","name":"\(said)","seats":2,"direct":true,"\(said) key":null}}]},{"role":"tool","parts":\
            [{"type":"tool_call_response","id":"call_1","response":{"id":"\(said)"}}]}]
            """
        var span = RedactionFixture.span(
            [
                Attribute("gen_ai.operation.name", .string("chat")),
                Attribute("gen_ai.request.model", .string("gpt-5")),
                Attribute("gen_ai.agent.name", .string("planner")),
                Attribute("gen_ai.usage.input_tokens", .int(12)),
                Attribute("gen_ai.response.finish_reasons", .array([.string("stop")])),
                Attribute("gen_ai.input.messages", .string(input)),
                Attribute(
                    "gen_ai.output.messages", .string(#"[{"role":"assistant","parts":[],"finish_reason":"stop"}]"#)),
                Attribute("llm.input_messages.0.message.role", .string("user")),
                Attribute("llm.input_messages.0.message.content", .string(said)),
                Attribute("custom.note", .string(said)),
                Attribute("custom.number", .double(1.5)),
                Attribute("custom.map", .map([Attribute("id", .string(said)), Attribute("n", .int(1))])),
                Attribute("custom.bytes", .bytes(Array(said.utf8))),
                Attribute(
                    "gen_ai.tool.definitions", .string(#"[{"type":"function","name":"fly","description":"\#(said)"}]"#)),
                Attribute("error.type", .string("Timeout")),
                Attribute("gen_ai.conversation.id", .string(String(repeating: said, count: 9))),
            ],
            events: [
                SpanEvent(
                    timeUnixNano: 1, name: "exception",
                    attributes: [
                        Attribute("exception.type", .string("E")), Attribute("exception.message", .string(said)),
                    ]),
                SpanEvent(
                    timeUnixNano: 2, name: "gen_ai.user.message",
                    body: .map([Attribute("role", .string("user")), Attribute("content", .string(said))])),
            ])
        span.status = SpanStatus(.error, message: said)
        span.resource = Resource(attributes: [
            Attribute("service.name", .string("shop")), Attribute("process.command_line", .string("run \(said)")),
        ])
        let redacted = redact(span)
        let texts = RedactionFixture.texts(of: redacted)
        #expect(texts.allSatisfy { !$0.contains(said) }, "\(texts.filter { $0.contains(said) })")
        #expect(redacted.attributes.map(\.key) == span.attributes.map(\.key))
        for key in [
            "gen_ai.operation.name", "gen_ai.request.model", "gen_ai.agent.name", "gen_ai.usage.input_tokens",
            "gen_ai.response.finish_reasons", "gen_ai.output.messages", "llm.input_messages.0.message.role",
            "custom.number", "error.type",
        ] {
            #expect(redacted.attributes.value(of: key) == span.attributes.value(of: key), "\(key)")
        }
        #expect(redacted.resource.attributes[0] == span.resource.attributes[0])
        #expect(redacted.events[0].attributes[0] == span.events[0].attributes[0])
        #expect(
            redacted.attributes.value(of: "gen_ai.tool.definitions")?.stringValue?.contains(#""name":"fly""#) == true)
        let (before, after) = (Dialect.content(of: span), Dialect.content(of: redacted))
        #expect(after.inputMessages.map(\.role) == before.inputMessages.map(\.role))
        #expect(after.inputMessages.map(\.parts.count) == before.inputMessages.map(\.parts.count))
        guard case .toolCall("call_1", "fly", let arguments?) = after.inputMessages[1].parts[1] else {
            Issue.record("\(after.inputMessages)")
            return
        }
        #expect(arguments.contains(#""seats":2,"direct":true"#) && arguments.contains("[PURGED#"))
        #expect(Dialect.facts(of: redacted).tokens.input == 12)
    }

    @Test func argumentsOfToolsGoWhole() {
        let span = RedactionFixture.span([
            Attribute("gen_ai.operation.name", .string("execute_tool")), Attribute("gen_ai.tool.name", .string("fly")),
            Attribute("gen_ai.tool.call.id", .string("call_1")),
            Attribute("gen_ai.tool.call.arguments", .string(#"{"id":"\#(said)","n":3}"#)),
            Attribute("input.value", .string(#"{"name":"\#(said)"}"#)), Attribute("output.value", .string(said)),
        ])
        let redacted = redact(span)
        #expect(RedactionFixture.texts(of: redacted).allSatisfy { !$0.contains(said) })
        #expect(redacted.attributes[1...2] == span.attributes[1...2])
        #expect(redacted.attributes[3].value.stringValue?.hasSuffix(#","n":3}"#) == true)
    }

    @Test func streamsKeepTheirForm() {
        let chunks = StreamChunks([
            StreamChunk(offsetNanos: 1, kind: .text, text: "to zan"),
            StreamChunk(offsetNanos: 2, kind: .text, text: "zibar"),
            StreamChunk(offsetNanos: 3, kind: .terminal, text: "stop"),
        ])
        var ours = RedactionFixture.span()
        ours.events = chunks.map { StreamAttributes.event(of: $0, startUnixNano: 1_000) }
        let compact = StreamAttributes.attributes(
            of: RecordedStream(span: ours, info: StreamInfo(source: "x"), chunks: chunks))
        let anthropic = (0..<2).map { place in
            SpanEvent(
                timeUnixNano: 1_000 + Int64(place), name: "mlflow.chunk.item.\(place)",
                attributes: [
                    Attribute(
                        "mlflow.chunk.value",
                        .string(
                            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\#(chunks[place].text)"}}"#
                        )
                    )
                ])
        }
        for span in [ours, RedactionFixture.span(compact), RedactionFixture.span(events: anthropic)] {
            let after = StreamExtractor.stream(of: redact(span))?.chunks ?? StreamChunks()
            let before = StreamExtractor.stream(of: span)?.chunks ?? StreamChunks()
            #expect(after.count == before.count)
            #expect(after.kinds == before.kinds)
            #expect(after.offsets == before.offsets)
            #expect(RedactionPlaceholder.isWhole(after[0].text) && after[1].text.isEmpty)
            if after.count > 2 { #expect(after[2].text == "stop") }
        }
        var recorded = chunks
        var info = StreamInfo(finishReason: "stop", source: "sse", errorMessage: said)
        var counts = RedactionCounts()
        redactor.redact(&recorded, &info, &counts)
        #expect(recorded.map(\.text).dropFirst() == ["", "stop"])
        #expect(info.finishReason == "stop" && info.errorMessage?.hasPrefix("[PURGED#") == true)
        #expect(counts.byRule == ["PURGED": 2])
    }

    @Test func logRecordsLoseWhatWasSaid() {
        let chunk = StreamAttributes.event(
            of: StreamChunk(offsetNanos: 0, kind: .text, text: said), startUnixNano: 0, origin: .log)
        let choice = SpanEvent(
            timeUnixNano: 1, name: "gen_ai.choice", origin: .log,
            body: .map([
                Attribute("index", .int(0)), Attribute("finish_reason", .string("stop")),
                Attribute(
                    "message", .map([Attribute("role", .string("assistant")), Attribute("content", .string(said))])),
            ]))
        for event in [chunk, choice] {
            let record = SpanLogRecord(
                traceID: TraceID(high: 1, low: 1), spanID: SpanID(1), event: event, resource: Resource(),
                scope: InstrumentationScope())
            var one = record
            var several = [record, record]
            var counts = RedactionCounts()
            redactor.redact(&one, &counts)
            redactor.redact(&several, &counts)
            for log in [one] + several {
                #expect(!"\(log)".contains(said), "\(log)")
                #expect(log.event.name == event.name)
            }
            if case .map(let members) = one.event.body {
                #expect(members[1].value == .string("stop"))
                #expect(members[0].value == .int(0))
            }
        }
    }
}
