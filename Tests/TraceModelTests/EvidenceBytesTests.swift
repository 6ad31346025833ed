import Basics
import TestSupport
import Testing
import TraceModel

@Suite("Stored form of evidence")
struct EvidenceBytesTests {
    private func decoded(_ bytes: [UInt8]) -> SpanEvidence? {
        bytes.withUnsafeBytes { SpanEvidence(bytes: $0) }
    }

    private func text(_ random: inout SplitMix64) -> String {
        ["", "search", "日本語 👩‍💻", "call_9", "{\"a\": null}"].randomElement(using: &random) ?? ""
    }

    private func digest(_ random: inout SplitMix64) -> PayloadDigest {
        PayloadDigest(
            content: PayloadDigest.Content.allCases.randomElement(using: &random) ?? .value,
            byteCount: Int.random(in: 0...1 << 40, using: &random),
            forms: (0..<Int.random(in: 0...6, using: &random)).map { _ in UInt64.random(in: 0...(.max), using: &random)
            },
            preview: text(&random), saysTruncated: Bool.random(using: &random),
            prefixes: (0..<Int.random(in: 0...3, using: &random)).map { _ in
                UInt64.random(in: 0...(.max), using: &random)
            })
    }

    private func evidence(_ random: inout SplitMix64) -> SpanEvidence {
        func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &random) ? value : nil }
        var evidence = SpanEvidence()
        evidence.role = maybe(text(&random))
        evidence.attempt = maybe(Int.random(in: -5...5, using: &random))
        evidence.attemptReason = maybe(.critic)
        evidence.handOff = maybe(HandOff(from: nil, to: "worker"))
        evidence.promptDigest = maybe(UInt64.random(in: 0...(.max), using: &random))
        evidence.input = maybe(digest(&random))
        evidence.isAccepted = maybe(Bool.random(using: &random))
        evidence.stepNumber = maybe(Int64.random(in: .min...(.max), using: &random))
        evidence.isStep = Bool.random(using: &random)
        evidence.phase = maybe(.retrieval)
        evidence.queueNanos = maybe(.max)
        evidence.toolCallID = maybe(text(&random))
        evidence.requestedCalls = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            ToolCallRequest(id: maybe(text(&random)), name: maybe(text(&random)), arguments: maybe(digest(&random)))
        }
        evidence.deliveredResults = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            ToolCallDelivery(id: maybe(text(&random)), name: maybe(text(&random)), result: maybe(digest(&random)))
        }
        evidence.offeredTools = maybe([])
        evidence.result = maybe(digest(&random))
        evidence.answerAdmitsGap = Bool.random(using: &random)
        evidence.declaredCounts = [DeclaredCount(.toolCalls, 47, key: "agent.children.expected")]
        evidence.droppedLinks = Int.random(in: 0...9, using: &random)
        evidence.statedTotalTokens = maybe(0)
        evidence.responseID = maybe(text(&random))
        evidence.finishReasons = ["stop"]
        return evidence
    }

    @Test("comes back as it was")
    func roundTrip() {
        var random = SplitMix64(seed: 41)
        for _ in 0..<500 {
            let evidence = evidence(&random)
            #expect(decoded(evidence.bytes) == evidence)
        }
    }

    @Test("nothing recorded takes one byte, and no list differs from an empty one")
    func absent() {
        #expect(SpanEvidence().bytes.count == 1)
        var evidence = SpanEvidence()
        evidence.offeredTools = []
        #expect(decoded(evidence.bytes)?.offeredTools == [])
        #expect(decoded(SpanEvidence().bytes)?.offeredTools == nil)
    }

    @Test("broken bytes give nothing, or something that can be stored again")
    func broken() {
        var random = SplitMix64(seed: 43)
        var refused = 0
        for _ in 0..<2_000 {
            var bytes = evidence(&random).bytes
            let place = Int.random(in: 0..<bytes.count, using: &random)
            if Bool.random(using: &random) {
                bytes[place] = UInt8.random(in: 0...255, using: &random)
            } else {
                bytes.removeSubrange(place...)
            }
            guard let read = decoded(bytes) else {
                refused += 1
                continue
            }
            #expect(decoded(read.bytes) == read)
        }
        #expect(refused > 200)
        #expect(decoded([]) == nil)
        #expect(decoded([9]) == nil)
    }
}
