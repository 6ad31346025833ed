import Foundation
import TestSupport
import Testing
import TraceDialect
import TraceModel

@testable import TraceIngest

/// Compressed, framed and archived input.
@Suite("Packed input")
struct PackedFileTests {
    private static func bytes(_ text: String) -> [UInt8] { Data(base64Encoded: text).map { [UInt8]($0) } ?? [] }

    /// A line of OTLP/JSON with one span, as libzstd compresses it.
    static let line = bytes(
        "KLUv/SCHVQMAgoYWGnC3Ot4nzI63CrFkaWWh02bZjCQh3FP6cRMHxGSTTTYPv/4KDF9cd7cY6ihqxzFqxVvpltSqRnvJmOTcGtdHlQIOInD5"
            + "ugu85mhAjpZPBusSMiJ4HQ+HfPFJBABPCaBWt1oKi3BzDA==")

    /// A sample of Inspect of 776 bytes with a pool and an attachment.
    static let sample = bytes(
        "KLUv/WAIAvULAEYVPSBQSdwGiM6YBJNWWlX7rcUywkHEZ20KEn+cGFAYVVUDAzAAMgA1AImjL6fOTcUS9HiCo6tTifCnc/1Bb+qw0o5vZZzs"
            + "41Nz9HZs0/HuzjUKMz0a6Ev6E+/Nbqm1xHdEGgxotZeV4x1tTrHzB2GyNV3ZuRwQ9PjeCdoAzLI6OiJ7dTVKdufxvTcNKVcZHyldeAWgoigw"
            + "ioJRFAaO4jg6W9lNV+ojkyzRTGmzco83lk2MIg6brB09QdCbUqkckxcveQLL6rFoq2LLeO8QQG+rB9yOcS+3VOfAuNvxnRNK4kYpNGOednxk"
            + "7mOSGFggBuocEqQZYwg4ICACYhTCe2QiL4JZborSBSS3iTdZZIHslhBPpQEi5C4PMKbLxI0qra35wG0GYztgNddFFjXo7XXT1tHnwhKbcWR3"
            + "qgNWFuYMTM3qKkUpDuLaxROXHXiKocgRxMwquxSwL9QirQB0FYpengfNmBtEsh/GiqqV6qZ9jLm/S44FgyuMV1vBKQE=")

    private func frame(_ bytes: [UInt8]) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (24 - 8 * $0)) } + bytes
    }

    @Test("zstd: one frame, several, behind lengths, cut and broken")
    func zstd() throws {
        #expect(try Decoded(Self.line, name: "x.jsonl.zst").spans.count == 1)
        let several = try Decoded(Self.line + Self.line, name: "x.zst")
        #expect(several.spans.count == 2 && several.rejects == [])
        let framed = try Decoded(frame(Self.line) + frame(Self.line), name: "x")
        #expect(framed.spans.count == 2 && framed.rejects == [])
        let cut = try Decoded(Array((Self.line + Self.line).dropLast(9)), name: "x.zst")
        #expect(cut.spans.count == 1 && cut.rejects.first?.reason.hasPrefix("broken zstd data: ") == true)
        var broken = Self.line
        broken[20] ^= 0xFF
        #expect(try Decoded(broken, name: "x.zst").rejects.first?.reason.contains("zstd") == true)
        let cutFrame = try Decoded(frame(Self.line) + frame(Self.line).dropLast(3), name: "x")
        #expect(cutFrame.spans.count >= 1 && cutFrame.rejects.count == 1, "\(cutFrame.rejects)")
    }

    @Test("protobuf behind lengths")
    func framedProtobuf() throws {
        let body = WireWriter { body in
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
        #expect(try Decoded(frame(body) + frame(body), name: "x.proto").spans.count == 2)
        #expect(try Decoded(body, name: "x.pb").spans.count == 1)
    }

    // MARK: Archives

    private struct Part {
        var name: String
        var packed: [UInt8]
        var size: Int
        var method = 93
    }

    private func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// A ZIP archive; `shift` moves the places that its directory states.
    private func zip(_ parts: [Part], shift: Int = 0, count: Int? = nil) -> [UInt8] {
        var out: [UInt8] = []
        var directory: [UInt8] = []
        for part in parts {
            let head = number(20, 2) + number(0, 2) + number(part.method, 2) + number(0, 8)
            let sizes = number(part.packed.count, 4) + number(part.size, 4)
            let offset = max(0, out.count - (out.isEmpty ? 0 : shift))
            directory += [0x50, 0x4B, 1, 2] + number(20, 2) + head + sizes + number(part.name.utf8.count, 2)
            directory += number(0, 12) + number(offset, 4) + Array(part.name.utf8)
            out += [0x50, 0x4B, 3, 4] + head + sizes + number(part.name.utf8.count, 2) + number(0, 2)
            out += Array(part.name.utf8) + part.packed
        }
        let place = out.count
        out += directory
        out += [0x50, 0x4B, 5, 6] + number(0, 4) + number(count ?? parts.count, 2) + number(count ?? parts.count, 2)
        return out + number(directory.count, 4) + number(place, 4) + number(0, 2)
    }

    private var log: Part {
        let text = Array(#"{"version":2,"eval":{"task":"quiz","run_id":"r","model":"openai/gpt"}}"#.utf8)
        return Part(name: "header.json", packed: text, size: text.count, method: 0)
    }

    private var sample: Part { Part(name: "samples/1_epoch_1.json", packed: Self.sample, size: 776) }

    @Test("an archive of Inspect with zstd, a pool, an attachment")
    func inspect() throws {
        for input in [
            try Decoded(zip([log, sample]), name: "x.eval"),
            try Decoded(InputFile(origin: .bytes(zip([log, sample]), name: "-"), size: nil)),
        ] {
            #expect(input.spans.count == 3 && input.rejects == [], "\(input.rejects)")
            let call = try #require(input.spans.first { Dialect.facts(of: $0).kind == .llm })
            let facts = Dialect.facts(of: call)
            #expect(facts.modelRequested == "gpt" && facts.tokens.input == 3 && facts.tokens.output == 2)
            #expect(Dialect.content(of: call).inputMessages.map(\.parts) == [[.text("long text")]])
            #expect(call.endUnixNano == 1_767_225_602_000_000_000)
            let agent = try #require(input.spans.first { Dialect.facts(of: $0).kind == .agent })
            #expect(Dialect.facts(of: agent).agentName == "helper" && call.parentSpanID == agent.spanID)
            let root = try #require(input.spans.first { $0.parentSpanID == nil })
            #expect(root.name == "quiz 1" && Dialect.content(of: root).evaluations.first?.label == "C")
        }
    }

    @Test("archives that lie: overlaps, sizes, methods, no directory, too many entries")
    func hostileArchives() throws {
        func reason(_ bytes: [UInt8]) throws -> String {
            let decoded = try Decoded(bytes, name: "x.eval")
            #expect(decoded.spans.isEmpty)
            return decoded.rejects.first?.reason ?? ""
        }
        #expect(try reason(zip([log, sample], shift: 60)).contains("overlap"))
        var bomb = sample
        bomb.size = 600 << 20
        #expect(try reason(zip([bomb])).contains("MiB"))
        var short = sample
        short.size = 700
        #expect(try Decoded(zip([short]), name: "x.eval").rejects.count == 1)
        var other = sample
        other.method = 14
        #expect(try reason(zip([other])).contains("method 14"))
        #expect(try reason(Array(zip([log, sample]).dropLast(40))).contains("without its directory"))
        #expect(try reason(zip([log, sample], count: 60_000)).contains("broken"))
        let whole = zip([log, sample])
        for cut in stride(from: 4, to: whole.count - 1, by: 7) {
            let decoded = try Decoded(Array(whole.prefix(cut)), name: "x.eval")
            #expect(decoded.spans.isEmpty && !decoded.rejects.isEmpty)
        }
    }
}
