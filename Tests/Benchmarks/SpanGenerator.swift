import Basics
import FastJSON
import TraceModel

/// Makes spans like those of agents with model and tool calls, about 2.5 KB each.
///
/// Every trace is an agent with one model call and two tool calls a step. The same seed gives the same spans.
struct SpanGenerator {
    /// How spans are shared out among traces.
    enum Layout {
        /// One trace of 10,000 spans, one of 1,000, all others of 24.
        case mixed
        /// Traces of one size.
        case even(Int)
    }

    private static let models = ["gpt-4o-mini", "gpt-4o", "claude-sonnet-4", "gemini-2.5-pro", "llama-3.3-70b"]
    private static let tools = ["web_search", "read_file", "run_python", "sql_query", "send_email"]
    private static let firstStart: Int64 = 1_760_000_000_000_000_000

    private let layout: Layout
    private let vocabulary: Vocabulary
    private var random: SplitMix64
    private var left: Int
    private var trace = 0
    private var start = SpanGenerator.firstStart

    init(count: Int, layout: Layout = .mixed, seed: UInt64 = 42) {
        self.layout = layout
        left = count
        vocabulary = Vocabulary(seed: seed)
        random = SplitMix64(seed: seed &+ 1)
    }

    /// The spans of the next trace; nil when all are made.
    mutating func nextTrace() -> [Span]? {
        guard left > 0 else { return nil }
        let size: Int
        switch layout {
        case .mixed: size = trace == 0 ? (left < 20_000 ? 1000 : 10_000) : trace == 1 ? 1000 : 24
        case .even(let count): size = count
        }
        let count = min(size, left)
        left -= count
        defer {
            trace += 1
            start += random.integer(1...4) * 100_000_000
        }
        return spans(count)
    }

    private mutating func spans(_ count: Int) -> [Span] {
        let traceID = TraceID(high: random.next(), low: random.next() | 1)
        let ids = (0..<count).map { _ in SpanID(random.next() | 1) }
        let model = SpanGenerator.models[Int(random.integer(0...4))]
        let session = "sess-\(trace / 3)"
        let agent = "agent-\(trace % 20)"
        let resource = Resource(attributes: [
            Attribute("service.name", .string("svc-\(trace % 4)")),
            Attribute("telemetry.sdk.language", .string("python")),
        ])
        var cursor = start + 1_000_000
        var lastCall = 0
        return (0..<count).map { index in
            let failed = random.integer(0...99) < 2
            let name: String
            let length: Int64
            var attributes: [Attribute]
            var parent = ids[0]
            let begin = index == 0 ? start : cursor
            if index == 0 {
                name = "invoke_agent " + agent
                length = Int64(count) * 40_000_000
                attributes = agentAttributes(agent, session)
            } else if index % 3 == 1 {
                lastCall = index
                name = "chat " + model
                length = random.integer(200_000_000...4_000_000_000)
                attributes = callAttributes(model, session, ids[index])
            } else {
                parent = ids[lastCall]
                let tool = SpanGenerator.tools[Int(random.integer(0...4))]
                name = "execute_tool " + tool
                length = random.integer(1_000_000...800_000_000)
                attributes = toolAttributes(tool, session, ids[index])
                if failed { attributes.append(Attribute("error.type", .string("TimeoutError"))) }
            }
            if index > 0 { cursor += 10_000_000 }
            return Span(
                traceID: traceID, spanID: ids[index], parentSpanID: index == 0 ? nil : parent, name: name,
                otelKind: index % 3 == 1 && index > 0 ? .client : .internal, startUnixNano: begin,
                endUnixNano: begin + length,
                status: failed ? SpanStatus(.error, message: "tool timed out") : SpanStatus(), attributes: attributes,
                resource: resource, scope: InstrumentationScope(name: "bench", version: "1"))
        }
    }

    private mutating func agentAttributes(_ agent: String, _ session: String) -> [Attribute] {
        [
            Attribute("gen_ai.operation.name", .string("invoke_agent")),
            Attribute("gen_ai.agent.name", .string(agent)), Attribute("gen_ai.conversation.id", .string(session)),
            Attribute("input.value", .string(vocabulary.text(60, &random))),
            Attribute("output.value", .string(vocabulary.text(90, &random))),
        ]
    }

    private mutating func callAttributes(_ model: String, _ session: String, _ id: SpanID) -> [Attribute] {
        let system = vocabulary.text(60, &random)
        let user = vocabulary.text(150, &random)
        let answer = vocabulary.text(170, &random)
        let query = vocabulary.text(8, &random)
        let tool = SpanGenerator.tools[Int(random.integer(0...4))]
        // The words hold nothing that JSON would escape.
        let input =
            #"[{"role":"system","parts":[{"type":"text","content":"\#(system)"}]},"#
            + #"{"role":"user","parts":[{"type":"text","content":"\#(user)"}]}]"#
        let output =
            #"[{"role":"assistant","parts":[{"type":"text","content":"\#(answer)"},{"type":"tool_call","#
            + #""id":"call_\#(id.hex)","name":"\#(tool)","arguments":{"q":"\#(query)"}}],"finish_reason":"tool_calls"}]"#
        return [
            Attribute("gen_ai.operation.name", .string("chat")), Attribute("gen_ai.provider.name", .string("openai")),
            Attribute("gen_ai.request.model", .string(model)),
            Attribute("gen_ai.response.model", .string(model + "-2025")),
            Attribute("gen_ai.request.temperature", .double(0.7)), Attribute("gen_ai.request.max_tokens", .int(1024)),
            Attribute("gen_ai.response.id", .string("chatcmpl-" + id.hex)),
            Attribute("gen_ai.usage.input_tokens", .int(random.integer(200...6000))),
            Attribute("gen_ai.usage.output_tokens", .int(random.integer(5...900))),
            Attribute("gen_ai.response.finish_reasons", .array([.string("tool_calls")])),
            Attribute("gen_ai.conversation.id", .string(session)),
            Attribute("gen_ai.input.messages", .string(input)), Attribute("gen_ai.output.messages", .string(output)),
        ]
    }

    private mutating func toolAttributes(_ tool: String, _ session: String, _ id: SpanID) -> [Attribute] {
        [
            Attribute("gen_ai.operation.name", .string("execute_tool")),
            Attribute("gen_ai.tool.name", .string(tool)), Attribute("gen_ai.tool.call.id", .string("call_" + id.hex)),
            Attribute("gen_ai.conversation.id", .string(session)),
            Attribute("gen_ai.tool.call.arguments", .string(#"{"q":"\#(vocabulary.text(20, &random))"}"#)),
            Attribute("gen_ai.tool.call.result", .string(vocabulary.text(250, &random))),
        ]
    }
}
