import FastJSON
import Testing

@Suite("JSON values")
struct JSONValueTests {
    @Test("reads every kind of value")
    func kinds() throws {
        let text = #" {"a": [1, -2.5, true, false, null], "b": {"c": "x"}, "a": ""} "#
        let expected: JSONValue = .object([
            JSONMember("a", [1, -2.5, true, false, nil]),
            JSONMember("b", ["c": "x"]),
            JSONMember("a", ""),
        ])
        #expect(try JSONValue(parsing: text) == expected)
    }

    @Test(
        "keeps 64-bit integers exact",
        arguments: [
            ("9007199254740993", JSONValue.int(9_007_199_254_740_993)),
            ("9223372036854775807", .int(.max)),
            ("-9223372036854775808", .int(.min)),
            ("9223372036854775808", .double(9_223_372_036_854_775_808)),
            ("1.0", .double(1)),
            ("1e2", .double(100)),
            ("-0", .int(0)),
            ("1E-2", .double(0.01)),
        ])
    func integers(text: String, expected: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == expected)
    }

    @Test(
        "decodes escapes",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
            (#""\u00e9\u4e2d""#, "é中"),
            (#""\ud83d\ude00""#, "😀"),
            (#""\ud83dx""#, "\u{FFFD}x"),
            (#""\ude00""#, "\u{FFFD}"),
            (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
            (#""\u0000""#, "\0"),
            ("\"é中😀\"", "é中😀"),
        ])
    func escapes(text: String, expected: String) throws {
        #expect(try JSONValue(parsing: text) == .string(expected))
    }

    @Test(
        "says what is wrong and where",
        arguments: [
            ("", JSONError.Reason.endOfInput, 0),
            ("{\"a\":1", .endOfInput, 6),
            ("\"abc", .endOfInput, 4),
            ("[1,]", .unexpected(0x5D, expected: .value), 3),
            ("{\"a\" 1}", .unexpected(0x31, expected: .colon), 5),
            ("{,}", .unexpected(0x2C, expected: .keyOrBrace), 1),
            ("{\"a\":1,}", .unexpected(0x7D, expected: .key), 7),
            ("[1 2]", .unexpected(0x32, expected: .commaOrBracket), 3),
            ("{\"a\":1]", .unexpected(0x5D, expected: .commaOrBrace), 6),
            ("tru", .endOfInput, 3),
            ("trux", .invalidLiteral, 0),
            ("01", .invalidNumber, 1),
            ("-", .invalidNumber, 1),
            ("1.", .invalidNumber, 2),
            ("1ex", .invalidNumber, 2),
            ("\"a\u{1}\"", .controlCharacter(1), 2),
            ("\"\\x\"", .invalidEscape, 0),
            ("\"\\u12g4\"", .invalidEscape, 0),
            ("1 2", .trailingContent, 2),
        ])
    func faults(text: String, reason: JSONError.Reason, offset: Int64) {
        #expect(throws: JSONError(reason, offset: offset, line: 1)) { try JSONValue(parsing: text) }
    }

    @Test("counts lines")
    func lines() {
        #expect(throws: JSONError(.unexpected(0x7D, expected: .value), offset: 12, line: 3)) {
            try JSONValue(parsing: "{\n  \"a\": \n  }")
        }
    }

    @Test(
        "refuses invalid UTF-8",
        arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE4, 0xB8], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        #expect(throws: JSONError(.invalidUTF8, offset: 1, line: 1)) {
            try JSONValue(parsing: [0x5B, 0x22] + bytes + [0x22, 0x5D])
        }
        #expect(throws: JSONError(.invalidUTF8, offset: 1, line: 1)) {
            try JSONValue(parsing: [0x5B, 0x22, 0x5C, 0x6E] + bytes + [0x22, 0x5D])
        }
    }

    @Test("refuses nesting beyond the limit and survives any depth")
    func depth() throws {
        let fits = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        #expect(try JSONValue(parsing: fits).elements?.count == 1)
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONError(.nestingTooDeep(limit: 512), offset: 512, line: 1)) {
            try JSONValue(parsing: deep)
        }
        var bytes = Array((String(repeating: "[{\"a\":", count: 100_000) + "1").utf8)
        for _ in 0..<100_000 { bytes += [0x7D, 0x5D] }
        let end = try bytes.withUnsafeBytes { buffer throws in
            var tokenizer = JSONTokenizer(borrowing: buffer)
            tokenizer.depthLimit = .max
            try tokenizer.skipValue()
            return tokenizer.offset
        }
        #expect(end == Int64(bytes.count))
    }

    @Test("skips a byte order mark")
    func byteOrderMark() throws {
        #expect(try JSONValue(parsing: "\u{FEFF} 1") == 1)
    }
}
