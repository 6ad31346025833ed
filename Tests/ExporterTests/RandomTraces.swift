import Basics
import TestSupport
import TraceModel

/// Traces of agents with odd shapes, from a seed.
struct RandomTraces {
    private var generator: SplitMix64

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
    }

    private static let words = [
        "", "plain", "\"quoted\"", "back\\slash", "\u{1B}[31mred", "\u{202E}turned", "订单", "👩‍💻", "two\nlines",
        "<b>&amp;",
        "=1+1", "'; DROP TABLE span; --", "\u{2028}", "{\"a\":[1,null]}",
    ]

    mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }

    mutating func text() -> String { (0..<(1 + number(3))).map { _ in Self.words[number(Self.words.count)] }.joined() }

    /// Some traces, each a tree of spans with calls of models and tools, one of them with a stream.
    mutating func spans(_ count: Int) -> [Span] {
        (0..<count).flatMap { _ in trace() }
    }

    private mutating func trace() -> [Span] {
        let id = TraceID(high: generator.next() | 1, low: generator.next())
        let start = 1_700_000_000_000_000_000 + Int64(number(1_000_000)) * 1_000
        let resource = Resource(attributes: [
            Attribute("service.name", .string("svc" + text())), Attribute("host.name", .string("h\(number(3))")),
        ])
        var spans: [Span] = []
        for index in 0..<(1 + number(12)) {
            let parent = index == 0 || number(9) == 0 ? SpanID?.none : spans[number(index)].spanID
            let begin = start + Int64(index) * 1_000_000
            var span = Span(
                traceID: id, spanID: SpanID(generator.next() | 1), parentSpanID: parent, name: "step " + text(),
                otelKind: OTelSpanKind(rawValue: number(6)) ?? .internal, startUnixNano: begin,
                endUnixNano: number(8) == 0 ? Int64?.none : begin + Int64(number(5_000_000)),
                status: SpanStatus(
                    SpanStatus.Code(rawValue: number(3)) ?? .unset, message: number(4) == 0 ? text() : ""),
                attributes: attributes(index), resource: resource,
                scope: InstrumentationScope(name: "test", version: "1"))
            if span.endUnixNano == nil { span.marks.insert(.unfinished) }
            if number(3) == 0 {
                span.events = [SpanEvent(timeUnixNano: begin, name: "event", attributes: [Attribute("k", value(2))])]
            }
            if number(5) == 0 { span.links = [SpanLink(traceID: id, spanID: SpanID(UInt64(index) + 7))] }
            spans.append(span)
        }
        return spans
    }

    private mutating func attributes(_ index: Int) -> [Attribute] {
        let call = "call_\(index)"
        switch number(4) {
        case 0:
            return [
                Attribute("gen_ai.operation.name", .string("chat")), Attribute("gen_ai.request.model", .string("m1")),
                Attribute("gen_ai.usage.input_tokens", .int(Int64(number(900)))),
                Attribute(
                    "gen_ai.input.messages",
                    .string(#"[{"role":"user","parts":[{"type":"text","content":"ask \#(index)"}]}]"#)),
                Attribute(
                    "gen_ai.output.messages",
                    .string(
                        #"[{"role":"assistant","parts":[{"type":"tool_call","id":"\#(call)","name":"t","arguments":{"n":\#(index)}}]}]"#
                    )),
            ]
        case 1:
            return [
                Attribute("gen_ai.operation.name", .string("execute_tool")),
                Attribute("gen_ai.tool.name", .string("t")), Attribute("gen_ai.tool.call.id", .string(call)),
                Attribute("gen_ai.tool.call.result", .string(text())),
            ]
        case 2:
            return [
                Attribute("gen_ai.operation.name", .string("invoke_agent")),
                Attribute("gen_ai.agent.name", .string("agent \(number(3))")),
            ]
        default: return (0..<number(4)).map { Attribute("key \($0)", value(2)) }
        }
    }

    private mutating func value(_ depth: Int) -> AttributeValue {
        switch number(depth > 0 ? 8 : 6) {
        case 0: .empty
        case 1: .string(text())
        case 2: .bool(number(2) == 0)
        case 3: .int(Int64(truncatingIfNeeded: generator.next()))
        case 4: .double(Double(number(1 << 40)) / 8)
        case 5: .bytes((0..<number(5)).map { _ in UInt8(number(256)) })
        case 6: .array((0..<number(3)).map { _ in value(depth - 1) })
        default: .map((0..<number(3)).map { Attribute("m\($0)", value(depth - 1)) })
        }
    }
}
