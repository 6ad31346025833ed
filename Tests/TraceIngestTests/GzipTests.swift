import Foundation
import TestSupport
import Testing
import TraceIngest
import TraceModel

@Suite("Compressed input", .blocking)
struct GzipTests {
    /// The gzip form of bytes, by the program of that name.
    private func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        let file = try TemporaryFile(bytes, name: "plain")
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-nc", file.path]
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return [UInt8](data)
    }

    private func lines(_ count: Int) -> [UInt8] {
        let lines = (1...count).map { number in
            let digits = String(number, radix: 16)
            let id = String(repeating: "0", count: 16 - digits.count) + digits
            let ids = #""traceId":"\#(JSONRecordTests.traceID)","spanId":"\#(id)""#
            return JSONRecordTests.document(#""name":"span \#(number &* 2_654_435_761)""#, ids: ids)
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    @Test("reads gzip, whatever the name")
    func whole() throws {
        let plain = lines(3000)
        let packed = try gzip(plain)
        let decoded = try Decoded(packed, name: "x.dat")
        #expect(decoded.spans.count == 3000 && decoded.rejects.isEmpty)
        #expect(decoded.summary.bytesDecoded == Int64(plain.count))
        #expect(try Decoded(gzip(packed)).spans.count == 3000)
        // Two streams one after the other are one file.
        #expect(try Decoded(packed + packed).spans.count == 6000)
    }

    @Test("keeps what came out of a cut stream and says why it ended")
    func cut() throws {
        let packed = try gzip(lines(20_000))
        let decoded = try Decoded(Array(packed.prefix(packed.count / 2)))
        #expect(decoded.spans.count > 1000 && decoded.spans.count < 20_000)
        #expect(decoded.rejects.count == 1)
        let rejection = try #require(decoded.rejects.first)
        #expect(rejection.reason.hasPrefix("broken gzip data: unexpected end of file, after "), "\(rejection.reason)")
    }

    @Test("says that a stream is corrupt")
    func corrupt() throws {
        var packed = try gzip(lines(20_000))
        for index in packed.count / 2..<packed.count / 2 + 64 { packed[index] ^= 0x5A }
        let decoded = try Decoded(packed)
        #expect(decoded.spans.count < 20_000)
        #expect(decoded.rejects.contains { $0.reason.hasPrefix("broken gzip data: ") }, "\(decoded.rejects)")
        let header = try Decoded([0x1F, 0x8B, 1, 2, 3])
        #expect(header.rejects.count == 1 && header.rejects[0].reason.hasPrefix("broken gzip data: "))
    }

    @Test("stops early without waiting for the rest")
    func abandoned() throws {
        struct Enough: Error {}
        let file = try TemporaryFile(try gzip(lines(20_000)), name: "a.gz")
        #expect(throws: Enough.self) {
            try FileDecoder.decode(file.input, batchSize: 1) { _ in throw Enough() }
        }
    }
}
