import Basics
import TestSupport
import Testing
import TraceDialect
import TraceIngest
import TraceModel

@Suite("Importers of streams under mutation")
struct StreamImporterFuzzTests {
    private static let seeds: [(format: InputFormat, text: String)] = [
        (.sse, "event: x\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\ndata: [DONE]\n\n"),
        (
            .timedNDJSON,
            "{\"t_unix_ns\":9223372036854775807,\"bytes\":\"data: {}\\n\\n\"}\n{\"t_unix_ns\":-5,\"bytes\":\"x\"}\n"
        ),
        (
            .ollama,
            "{\"model\":\"m\",\"created_at\":\"2026-08-07T06:08:14.5Z\",\"message\":{\"content\":\"a\"},\"done\":true,"
                + "\"total_duration\":-9223372036854775808}\n"
        ),
        (
            .har,
            "{\"log\":{\"entries\":[{\"startedDateTime\":\"1700-01-01T00:00:00Z\",\"time\":1e11,\"request\":{\"url\":\"a://b/v1/messages\"},"
                + "\"response\":{\"content\":{\"encoding\":\"base64\",\"text\":\"ZGF0YTo=\"}},\"_webSocketMessages\":[{\"time\":1e300,\"data\":\"{}\"}]}]}}"
        ),
        (
            .vcr,
            "interactions:\n- request: {uri: a, parsed_body: [1, 2.5, true, null]}\n  response: {body: {string: !!binary aGk=}}\n"
        ),
        (.claudeStreamJSON, "{\"type\":\"stream_event\",\"event\":{\"type\":\"message_start\",\"message\":{}}}\n"),
        (.geminiResponses, "{\"method\":\"generateContentStream\",\"response\":[{\"candidates\":[]}]}\n"),
        (
            .langSmith,
            "{\"run_type\":\"llm\",\"start_time\":9e18,\"events\":[{\"name\":\"new_token\",\"time\":-1e18,\"kwargs\":{\"token\":\"a\"}}]}"
        ),
        (
            .whoAndWhen,
            "{\"question\":\"q\",\"mistake_step\":\"1\",\"history\":[{\"role\":\"human\",\"content\":\"a\"},"
                + "{\"role\":\"Orchestrator (-> B)\",\"content\":\"b\"},{\"role\":\"user\",\"name\":\"Computer_terminal\",\"content\":\"exitcode: 1\"}]}"
        ),
        (
            .adk,
            "{\"author\":\"a\",\"invocationId\":\"i\",\"partial\":true,\"timestamp\":-1e300,\"content\":{\"parts\":[{\"text\":\"x\"}]}}"
        ),
        (
            .mlflow,
            "{\"data\":{\"spans\":[{\"start_time\":-9223372036854775808,\"events\":[{\"name\":\"mlflow.chunk.item.0\","
                + "\"timestamp\":9223372036854775807,\"attributes\":{\"mlflow.chunk.value\":\"{}\"}}]}]}}"
        ),
    ]

    private func mutate(_ seed: [UInt8], using random: inout SplitMix64) -> [UInt8] {
        var bytes = seed
        for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            let count = min(Int.random(in: 1...40, using: &random), bytes.count - index)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(index..<index + count)
            case 2: bytes.insert(contentsOf: bytes[index..<index + count], at: index)
            default: bytes.removeSubrange(index...)
            }
        }
        return bytes
    }

    @Test("no trap; faults have a reason and a place")
    func mutations() throws {
        var random = SplitMix64(seed: 73)
        for round in 0..<FuzzTests.rounds {
            let (format, text) = Self.seeds[round % Self.seeds.count]
            let bytes = mutate(Array(text.utf8), using: &random)
            for format in [format, nil] {
                let decoded = try Decoded(bytes, name: "x", format: format)
                for reject in decoded.rejects {
                    #expect(!reject.reason.isEmpty)
                    #expect(reject.byteOffset != nil || reject.line != nil)
                }
                for stream in decoded.streams {
                    #expect(stream.span.spanID.isValid && stream.span.traceID.isValid && !stream.chunks.isEmpty)
                    _ = Dialect.facts(of: stream.span)
                }
            }
        }
    }
}
