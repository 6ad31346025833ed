import Testing
import TraceDialect
import TraceModel

@testable import Redaction

@Suite struct SpanRedactionTests {
    private let redactor = RedactionFixture.redactor

    private func redact(_ span: Span) -> (span: Span, counts: RedactionCounts) {
        var span = span
        var counts = RedactionCounts()
        redactor.redact(&span, &counts)
        return (span, counts)
    }

    @Test func everyTextOfASpanIsRedacted() {
        let secrets = (0..<21).map { RedactionFixture.secret($0) }
        var span = RedactionFixture.span([
            Attribute("a.\(secrets[0])", .string(secrets[1])),
            Attribute("list", .array([.string(secrets[2]), .map([Attribute(secrets[3], .string(secrets[4]))])])),
            Attribute("bytes", .bytes(Array("x \(secrets[5]) y".utf8))),
            Attribute("bad", .bytes([0xFF] + Array(secrets[20].utf8))),
            Attribute("n", .int(3)), Attribute("e", .empty),
        ])
        span.name = "call \(secrets[6])"
        span.traceState = "k=\(secrets[7])"
        span.status = SpanStatus(.error, message: secrets[8])
        span.events = [
            SpanEvent(
                timeUnixNano: 1, name: secrets[9], attributes: [Attribute("k", .string(secrets[10]))],
                body: .map([Attribute("m", .string(secrets[11]))]))
        ]
        span.links = [
            SpanLink(
                traceID: TraceID(high: 1, low: 1), spanID: SpanID(1), traceState: secrets[12],
                attributes: [Attribute("l", .string(secrets[13]))])
        ]
        span.resource = Resource(
            attributes: [Attribute("process.command_args", .array([.string("--key"), .string(secrets[14])]))],
            schemaURL: "https://x/\(secrets[15])")
        span.scope = InstrumentationScope(
            name: secrets[16], version: secrets[17], attributes: [Attribute("s", .string(secrets[18]))],
            schemaURL: secrets[19])
        let (redacted, counts) = redact(span)
        let texts = RedactionFixture.texts(of: redacted).joined(separator: "\n")
        for secret in secrets { #expect(RedactionFixture.piece(of: secret, in: texts) == nil) }
        #expect(counts.byRule == ["STRIPE_KEY": 21])
        #expect(redacted.attributes[4...] == span.attributes[4...])
        let again = redact(redacted)
        #expect(again.span == redacted)
        #expect(again.counts.isEmpty)
    }

    @Test func aCleanSpanStaysAsItIs() {
        let span = RedactionFixture.span(
            [
                Attribute(
                    "gen_ai.input.messages", .string(#"[{"role":"user","parts":[{"type":"text","content":"a\nb"}]}]"#))
            ],
            events: [SpanEvent(timeUnixNano: 1, name: "exception")])
        let (redacted, counts) = redact(span)
        #expect(redacted == span)
        #expect(counts.isEmpty)
    }

    @Test func sharedPartsCountForEverySpan() {
        var span = RedactionFixture.span()
        span.resource = Resource(attributes: [Attribute("host.name", .string(RedactionFixture.secret()))])
        let first = redact(span)
        let second = redact(span)
        #expect(first.span == second.span)
        #expect(first.counts.byRule == ["STRIPE_KEY": 1])
        #expect(second.counts == first.counts)
        var other = span
        other.resource.attributes = [Attribute("host.name", .string("plain"))]
        #expect(redact(other).span == other)
    }

    @Test(arguments: [8, 12, 20, 36])
    func aSecretBetweenPartsOfAMessageIsFound(cut: Int) {
        let secret = RedactionFixture.secret()
        let (a, b) = (String(secret.prefix(cut)), String(secret.dropFirst(cut)))
        let forms: [[Attribute]] = [
            [
                Attribute(
                    "gen_ai.input.messages",
                    .string(
                        #"[{"role":"user","parts":[{"type":"text","content":"it is \#(a)"}, {"content":"\#(b) \u00e9","type":"text"}]}]"#
                    ))
            ],
            [
                Attribute(
                    "input.value",
                    .string(
                        #"{"messages":[{"role":"user","content":[{"type":"text","text":"\#(a)"},{"type":"text","text":"\#(b)"}]}]}"#
                    ))
            ],
            [
                Attribute(
                    "gen_ai.output.messages",
                    .array([
                        .map([
                            Attribute("role", .string("assistant")),
                            Attribute(
                                "parts",
                                .array([
                                    .map([Attribute("type", .string("text")), Attribute("content", .string(a))]),
                                    .map([Attribute("type", .string("text")), Attribute("content", .string(b))]),
                                ])),
                        ])
                    ]))
            ],
            [
                Attribute("llm.input_messages.0.message.contents.1.message_content.text", .string(b)),
                Attribute("llm.input_messages.0.message.contents.0.message_content.text", .string(a)),
            ],
            [Attribute("gen_ai.prompt.0.content", .string(a)), Attribute("gen_ai.prompt.1.content", .string(b))],
        ]
        for form in forms {
            let (redacted, counts) = redact(
                RedactionFixture.span([Attribute("gen_ai.operation.name", .string("chat"))] + form))
            let content = Dialect.content(of: redacted)
            var said = ""
            for message in content.inputMessages + content.outputMessages {
                for case .text(let text) in message.parts { said += text }
            }
            #expect(RedactionFixture.piece(of: secret, in: said) == nil, "\(redacted.attributes)")
            #expect(counts.byRule == ["STRIPE_KEY": 1])
            #expect(RedactionPlaceholder.all(in: said).count == 1)
            #expect(redact(redacted).counts.isEmpty)
        }
    }

    @Test func partsChangeOnlyWhereTheyMust() {
        let secret = RedactionFixture.secret()
        let json =
            #"[{"role":"user","parts":[ {"type":"text","content":"\u00e9 \#(secret.prefix(9))"},{"type":"text","content":"\#(secret.dropFirst(9)) x"},{"type":"text","content":"\u00e9 z"}], "n": 1.50}]"#
        let (redacted, _) = redact(RedactionFixture.span([Attribute("m", .string(json))]))
        let text = redacted.attributes[0].value.stringValue ?? ""
        let placeholder = RedactionPlaceholder.all(in: text)[0].placeholder.text
        #expect(
            text
                == #"[{"role":"user","parts":[ {"type":"text","content":"é \#(placeholder)"},{"type":"text","content":" x"},{"type":"text","content":"\u00e9 z"}], "n": 1.50}]"#
        )
    }
}
