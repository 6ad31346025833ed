import FastJSON

/// Hands on the JSON documents of an input one by one, whatever stands between them.
///
/// The elements of a list at the top count as documents. What is no JSON is rejected with its place, and reading goes
/// on with the next line that begins an object.
struct JSONDocuments: ~Copyable {
    private var tokenizer: JSONTokenizer
    private let source: any ByteSource
    private let collector: BatchCollector

    init(source: any ByteSource, collector: BatchCollector) {
        self.source = source
        self.collector = collector
        tokenizer = JSONTokenizer { buffer in source.read(into: buffer) }
        tokenizer.allowsNaN = true
    }

    /// The place reached in the decompressed input.
    var offset: Int64 { tokenizer.offset }

    /// Reads to the end; throws only what `body` and the collector's receiver throw.
    mutating func forEach(_ body: (JSONValue, DocumentPlace) throws -> Void) throws {
        while true {
            do {
                tokenizer.newlineEndsValue = try nextLineIsDocument()
                let token = try tokenizer.next()
                if token == .endOfInput { return }
                if token == .beginArray {
                    while true {
                        let token = try tokenizer.next()
                        if token == .endArray { break }
                        try read(token, body)
                    }
                } else if token == .beginObject {
                    try read(token, body)
                } else {
                    // A word or a number is how a line of a log begins.
                    reject("text that is no JSON", tokenizer.tokenOffset, tokenizer.line)
                    guard try recover() else { return }
                }
            } catch let error as JSONError {
                // A stream that broke off is reported by whoever knows why.
                if source.failure == nil { reject("\(error.reason)", error.offset, error.line) }
                guard try recover() else { return }
            }
        }
    }

    private func reject(_ reason: String, _ offset: Int64, _ line: Int64) {
        collector.reject(Rejection(byteOffset: offset, line: line, reason: reason))
    }

    private mutating func read(
        _ token: JSONToken, _ body: (JSONValue, DocumentPlace) throws -> Void
    ) throws {
        let place = DocumentPlace(offset: tokenizer.tokenOffset, line: tokenizer.line)
        try body(try JSONValue(reading: &tokenizer, from: token), place)
        try collector.flushIfFull(at: offset)
    }

    /// Moves to the next line that begins an object; false at the end of the input.
    private mutating func recover() throws(JSONError) -> Bool {
        tokenizer.newlineEndsValue = false
        return try tokenizer.recover { $1 && Self.beginsObject($0) }
    }

    /// Whether this line is a whole object and the next begins another, or nothing follows.
    ///
    /// Then a line break ends the document, and a faulty line does not swallow the next.
    private mutating func nextLineIsDocument() throws(JSONError) -> Bool {
        try tokenizer.withUpcomingBytes(atLeast: 64 << 10) { bytes in
            guard let start = bytes.firstIndex(where: { $0 > 0x20 }), bytes[start] == UInt8(ascii: "{"),
                let end = bytes[start...].firstIndex(of: 0x0A),
                bytes[start..<end].last(where: { $0 > 0x20 }) == UInt8(ascii: "}")
            else { return false }
            return Self.beginsObject(bytes[(end + 1)...])
        }
    }

    /// Whether the bytes are an opening brace and a key, or an empty object.
    private static func beginsObject(_ bytes: some Collection<UInt8>) -> Bool {
        guard bytes.first == UInt8(ascii: "{") else { return false }
        let next = bytes.dropFirst().first { $0 > 0x20 }
        return next == UInt8(ascii: "\"") || next == UInt8(ascii: "}")
    }
}
