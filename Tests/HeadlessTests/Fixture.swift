import TraceModel
import TraceQuery

/// A small trace: a root, a model call under it, an orphan with a child, and unknown figures.
enum Fixture {
    static let traceID = TraceID(high: 0x7f3a_0000_0000_0001, low: 2)

    static var summary: TraceSummary {
        var summary = TraceSummary(traceID: traceID)
        summary.name = "answer \"ticket\", 7"
        summary.startUnixNano = 1_795_000_000_123_456_789
        summary.durationNanos = 8_400_000_000
        summary.spanCount = 4
        summary.errorCount = 1
        summary.services = ["desk", "ledger"]
        summary.agents = ["planner"]
        summary.models = ["gpt-4.1-2025-04-14"]
        summary.tokensInput = 1210
        summary.tokensOutput = nil
        summary.session = ""
        return summary
    }

    static var structure: TraceStructure {
        var names = NameTable()
        let start: Int64 = 1_795_000_000_000_000_000
        var root = SpanRow(arrival: 10, spanID: SpanID(0xa1), parentSpanID: nil, name: names.intern("answer"))
        root.kind = .agent
        root.agent = names.intern("planner")
        root.agentSource = .declared
        root.startUnixNano = start
        root.endUnixNano = start + 8_000_000_000
        root.status = .ok
        var call = SpanRow(arrival: 11, spanID: SpanID(0xa2), parentSpanID: SpanID(0xa1), name: names.intern("chat"))
        call.kind = .llm
        call.agent = names.index(of: "planner")
        call.agentSource = .inherited
        call.modelRequested = names.intern("gpt-4.1")
        call.modelResolved = names.intern("gpt-4.1-2025-04-14")
        call.startUnixNano = start + 1_000_000_000
        call.endUnixNano = start + 3_000_000_000
        call.tokensInput = 1210
        call.tokensOutput = 0
        call.isError = true
        call.status = .error
        var orphan = SpanRow(arrival: 12, spanID: SpanID(0xb1), parentSpanID: SpanID(0xff), name: names.intern("fetch"))
        orphan.kind = .tool
        orphan.startUnixNano = start + 4_000_000_000
        orphan.isCancelled = true
        var child = SpanRow(arrival: 13, spanID: SpanID(0xb2), parentSpanID: SpanID(0xb1), name: names.intern("GET"))
        child.startUnixNano = start + 5_000_000_000
        child.endUnixNano = start + 5_000_000_250
        return TraceStructure(summary: summary, names: names, spans: [root, call, orphan, child])
    }

    static var detail: SpanDetail {
        let structure = structure
        var span = Span(
            traceID: traceID, spanID: SpanID(0xb1), parentSpanID: SpanID(0xff), name: "fetch",
            startUnixNano: 1_795_000_004_000_000_000, endUnixNano: nil)
        span.attributes = [
            Attribute("gen_ai.tool.name", .string("fetch")), Attribute("n", .int(9_007_199_254_740_993)),
            Attribute("n", .double(.nan)), Attribute("raw", .bytes([0xFB, 0xFF])),
            Attribute("list", .array([.bool(true), .empty, .map([Attribute("k", .double(0.5))])])),
        ]
        span.events = [
            SpanEvent(timeUnixNano: 1_795_000_004_000_000_001, name: "retry", attributes: [Attribute("n", .int(1))])
        ]
        span.links = [SpanLink(traceID: traceID, spanID: SpanID(0xa1))]
        span.resource = Resource(attributes: [Attribute("service.name", .string("desk"))])
        span.scope = InstrumentationScope(name: "lib")
        var facts = SpanFacts(kind: .tool)
        facts.toolName = "fetch"
        facts.toolCallID = "call_9"
        var content = SpanContent()
        content.toolArguments = #"{"q":"order"}"#
        content.inputMessages = [
            Message(role: "user", parts: [.text("hi \u{1B}[31m\u{202E}")]),
            Message(role: "assistant", parts: [.toolCall(id: "call_9", name: "fetch", arguments: "{")]),
        ]
        return SpanDetail(
            row: structure.spans[2], names: structure.names, span: span, facts: facts, content: content)
    }
}
