import Basics
import FastJSON
import TestSupport
import TraceModel

/// Made-up traces of agents with all that goes wrong in real ones.
struct RandomTrace {
    private var random: SplitMix64
    private let traceID: TraceID
    private(set) var spans: [Span] = []

    private static let texts = [
        "", "yes", "Look it up.", "line\nbreak\ttab", "\u{0}\u{1B}[31m\u{7F}\u{85}", "\"quoted\" \\ back",
        "𝄞 é ‮ \u{2028}",
        "{\"a\": 1}", "[1, 2", "  blank  ", "null", "__REDACTED__", "[STRIPE_KEY#a1b2]", "</script><b>",
    ]
    private static let names = ["planner", "worker", "critic", "größe", "a/b"]
    private static let arguments = [
        "{}", "{\"q\": \"x\", \"n\": 1.50, \"big\": 12345678901234567890}", "[1]", "\"text\"", "no json", "",
        "{\"a\":{\"b\":[null,true]}}",
    ]

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        traceID = TraceID(high: 7, low: seed + 1)
        let count = Int.random(in: 1...24, using: &random)
        for number in 1...count { add(UInt64(number)) }
        if chance(8) { spans.shuffle(using: &random) }
    }

    private mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &random) == 0 }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    private mutating func add(_ number: UInt64) {
        var parent: SpanID? = number == 1 || chance(12) ? nil : SpanID(UInt64.random(in: 1..<number, using: &random))
        if chance(16) { parent = SpanID(UInt64.random(in: 1...40, using: &random)) }
        let start: Int64? =
            chance(8) ? nil : pick([0, -5, 1_795_000_000_000_000_000, .max, .min]) ^ Int64(number * 1_001)
        let end = chance(6) ? nil : start.map { $0 &+ Int64.random(in: -5...2_000_000_000, using: &random) }
        let id = chance(20) ? SpanID(1) : SpanID(number)
        var span = Span(
            traceID: traceID, spanID: id, parentSpanID: parent,
            name: pick(["x", "chat m", "execute_tool f", "\u{1B}"]),
            startUnixNano: start, endUnixNano: end)
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1: span.attributes = modelCall()
        case 2, 3: span.attributes = toolRun()
        case 4: span.attributes = agent()
        default: span.attributes = [Attribute("input.value", .string(pick(Self.texts)))]
        }
        if chance(5) { span.status = SpanStatus(.error, message: pick(Self.texts)) }
        if chance(9) { span.attributes.append(Attribute("gen_ai.conversation.id", .string(pick(Self.texts)))) }
        spans.append(span)
    }

    private mutating func agent() -> [Attribute] {
        [
            Attribute("gen_ai.operation.name", "invoke_agent"),
            Attribute("gen_ai.agent.name", .string(pick(Self.names))),
            Attribute("input.value", .string(pick(Self.texts))), Attribute("output.value", .string(pick(Self.texts))),
        ]
    }

    private mutating func toolRun() -> [Attribute] {
        var attributes = [
            Attribute("gen_ai.operation.name", "execute_tool"),
            Attribute("gen_ai.tool.name", .string(pick(["f", "g", ""]))),
            Attribute("gen_ai.tool.call.arguments", .string(pick(Self.arguments))),
        ]
        if !chance(4) {
            // Most results are told from each other, so that none can be lost behind another.
            let result = pick(Self.texts) + (chance(3) ? "" : " \(random.next())")
            attributes.append(Attribute("gen_ai.tool.call.result", .string(result)))
        }
        if !chance(3) { attributes.append(Attribute("gen_ai.tool.call.id", .string(callID()))) }
        return attributes
    }

    private mutating func callID() -> String { pick(["c1", "c2", "c3", "c4", "c5", ""]) }

    private mutating func modelCall() -> [Attribute] {
        var attributes = [
            Attribute("gen_ai.operation.name", "chat"), Attribute("gen_ai.request.model", .string(pick(["m", "n"]))),
        ]
        let inputs = (0..<Int.random(in: 0...5, using: &random)).map { _ in message(isInput: true) }
        if !inputs.isEmpty {
            attributes.append(Attribute("gen_ai.input.messages", .string(JSONValue.array(inputs).text())))
        }
        if !chance(5) {
            let output = JSONValue.array([message(isInput: false)])
            attributes.append(Attribute("gen_ai.output.messages", .string(output.text())))
        }
        for name in ["input_tokens", "output_tokens", "cache_read.input_tokens", "cost", "reasoning_tokens"]
        where chance(2) {
            let count = pick([0, 1, 12, -3, .max] as [Int64])
            attributes.append(Attribute("gen_ai.usage." + name, chance(4) ? .double(0.1 + Double(count)) : .int(count)))
        }
        if chance(6) {
            attributes.append(Attribute("gen_ai.tool.definitions", .string(pick(["[{\"name\":\"f\"}]", "[1]", "{"]))))
        }
        if chance(7) { attributes.append(Attribute("gen_ai.agent.name", .string(pick(Self.names)))) }
        return attributes
    }

    private mutating func message(isInput: Bool) -> JSONValue {
        let role = isInput ? pick(["system", "user", "assistant", "tool", "odd"]) : "assistant"
        let parts = (0..<Int.random(in: 0...3, using: &random)).map { _ in part() }
        return ["role": .string(role), "parts": .array(parts)]
    }

    private mutating func part() -> JSONValue {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return ["type": "reasoning", "content": .string(pick(Self.texts))]
        case 1, 2:
            return [
                "type": "tool_call", "id": .string(callID()), "name": .string(pick(["f", "g", ""])),
                "arguments": .string(pick(Self.arguments)),
            ]
        case 3: return ["type": "tool_call_response", "id": .string(callID()), "response": .string(pick(Self.texts))]
        case 4:
            return [
                "type": "uri", "modality": "image", "mime_type": .string(pick(["image/png", "audio/wav", "image/x"])),
                "uri": "https://x/1",
            ]
        case 5: return ["type": "odd", "value": .string(pick(Self.texts))]
        default:
            let text = pick(Self.texts) + (chance(3) ? "" : " \(random.next())")
            return ["type": "text", "content": .string(text)]
        }
    }
}

extension Attribute {
    fileprivate init(_ key: String, _ text: String) {
        self.init(key, .string(text))
    }
}
