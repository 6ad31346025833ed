import Foundation
import Glibc
import TestSupport
import Testing
import TraceModel

@testable import TraceIngest

@Suite("Inputs that grow, and inputs that are no files")
struct GrowingInputTests {
    private static func line(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        let id = String(repeating: "0", count: 16 - digits.count) + digits
        return JSONRecordTests.document(
            #""name":"n""#, ids: #""traceId":"\#(JSONRecordTests.traceID)","spanId":"\#(id)""#)
    }

    /// What a file gives from a position on, and where it ends.
    private func read(
        _ bytes: [UInt8], from position: inout InputPosition, isGrowing: Bool = true, name: String = "x.jsonl"
    ) throws -> Decoded {
        let file = try TemporaryFile(bytes, name: name)
        var decoded = Decoded()
        decoded.summary = try FileDecoder.decode(file.input, from: position, isGrowing: isGrowing) { batch in
            decoded.spans += batch.spans
            decoded.streams += batch.streams
            decoded.rejects += batch.rejects
        }
        position = decoded.summary.position
        return decoded
    }

    private func numbers(_ decoded: Decoded) -> [UInt64] { decoded.spans.map(\.spanID.rawValue) }

    @Test("the unfinished last line waits, wherever it is cut")
    func lines() throws {
        let text = Array((Self.line(1) + "\n" + Self.line(2) + "\n" + Self.line(3) + "\n").utf8)
        let first = Self.line(1).utf8.count + 1
        for cut in stride(from: 0, through: text.count, by: 7) {
            var position = InputPosition()
            let before = try read(Array(text[..<cut]), from: &position)
            #expect(before.rejects.isEmpty)
            #expect(before.spans.count == cut / first)
            #expect(position == InputPosition(offset: Int64(cut / first * first), lines: Int64(cut / first)))
            let after = try read(text, from: &position)
            #expect(numbers(before) + numbers(after) == [1, 2, 3])
            #expect(after.rejects.isEmpty && position.offset == Int64(text.count))
            #expect(try read(text, from: &position).spans.isEmpty)
        }
    }

    @Test("the last line is read without its line break once the input is complete")
    func end() throws {
        let text = Array((Self.line(1) + "\n" + Self.line(2)).utf8)
        var position = InputPosition()
        #expect(numbers(try read(text, from: &position)) == [1])
        #expect(numbers(try read(text, from: &position, isGrowing: false)) == [2])
        #expect(position.offset == Int64(text.count))
    }

    @Test("places of rejections count from the start of the input")
    func places() throws {
        let text = Self.line(1) + "\n"
        var position = InputPosition()
        _ = try read(Array(text.utf8), from: &position)
        let rest = try read(Array((text + "{\"resourceSpans\":[}\n" + Self.line(2) + "\n").utf8), from: &position)
        #expect(numbers(rest) == [2])
        #expect(rest.rejects.map(\.line) == [2])
        #expect(rest.rejects.allSatisfy { $0.byteOffset ?? 0 >= Int64(text.utf8.count) })
    }

    @Test("what can only be read whole waits for its end")
    func whole() throws {
        let document = "{\n  \"resourceSpans\": [\n" + "  ]\n}\n"
        let timed = "{\"t_unix_ns\":1,\"bytes\":\"data: {}\"}\n"
        for text in [document, timed, "data: {}\n\n", "", "\n"] {
            var position = InputPosition()
            let decoded = try read(Array(text.utf8), from: &position, name: "x")
            #expect(decoded.rejects.isEmpty && decoded.spans.isEmpty && decoded.streams.isEmpty, "\(text)")
            #expect(position == InputPosition())
        }
    }

    @Test("an unfinished group of a protobuf body waits")
    func protobuf() throws {
        func body(_ number: UInt8) -> [UInt8] {
            WireWriter { body in
                body.message(1) { group in
                    group.message(2) { scope in
                        scope.message(2) { span in
                            span.data(1, [UInt8](repeating: 7, count: 16))
                            span.data(2, [0, 0, 0, 0, 0, 0, 0, number])
                        }
                    }
                }
            }.bytes
        }
        let whole = body(1) + body(2) + body(3)
        for cut in 1...whole.count {
            var position = InputPosition()
            let before = try read(Array(whole[..<cut]), from: &position, name: "x.pb")
            #expect(before.rejects.isEmpty && before.spans.count == cut / body(1).count, "\(cut)")
            #expect(position.offset == Int64(cut / body(1).count * body(1).count))
            #expect(numbers(before) + numbers(try read(whole, from: &position, name: "x.pb")) == [1, 2, 3])
        }
    }

    @Test("a part can be read again from its start")
    func reopened() throws {
        let file = try TemporaryFile(Array("one\ntwo\nthree".utf8), name: "x")
        let source = PeekableSource(try FileSource(path: file.path))
        _ = source.peek(6)
        #expect(source.skip(4))
        let part = PartSource(source, start: 4, wholeLinesOnly: true)
        let again = try #require(part.reopened())
        for part in [part, again] { #expect(RecordingReader.readAll(part) == Array("two\n".utf8)) }
        #expect(part.lines == 1)
        #expect(!(try FileSource(path: file.path)).skip(14))
    }

    @Test("bytes in memory and of a socket decode like those of a file")
    func origins() throws {
        let bytes = Array((Self.line(1) + "\n" + Self.line(2) + "\n").utf8)
        let body = try Decoded(InputFile(origin: .bytes(bytes, name: "body"), size: nil))
        #expect(numbers(body) == [1, 2])
        var sockets: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &sockets) == 0)
        defer { _ = Glibc.close(sockets[0]) }
        #expect(bytes.withUnsafeBytes { Glibc.write(sockets[1], $0.baseAddress, $0.count) } == bytes.count)
        _ = Glibc.close(sockets[1])
        let socket = try Decoded(InputFile(origin: .descriptor(sockets[0], name: "socket"), size: nil))
        #expect(numbers(socket) == [1, 2])
        #expect(socket.summary.position.offset == Int64(bytes.count))
    }
}
