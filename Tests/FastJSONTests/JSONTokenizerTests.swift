import Basics
import FastJSON
import Testing

@Suite("JSON tokenizer")
struct JSONTokenizerTests {
    /// Reads a value through a window of a few bytes, so that every token crosses its edge.
    private func parseInPieces(_ bytes: [UInt8], window: Int, piece: Int) throws -> JSONValue {
        var position = 0
        var tokenizer = JSONTokenizer(window: window) { buffer in
            let count = min(piece, buffer.count, bytes.count - position)
            guard count > 0 else { return 0 }
            bytes.withUnsafeBytes { source in
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[position..<position + count]))
            }
            position += count
            return count
        }
        let value = try JSONValue(reading: &tokenizer)
        guard try tokenizer.next() == .endOfInput else {
            throw JSONError(.trailingContent, offset: tokenizer.tokenOffset, line: tokenizer.line)
        }
        return value
    }

    @Test("gives the same values in pieces of any size")
    func pieces() throws {
        var random = SplitMix64(seed: 7)
        for round in 0..<60 {
            let value = JSONValue.random(using: &random)
            let bytes = Array(value.text(indent: round % 2 == 0 ? nil : 2).utf8)
            #expect(try JSONValue(parsing: bytes) == value)
            for piece in [1, 2, 7, 64] {
                #expect(try parseInPieces(bytes, window: 16, piece: piece) == value)
            }
        }
    }

    @Test("fails alike in pieces and at once, at an offset within the input")
    func mutations() {
        var random = SplitMix64(seed: 11)
        for _ in 0..<400 {
            var bytes = Array(JSONValue.random(using: &random).text().utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: index)
                default: bytes.removeSubrange(index...)
                }
            }
            let whole = Result { try JSONValue(parsing: bytes) }
            let pieces = Result { try parseInPieces(bytes, window: 16, piece: 3) }
            switch (whole, pieces) {
            case (.success(let a), .success(let b)): #expect(a.text() == b.text())
            case (.failure(let a as JSONError), .failure(let b as JSONError)):
                #expect(a == b)
                #expect(a.offset >= 0 && a.offset <= Int64(bytes.count))
            default: Issue.record("pieces and whole differ: \(bytes)")
            }
        }
    }

    @Test("finds the next line after a fault")
    func recovery() throws {
        let bytes = Array("{\"a\":1}\n{\"b\":[1,\n{\"c\":\"x\n{\"d\":2}\n".utf8)
        var values: [JSONValue] = []
        var faults: [JSONError] = []
        try bytes.withUnsafeBytes { buffer in
            var tokenizer = JSONTokenizer(borrowing: buffer)
            tokenizer.newlineEndsValue = true
            while true {
                do throws(JSONError) {
                    let token = try tokenizer.next()
                    if token == .endOfInput { break }
                    values.append(try JSONValue(reading: &tokenizer, from: token))
                } catch {
                    faults.append(error)
                    guard try tokenizer.recover({ _, _ in false }) else { break }
                }
            }
        }
        #expect(values == [["a": 1], ["d": 2]])
        #expect(
            faults == [
                JSONError(.endOfLine, offset: 16, line: 2),
                JSONError(.controlCharacter(0x0A), offset: 24, line: 3),
            ])
    }

    @Test("holds a token longer than its window")
    func longToken() throws {
        let text = String(repeating: "0123456789é", count: 50_000)
        let bytes = Array(JSONValue.string(text).text().utf8)
        #expect(try parseInPieces(bytes, window: 1024, piece: 1000) == .string(text))
    }

    @Test("skips a value with all it contains")
    func skip() throws {
        let bytes = Array(#"{"a":{"b":[1,{"c":"]}"}],"d":2},"e":3}"#.utf8)
        let number = try bytes.withUnsafeBytes { buffer throws -> Int64? in
            var tokenizer = JSONTokenizer(borrowing: buffer)
            #expect(try tokenizer.next() == .beginObject)
            #expect(try tokenizer.next() == .key)
            try tokenizer.skipValue()
            #expect(try tokenizer.next() == .key)
            #expect(try tokenizer.text() == "e")
            #expect(try tokenizer.next() == .number)
            return tokenizer.int64
        }
        #expect(number == 3)
    }
}
