import Basics
import Foundation
import TestSupport
import Testing
import TraceDialect
import TraceIngest
import TraceModel

@Suite("Decoders under mutation")
struct FuzzTests {
    /// Rounds a decoder is put through; the environment can ask for many more.
    static let rounds = ProcessInfo.processInfo.environment["SPANDREL_FUZZ_ROUNDS"].flatMap { Int($0) } ?? 150

    /// Small documents of every shape that the decoder knows.
    static let seeds: [[UInt8]] = {
        let span = """
            {"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","parentSpanId":"",
            "name":"chat \\u00e9\\ud83d\\ude00","kind":"SPAN_KIND_CLIENT","startTimeUnixNano":"17","endTimeUnixNano":19,
            "attributes":[{"key":"gen_ai.input.messages","value":{"stringValue":
            "[{\\"role\\":\\"user\\",\\"parts\\":[{\\"type\\":\\"text\\",\\"content\\":\\"hi\\"}]}]"}},
            {"key":"a","value":{"arrayValue":{"values":[{"intValue":"1"},{"kvlistValue":{"values":[
            {"key":"k","value":{"doubleValue":1.5e3}}]}}]}}},{"key":"b","value":{"bytesValue":"AAH/"}}],
            "events":[{"timeUnixNano":"18","name":"First Token Stream Event"}],
            "links":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331"}],"status":{"code":1}}
            """
        let document =
            #"{"resourceSpans":[{"resource":{},"scopeSpans":[{"spans":[\#(span),\#(span)],"schemaUrl":"s"}]}]}"#
        let logs =
            #"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"0af7651916cd43dd8448eb211c80319c","#
            + #""spanId":"b7ad6b7169203331","eventName":"gen_ai.choice","body":{"kvlistValue":{"values":[]}}}]}]}]}"#
        let lines = [document, logs, #"{"resourceMetrics":[{}]}"#, document]
            .map { $0.replacing("\n", with: "") }.joined(separator: "\n")
        return [document, "[\(document),\(logs)]", lines].map { Array($0.utf8) }
    }()

    /// Bodies in protobuf, out of the recordings, and one made by hand.
    static let wireSeeds: [[UInt8]] = {
        let paths = ["clients/pydanticai/001_traces.pb", "clients/oaiv2/005_logs.pb", "clients/openinf/001_traces.pb"]
        let recorded = paths.compactMap { FileManager.default.contents(atPath: Recordings.path($0)) }.map {
            [UInt8]($0)
        }
        let made = WireWriter { body in
            body.message(1) { group in
                group.message(2) { scope in
                    scope.message(2) { span in
                        span.data(1, [UInt8](repeating: 7, count: 16))
                        span.data(2, [UInt8](repeating: 7, count: 8))
                        span.text(5, "name")
                        span.fixed64(7, 1)
                        span.fixed64(8, 2)
                    }
                }
            }
        }.bytes
        return recorded + [made]
    }()

    /// One to four changes: bits flipped, bytes cut, doubled, or taken from another document.
    private func mutate(_ seed: [UInt8], _ others: [[UInt8]], using random: inout SplitMix64) -> [UInt8] {
        var bytes = seed
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            let count = min(Int.random(in: 1...64, using: &random), bytes.count - index)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 2: bytes.removeSubrange(index..<index + count)
            case 3: bytes.insert(contentsOf: bytes[index..<index + count], at: index)
            case 4: bytes.removeSubrange(index...)
            default:
                let other = others.randomElement(using: &random) ?? seed
                let start = Int.random(in: 0..<other.count, using: &random)
                bytes.insert(contentsOf: other[start...].prefix(200), at: index)
            }
        }
        return bytes
    }

    /// Decodes, and lets the dialect read whatever came out.
    private func exercise(_ bytes: [UInt8], name: String, format: InputFormat?) throws {
        let decoded = try Decoded(bytes, name: name, format: format, batchSize: 7)
        for rejection in decoded.rejects {
            let offset = try #require(rejection.byteOffset)
            #expect(offset >= 0 && offset <= Int64(bytes.count))
            #expect(!rejection.reason.isEmpty)
        }
        // Each record needs some bytes of its own, and each fault too; an empty input is a fault.
        #expect(decoded.spans.count + decoded.logs.count + decoded.rejects.count <= max(bytes.count, 1))
        #expect(!decoded.spans.isEmpty || !decoded.logs.isEmpty || !decoded.rejects.isEmpty || decoded.isQuiet)
        for span in decoded.spans {
            #expect(span.traceID.isValid && span.spanID.isValid)
            _ = Dialect.facts(of: span)
            _ = Dialect.content(of: span)
            let (text, isComplete) = Dialect.searchText(of: span, limit: 100)
            #expect(text.utf8.count <= 100)
            #expect(isComplete || text.utf8.count > 90)
        }
    }

    @Test("JSON: no trap, offsets in range, work bounded")
    func json() throws {
        var random = SplitMix64(seed: 42)
        for round in 0..<Self.rounds {
            let bytes = mutate(Self.seeds[round % Self.seeds.count], Self.seeds, using: &random)
            try exercise(bytes, name: "x.json", format: .otlpJSON)
        }
    }

    @Test("protobuf: no trap, offsets in range, work bounded")
    func protobuf() throws {
        var random = SplitMix64(seed: 43)
        for round in 0..<Self.rounds {
            let bytes = mutate(Self.wireSeeds[round % Self.wireSeeds.count], Self.wireSeeds, using: &random)
            try exercise(bytes, name: "x.pb", format: .otlpProtobuf)
        }
    }

    @Test("anything at all, by content")
    func anything() throws {
        var random = SplitMix64(seed: 44)
        let seeds = Self.seeds + Self.wireSeeds
        for _ in 0..<Self.rounds {
            let seed = seeds.randomElement(using: &random) ?? []
            try exercise(mutate(seed, seeds, using: &random), name: "x", format: nil)
            let noise = (0..<Int.random(in: 0...300, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            try exercise(noise, name: "x", format: nil)
        }
    }
}

extension Decoded {
    /// Whether the input held something that is neither stored nor rejected, or nothing by right.
    var isQuiet: Bool {
        summary.skippedLogs > 0 || summary.skippedMetricGroups > 0 || summary.bytesDecoded > 0
    }
}
