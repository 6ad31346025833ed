import Foundation
import TestSupport
import Testing
import TraceModel

@testable import TraceIngest

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
        #expect(rejection.reason.hasPrefix("broken gzip data: unexpected end of file at byte "), "\(rejection.reason)")
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

    @Test("passes over what stands behind the last member, as the program gzip does")
    func trailing() throws {
        let packed = try gzip(lines(10))
        for rest in [[0], [UInt8](repeating: 0, count: 1000), [0x1F], Array("garbage".utf8), [0x1F, 0x8C, 1]] {
            let decoded = try Decoded(packed + rest)
            #expect(decoded.spans.count == 10 && decoded.rejects.isEmpty, "\(rest.prefix(8))")
        }
        // What begins as a member and is none is broken.
        #expect(try Decoded(packed + [0x1F, 0x8B, 9, 9]).rejects.count == 1)
    }

    @Test("says where and why it stopped, wherever the stream is cut or broken")
    func places() throws {
        let packed = try gzip(lines(10))
        for count in stride(from: 3, to: packed.count, by: 5) {
            let cut = try Decoded(Array(packed.prefix(count)))
            let reason = try #require(cut.rejects.last).reason
            #expect(reason.hasPrefix("broken gzip data: unexpected end of file at byte \(count), after "), "\(reason)")
        }
        var wrongSum = packed
        wrongSum[packed.count - 8] ^= 1
        let decoded = try Decoded(wrongSum)
        #expect(decoded.spans.count == 10)
        #expect(
            decoded.rejects.map(\.reason) == [
                "broken gzip data: incorrect data check at byte \(packed.count - 4), after \(lines(10).count) bytes of output"
            ])
        let method = try Decoded([0x1F, 0x8B, 1, 0, 0, 0, 0, 0, 0, 0])
        #expect(
            method.rejects.map(\.reason) == [
                "broken gzip data: unknown compression method at byte 4, after 0 bytes of output"
            ])
    }

    @Test("unpacks far more than it holds")
    func bounded() throws {
        // A thousandth of its length: 64 MiB of blanks between two documents.
        let blanks = [UInt8](repeating: 0x20, count: 64 << 20)
        let packed = try gzip(lines(1) + blanks + lines(1))
        #expect(packed.count < 1 << 17)
        let source = CompressedSource(MemorySource(packed), .gzip)
        var total = 0
        var piece = [UInt8](repeating: 0, count: 1000)
        while true {
            let count = piece.withUnsafeMutableBytes { source.read(into: $0) }
            if count == 0 { break }
            total += count
        }
        #expect(source.failure == nil && total == blanks.count + 2 * lines(1).count)
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
