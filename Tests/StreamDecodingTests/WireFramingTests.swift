import StreamDecoding
import Testing
import TraceModel

@Suite("Framing of streamed responses")
struct WireFramingTests {
    private func texts(_ body: String, cuts: Int = 1, protocol hint: WireProtocol? = nil) -> [StreamChunk] {
        var assembler = StreamAssembler(protocol: hint)
        let bytes = Array(body.utf8)
        var index = 0
        while index < bytes.count {
            assembler.append(bytes[index..<min(index + cuts, bytes.count)], offsetNanos: nil)
            index += cuts
        }
        _ = assembler.finish()
        return Array(assembler.chunks)
    }

    private func delta(_ text: String) -> String {
        #"{"choices":[{"index":0,"delta":{"content":"\#(text)"}}]}"#
    }

    private func content(_ chunks: [StreamChunk]) -> [String] {
        chunks.filter { $0.kind == .text }.map(\.text)
    }

    @Test("line ends, byte order mark and comments, cut at every byte", arguments: ["\n", "\r\n", "\r"])
    func serverSentEvents(_ end: String) {
        let lines = ["\u{FEFF}: hello", "event: x", "id: 1", "retry: 5", "data: " + delta("Hé 😀"), ""]
        let more = [":", ":", "data:" + delta("b"), "", "data: [DONE]", ""]
        let body = (lines + more).map { $0 + end }.joined()
        for cuts in [1, 2, 3, 7, body.utf8.count] {
            let chunks = texts(body, cuts: cuts)
            #expect(content(chunks) == ["Hé 😀", "b"])
            #expect(chunks.last?.kind == .terminal)
            #expect(chunks.count == 3)
        }
    }

    @Test("several data lines are one event")
    func dataLines() {
        #expect(content(texts("data: {\"choices\":[{\"delta\":\ndata: {\"content\":\"a\"}}]}\n\n")) == ["a"])
    }

    @Test("events without blank lines between, and a last one without any")
    func missingBlankLines() {
        #expect(content(texts("data: \(delta("a"))\ndata: \(delta("b"))\ndata: [DONE]")) == ["a", "b"])
    }

    @Test("JSON lines, an array and a pretty array give the same")
    func json() {
        let a = delta("a")
        let b = delta("{]\\\"")
        for body in [
            "\(a)\n\(b)\n", "[\(a),\(b)]", "[\n  \(a)\n,\r\n\n  \(b)\n]", "\(a)\(b)", "\u{1E}\(a)\n\u{1E}\(b)\n",
        ] {
            for cuts in [1, 5, 1000] { #expect(content(texts(body, cuts: cuts)) == ["a", "{]\""]) }
        }
    }

    @Test("a line that breaks off does not swallow the next")
    func cutLine() {
        for broken in [#"{"choices":[{"index":0,"#, #"{"choices":[{"index":0,"delta":{"content":"x"#] {
            let chunks = texts("\(delta("a"))\n\(broken)\n\(delta("b"))\n")
            #expect(content(chunks) == ["a", "b"])
            #expect(chunks.filter { $0.kind == .other }.map(\.text) == [broken])
        }
    }

    @Test("halves of a character in two deltas are joined")
    func surrogates() {
        let chunks = texts(
            "data: \(delta("x\\ud83d"))\n\ndata: \(delta("\\ude00y"))\n\ndata: \(delta("\\ud83d"))\n\n"
                + "data: \(delta("\\ude00"))\n\ndata: \(delta("\\ude00\\ud83d\\ude00"))\n\n")
        #expect(content(chunks) == ["x", "😀y", "😀", "\u{FFFD}😀"])
    }

    @Test("a half without its other half is replaced, in the text too")
    func loneHalf() {
        var assembler = StreamAssembler()
        assembler.append(Array("data: \(delta("a\\ud83d"))\n\n".utf8), offsetNanos: 1)
        let response = assembler.finish()
        #expect(response.messages.first?.parts == [.text("a\u{FFFD}")])
        #expect(response.remarks.count == 1)
    }

    @Test("text that is no stream is kept as it is")
    func foreign() {
        let chunks = texts("<html>\nno: such\n</html>")
        #expect(chunks.map(\.kind) == [.other, .other, .other])
        #expect(chunks.map(\.text) == ["<html>", "no: such", "</html>"])
    }

    @Test("an event over the limit is cut with a remark")
    func limit() {
        var assembler = StreamAssembler(protocol: nil, byteLimit: 100)
        assembler.append(Array("data: \(delta(String(repeating: "x", count: 500)))\n\n".utf8), offsetNanos: nil)
        assembler.append(Array("data: \(delta("b"))\n\n".utf8), offsetNanos: nil)
        let response = assembler.finish()
        #expect(response.messages.first?.parts == [.text("b")])
        #expect(response.remarks.contains { $0.contains("bytes dropped") })
    }

    @Test("a flood of comments costs nothing")
    func comments() {
        var assembler = StreamAssembler()
        let flood = Array(String(repeating: ": keep-alive\n\n", count: 50_000).utf8)
        assembler.append(flood, offsetNanos: nil)
        assembler.append(Array("data: \(delta("b"))\n\n".utf8), offsetNanos: nil)
        let response = assembler.finish()
        #expect(assembler.chunks.count == 1)
        #expect(response.remarks == ["50000 SSE comment lines, not kept"])
    }

    @Test("ten megabytes in one chunk, and nesting without end")
    func large() {
        let text = String(repeating: "0123456789", count: 1 << 20)
        #expect(content(texts("data: \(delta(text))\n\n", cuts: 1 << 16)).first?.utf8.count == text.utf8.count)
        let deep = String(repeating: "[", count: 200_000)
        let chunks = texts("{\"a\":\(deep)\n", cuts: 1 << 16)
        #expect(chunks.map(\.kind) == [.other])
    }
}
