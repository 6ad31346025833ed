import Canvas
import TraceModel
import TraceQuery

@testable import Explorer

/// Spans that the tests of the span view show.
enum SpanFixtures {
    static let start: Int64 = 1_767_225_600_000_000_000

    /// A span of a kind with a duration in nanoseconds.
    static func detail(
        _ name: String, _ kind: SpanKind, lasting duration: Int64? = 1_600_000_000,
        _ change: (inout SpanDetail) -> Void = { _ in }
    ) -> SpanDetail {
        let span = Span(
            traceID: TraceID(high: 0x0af7_6519_16cd_43dd, low: 0x8448_eb21_1c80_319c),
            spanID: SpanID(0xb7ad_6b71_6920_3331), parentSpanID: SpanID(0x00f0_67aa_0ba9_02b7), name: name,
            otelKind: .client, startUnixNano: start, endUnixNano: duration.map { start + $0 })
        var names = NameTable()
        var row = SpanRow(arrival: 1, spanID: span.spanID, parentSpanID: span.parentSpanID, name: names.intern(name))
        row.kind = kind
        row.startUnixNano = span.startUnixNano
        row.endUnixNano = span.endUnixNano
        var detail = SpanDetail(
            row: row, names: names, span: span, facts: SpanFacts(kind: kind), content: SpanContent())
        change(&detail)
        return detail
    }

    /// A model call with a conversation, a tool call and its result.
    static var chat: SpanDetail {
        detail("chat gpt-x", .llm) { detail in
            detail.facts.modelRequested = "gpt-x"
            detail.facts.modelResolved = "gpt-x-2026-04-30"
            detail.facts.agentName = "worker"
            detail.facts.agentInstance = "3"
            detail.facts.agentSource = .declared
            detail.facts.tokens = TokenUsage(input: 1210, output: 38, cacheRead: 0)
            detail.facts.finishReasons = ["stop"]
            detail.facts.timeToFirstChunkNanos = 320_000_000
            let prompt = (1...18).map { "Rule \($0): be brief, be kind, and never invent a day of delivery." }
            detail.content.inputMessages = [
                Message(
                    role: "system", parts: [.text("You are the support agent.\n" + prompt.joined(separator: "\n"))]),
                Message(role: "user", parts: [.text("When does order 7731 arrive?")]),
                Message(
                    role: "assistant",
                    parts: [
                        .reasoning("The user asks about an order, so I look it up."),
                        .toolCall(id: "call_9", name: "track_order", arguments: "{\"order\": 7731, \"deep\": null}"),
                    ]),
                Message(role: "tool", parts: [.toolResult(id: "call_9", result: "{\"result\": null}")]),
            ]
            detail.content.outputMessages = [
                Message(
                    role: "assistant",
                    parts: [.text("Your order 7731 arrives on Thursday between 10 and 12.")],
                    finishReason: "stop")
            ]
            detail.content.toolDefinitions = [
                #"{"type": "function", "function": {"name": "track_order", "description": "Where an order is"}}"#
            ]
            detail.span.attributes = attributes
        }
    }

    static let attributes = [
        Attribute("gen_ai.operation.name", .string("chat")),
        Attribute("gen_ai.request.model", .string("gpt-x")),
        Attribute("gen_ai.usage.input_tokens", .int(1210)),
        Attribute("gen_ai.usage.output_tokens", .int(0)),
        Attribute("gen_ai.request.temperature", .double(0.2)),
        Attribute("gen_ai.request.stream", .bool(true)),
        Attribute("gen_ai.response.id", .string("")),
        Attribute("nothing", .empty),
        Attribute(
            "gen_ai.input.messages",
            .string(#"[{"role":"user","parts":[{"type":"text","content":"When does \u4f60\u597d arrive?\nSoon?"}]}]"#)),
        Attribute(
            "http.headers", .map([Attribute("accept", .array([.string("a"), .int(2)])), Attribute("x", .empty)])),
        Attribute("tag", .string("one")),
        Attribute("tag", .string("two")),
        Attribute("blob", .bytes([1, 2, 3, 255])),
    ]

    /// The text of a canvas, rows without trailing blanks.
    static func text(_ canvas: Canvas) -> [String] {
        (0..<canvas.size.rows).map { row in
            var line = (0..<canvas.size.columns).map { canvas[$0, row].text }.joined()
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}

extension SpanFixtures {
    /// A tool that returned null under OK.
    static var tool: SpanDetail {
        detail("execute_tool track_order", .tool, lasting: 150_000_000) { detail in
            detail.facts.toolName = "track_order"
            detail.facts.toolCallID = "call_9"
            detail.content.toolArguments = "{\"order\": 7731}"
            detail.content.toolResult = "null"
            detail.span.attributes = [
                Attribute("gen_ai.tool.name", .string("track_order")),
                Attribute("gen_ai.tool.call.result", .string("null")),
            ]
        }
    }

    /// A call that failed, with the exception as an event and a log record.
    static var failed: SpanDetail {
        detail("chat gpt-x", .llm) { detail in
            detail.facts.modelRequested = "gpt-x"
            detail.facts.isError = true
            detail.facts.errorType = "RateLimitError"
            detail.span.status = SpanStatus(
                .error,
                message:
                    "Too many requests in the last minute: the limit of this key is 60, and 61 were made. Try again in 12 s, or ask for more."
            )
            detail.span.droppedEventsCount = 3
            detail.span.marks = [.droppedData, .endBeforeStart]
            detail.span.events = [
                SpanEvent(timeUnixNano: start + 1_200_000, name: "retry", attributes: [Attribute("attempt", .int(1))]),
                SpanEvent(
                    timeUnixNano: start + 900_000_000, name: "exception",
                    attributes: [
                        Attribute("exception.type", .string("RateLimitError")),
                        Attribute("exception.message", .string("Too many requests")),
                        Attribute(
                            "exception.stacktrace",
                            .string(
                                "Traceback\n"
                                    + (1...20).map { "  File \"a.py\", line \($0)\n\tcall()" }.joined(separator: "\n"))),
                    ], droppedAttributesCount: 2),
                SpanEvent(
                    timeUnixNano: nil, name: "gen_ai.choice", origin: .log,
                    body: .map([
                        Attribute("index", .int(0)),
                        Attribute("message", .map([Attribute("content", .string("It is"))])),
                    ]),
                    severityNumber: 9),
            ]
            detail.span.links = [
                SpanLink(
                    traceID: detail.span.traceID, spanID: SpanID(7), attributes: [Attribute("why", .string("retry"))]),
                SpanLink(traceID: TraceID(high: 1, low: 2), spanID: SpanID(8), traceState: "a=1", flags: 257),
            ]
            detail.span.resource = Resource(
                attributes: [Attribute("service.name", .string("shop")), Attribute("host.name", .string("h1"))],
                schemaURL: "https://opentelemetry.io/schemas/1.30.0")
            detail.span.scope = InstrumentationScope(name: "opentelemetry.instrumentation.openai_v2", version: "2.1b0")
        }
    }
}

extension SpanFixtures {
    /// A plain HTTP call, no agent's doing.
    static var http: SpanDetail {
        detail("GET /orders/{id}", .other, lasting: 12_300_000) { detail in
            detail.span.attributes = [
                Attribute("http.request.method", .string("GET")), Attribute("http.response.status_code", .int(200)),
            ]
        }
    }

    /// A retrieval with scored documents and a judgement.
    static var retrieval: SpanDetail {
        detail("retrieve", .retrieval, lasting: 45_000_000) { detail in
            detail.content.inputValue = "opening hours on Sunday"
            detail.content.documents = [
                RetrievedDocument(id: "doc-1", score: 0.91, content: "Closed on Sunday.", metadata: "{\"page\": 3}"),
                RetrievedDocument(id: nil, score: nil, content: nil),
                RetrievedDocument(id: "doc-3", score: 0, content: ""),
            ]
            detail.content.evaluations = [
                Evaluation(name: "relevance", score: 0, label: "poor", explanation: "The second has no text."),
                Evaluation(name: "groundedness"),
            ]
        }
    }

    /// Content in many scripts, and text that would harm a terminal.
    static var hostile: SpanDetail {
        detail("名前 \u{1B}]0;owned\u{7} 👩‍💻", .llm) { detail in
            detail.facts.errorType = "\u{1B}[31mred"
            detail.facts.isError = true
            detail.content.inputMessages = [
                Message(role: "us\u{202E}er", parts: [.text("你好世界，订单七七三一什么时候到？\tأين الطلب")]),
                Message(
                    role: "user",
                    parts: [
                        .text("a\u{0}b\u{1B}[2Jc\u{200B}d\r\ne\rf"), .text(String(repeating: "👩‍👩‍👧‍👦🇩🇪e\u{301}", count: 60)),
                    ]),
                Message(
                    role: "tool",
                    parts: [
                        .toolResult(id: "\u{1B}c", result: #"{"k\u001b[31m": "\ud83d lone, \ud83d\ude00 pair\u0000"}"#)
                    ]),
            ]
            detail.span.attributes = [
                Attribute("", .string("empty key")),
                Attribute("zalgo", .string("Z" + String(repeating: "\u{301}", count: 500) + "algo")),
            ]
        }
    }

    /// Every way of having no value, side by side.
    static var nothings: SpanDetail {
        detail("chat", .llm) { detail in
            detail.content.inputMessages = [
                Message(role: "tool", parts: [.toolResult(id: "c1", result: nil)]),
                Message(role: "tool", parts: [.toolResult(id: "c2", result: "null")]),
                Message(role: "tool", parts: [.toolResult(id: "c3", result: "")]),
                Message(role: "tool", parts: [.toolResult(id: "c4", result: "0")]),
                Message(role: "tool", parts: [.redacted]),
                Message(role: "user", parts: []),
                Message(role: "user", parts: [.media(modality: "image", mimeType: "image/png", reference: "12.3KB")]),
                Message(role: "assistant", parts: [.toolCall(id: nil, name: nil, arguments: nil)]),
                Message(role: "assistant", parts: [.toolCall(id: nil, name: "f", arguments: "not JSON {")]),
            ]
        }
    }
}
