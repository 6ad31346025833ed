import Basics
import Foundation
import StreamDecoding
import TestSupport
import Testing
import TraceModel

@Suite("Streams under mutation")
struct StreamFuzzTests {
    /// Rounds a decoder is put through; the environment can ask for many more.
    static let rounds = ProcessInfo.processInfo.environment["SPANDREL_FUZZ_ROUNDS"].flatMap { Int($0) } ?? 150

    static let seeds: [[UInt8]] = [
        "\u{FEFF}: c\r\nevent: message_start\r\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\"}}\r\n\r\n"
            + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"é\\ud83d\"}}\n\n"
            + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"\\ude00\"}}\n\n"
            + "event: error\ndata: {\"type\":\"error\",\"error\":{\"message\":\"x\"}}\n\n",
        "data: {\"choices\":[{\"index\":2,\"delta\":{\"content\":\"a\",\"tool_calls\":[{\"index\":0,\"id\":\"i\",\"function\":"
            + "{\"name\":\"f\",\"arguments\":\"{\"}}]}}]}\r\rdata: {\"choices\":[],\ndata: \"usage\":{\"prompt_tokens\":9223372036854775807,"
            + "\"completion_tokens\":9223372036854775807,\"total_tokens\":1,\"completion_tokens_details\":{\"reasoning_tokens\":9}}}\n\ndata: [DONE]",
        "[{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\"}},{\"functionCall\":{\"partialArgs\":"
            + "[{\"jsonPath\":\"$.a[3].b\",\"numberValue\":1}]}}]}}]},\n{\"usageMetadata\":{\"thoughtsTokenCount\":9223372036854775807,\"candidatesTokenCount\":7}}]",
        "{\"type\":\"response.output_text.delta\",\"output_index\":0,\"content_index\":0,\"delta\":\"x\"}\n"
            + "{\"type\":\"response.output_item.done\",\"output_index\":1,\"item\":{\"type\":\"mcp_call\",\"arguments\":\"{}\",\"output\":\"o\"}}\n",
        "{\"model\":\"m\",\"created_at\":\"2026-08-07T06:08:14.9Z\",\"message\":{\"content\":\"x\"},\"done\":false}\n",
        "{\"contentBlockStart\":{\"contentBlockIndex\":0,\"start\":{\"toolUse\":{\"name\":\"f\"}}}}\n{\"type\":\"content-delta\",\"delta\":{\"message\":{\"content\":{\"text\":\"x\"}}}}",
    ].map { Array($0.utf8) }

    private func mutate(_ seed: [UInt8], using random: inout SplitMix64) -> [UInt8] {
        var bytes = seed
        for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            let count = min(Int.random(in: 1...40, using: &random), bytes.count - index)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes.removeSubrange(index..<index + count)
            case 2: bytes.insert(contentsOf: bytes[index..<index + count], at: index)
            case 3: bytes[index] = UInt8.random(in: 0...255, using: &random)
            default: bytes.removeSubrange(index...)
            }
        }
        return bytes
    }

    @Test("random cuts give the chunks of one piece, whatever the bytes")
    func cuts() {
        var random = SplitMix64(seed: 71)
        for round in 0..<Self.rounds {
            let bytes = mutate(Self.seeds[round % Self.seeds.count], using: &random)
            var whole = StreamAssembler()
            whole.append(bytes, offsetNanos: nil)
            let expected = whole.finish()
            var cut = StreamAssembler()
            var index = 0
            while index < bytes.count {
                let count = min(Int.random(in: 1...20, using: &random), bytes.count - index)
                cut.append(bytes[index..<index + count], offsetNanos: nil)
                index += count
            }
            let response = cut.finish()
            #expect(response == expected)
            #expect(cut.chunks == whole.chunks)
            _ = ModelCallSpan.attributes(request: nil, response: response)
        }
    }

    @Test("noise never traps, and requests of noise neither")
    func noise() {
        var random = SplitMix64(seed: 72)
        for _ in 0..<Self.rounds {
            let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            for hint in [nil, WireProtocol.openAIChat, .bedrockConverse] {
                let response = AssembledResponse(body: bytes, protocol: hint)
                #expect(response.messages.isEmpty)
            }
            let seed = mutate(Self.seeds.randomElement(using: &random) ?? [], using: &random)
            let path = String(decoding: bytes.prefix(20), as: UTF8.self)
            #expect(ModelRequest(method: "POST", host: path, path: path, body: seed).messages.count <= seed.count)
        }
    }
}
