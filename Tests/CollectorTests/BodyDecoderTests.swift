import Testing

@testable import Collector

@Suite("Bodies are decompressed for the record")
struct BodyDecoderTests {
    @Test("gzip and bare deflate are read, wherever they are cut", arguments: [1, 2, 7, 100, 10_000])
    func pieces(size: Int) {
        for body in [CompressedBody.gzip, CompressedBody.bareDeflate] {
            let decoder = BodyDecoder(limit: 1 << 20)
            var plain: [UInt8] = []
            for start in stride(from: 0, to: body.count, by: size) {
                plain += decoder.decode(Array(body[start..<min(start + size, body.count)]))
            }
            #expect(decoder.fault == nil)
            #expect(String(decoding: plain, as: UTF8.self).hasSuffix("data: [DONE]\n\n"))
        }
    }

    @Test("Two members follow each other")
    func members() {
        let decoder = BodyDecoder(limit: 1 << 20)
        let once = BodyDecoder(limit: 1 << 20).decode(CompressedBody.gzip)
        #expect(decoder.decode(CompressedBody.gzip + CompressedBody.gzip) == once + once)
    }

    @Test("Damage and a flood end the record with a sentence, not the program")
    func faults() {
        let damaged = BodyDecoder(limit: 1 << 20)
        var body = CompressedBody.gzip
        for index in 40..<60 { body[index] ^= 0x5A }
        _ = damaged.decode(body)
        #expect(damaged.fault?.contains("could not be decompressed") ?? false)
        #expect(damaged.decode(CompressedBody.gzip).isEmpty)
        let small = BodyDecoder(limit: 10)
        #expect(small.decode(CompressedBody.gzip).count == 10)
        #expect(small.fault?.contains("limit") ?? false)
    }

    @Test("Codings are told apart")
    func codings() {
        #expect(BodyDecoder.Coding(header: nil) == .identity)
        #expect(BodyDecoder.Coding(header: "identity") == .identity)
        #expect(BodyDecoder.Coding(header: "GZIP") == .zlib)
        #expect(BodyDecoder.Coding(header: "deflate") == .zlib)
        #expect(BodyDecoder.Coding(header: "br") == .unknown("br"))
        #expect(BodyDecoder.Coding(header: "gzip, br") == .unknown("gzip, br"))
    }
}
