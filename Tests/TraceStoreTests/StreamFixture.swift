import Basics
import TestSupport
import TraceModel

@testable import TraceStore

/// Streams made in code.
enum StreamFixture {
    /// A recorded response whose own span has ids that no other fixture has.
    static func recording(
        _ number: UInt64 = 1, response: String? = "resp-1", owner: StreamOwner? = nil,
        words: [String] = ["Hello", " you"],
        timing: TimingQuality = .measured
    ) -> PreparedStream {
        var span = Fixture.span(0xA000 + number, trace: 0x5000 + number, name: "chat recorded")
        var facts = SpanFacts(kind: .llm)
        if let response {
            span.attributes.append(Attribute("gen_ai.response.id", .string(response)))
            facts.responseID = response
        }
        var chunks = StreamChunks()
        for (index, word) in words.enumerated() {
            chunks.append(
                offsetNanos: timing == .none ? nil : Int64(index + 1) * 20_000_000, kind: .text, text: word.utf8)
        }
        let info = StreamInfo(
            startUnixNano: 5, durationNanos: 900_000_000, timing: timing, clock: "a clock", endCause: .finished,
            finishReason: "stop", tokensBilled: 12, source: "sse", remarks: ["odd \"it\" was"])
        return PreparedStream(
            RecordedStream(span: span, info: info, chunks: chunks, owner: owner ?? .responseID(response)),
            of: PreparedSpan(span: span, facts: facts, searchText: "quaggaword"))
    }

    /// A span of another source that received a response.
    static func call(
        _ id: UInt64, parent: UInt64? = nil, trace: UInt64 = 7, response: String = "resp-1", kind: SpanKind = .llm
    ) -> PreparedSpan {
        var prepared = Fixture.prepare(
            Fixture.span(
                id, parent: parent, trace: trace, name: "chat",
                attributes: [Attribute("gen_ai.response.id", .string(response))]))
        prepared.facts.kind = kind
        prepared.facts.responseID = response
        return prepared
    }

    /// Chunks with everything that a column can hold, in an order without sense.
    static func chunks(_ count: Int, seed: UInt64, isPlain: Bool = false) -> StreamChunks {
        var random = SplitMix64(seed: seed)
        var chunks = StreamChunks()
        var time: Int64 = 0
        let texts = ["a", "", "grün ", "订单", "👩‍💻", "{\"x\":", "\u{0}\n", "word "]
        for _ in 0..<count {
            time +=
                isPlain ? Int64.random(in: 1...40_000_000, using: &random) : Int64.random(in: -5...900, using: &random)
            let isKnown = isPlain || Int.random(in: 0..<9, using: &random) > 0
            let hasCall = !isPlain && Int.random(in: 0..<5, using: &random) == 0
            let kind = ChunkKind.allCases.randomElement(using: &random) ?? .text
            chunks.append(
                offsetNanos: isKnown ? time : nil, kind: isPlain ? .text : kind,
                text: (texts.randomElement(using: &random) ?? "").utf8,
                tokenCount: !isPlain && Bool.random(using: &random) ? Int.random(in: 0...3, using: &random) : nil,
                choiceIndex: !isPlain && Int.random(in: 0..<50, using: &random) == 0 ? 2 : 0,
                toolCall: hasCall
                    ? StreamToolCall(
                        index: Int.random(in: 0...2, using: &random), id: Bool.random(using: &random) ? "c" : nil)
                    : nil)
        }
        return chunks
    }
}
