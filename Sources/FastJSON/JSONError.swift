/// Why bytes are not the JSON they should be, and where.
package struct JSONError: Error, Equatable, Sendable {
    /// What was wrong.
    package enum Reason: Equatable, Sendable {
        /// The input ends inside a value.
        case endOfInput
        /// The line ends inside a value, in input of one value a line.
        case endOfLine
        case unexpected(UInt8, expected: Expected)
        /// A raw control character stands inside a string.
        case controlCharacter(UInt8)
        case invalidEscape
        case invalidUTF8
        case invalidNumber
        case invalidLiteral
        case nestingTooDeep(limit: Int)
        /// A string or number is longer than the tokenizer holds.
        case tokenTooLong(limit: Int)
        /// Something follows the one value that was asked for.
        case trailingContent
    }

    /// What the grammar allows at a place.
    package enum Expected: String, Equatable, Sendable {
        case value = "a value"
        case key = "a key"
        case keyOrBrace = "a key or '}'"
        case colon = "':'"
        case commaOrBrace = "',' or '}'"
        case commaOrBracket = "',' or ']'"
    }

    package var reason: Reason
    /// The offset of the fault in bytes from the start of the input.
    package var offset: Int64
    /// The line of the fault, from 1.
    package var line: Int64

    package init(_ reason: Reason, offset: Int64, line: Int64) {
        self.reason = reason
        self.offset = offset
        self.line = line
    }
}

extension JSONError.Reason: CustomStringConvertible {
    /// The fault as one clause without a place.
    package var description: String {
        switch self {
        case .endOfInput: "the JSON is cut off: the input ends inside a value"
        case .endOfLine: "the JSON is cut off: the line ends inside a value"
        case .unexpected(let byte, let expected): "invalid JSON: \(Self.name(byte)) where \(expected.rawValue) belongs"
        case .controlCharacter(let byte): "invalid JSON: raw control character \(Self.name(byte)) inside a string"
        case .invalidEscape: "invalid JSON: unknown escape sequence in a string"
        case .invalidUTF8: "a string is not valid UTF-8"
        case .invalidNumber: "invalid JSON: malformed number"
        case .invalidLiteral: "invalid JSON: a word that is not true, false or null"
        case .nestingTooDeep(let limit): "nested deeper than \(limit) levels"
        case .tokenTooLong(let limit): "a single value is longer than \(limit >> 20) MiB"
        case .trailingContent: "more content after the end of the JSON value"
        }
    }

    private static func name(_ byte: UInt8) -> String {
        if byte > 0x20 && byte < 0x7F { return "'\(Character(UnicodeScalar(byte)))'" }
        let digits = String(byte, radix: 16, uppercase: true)
        return "byte 0x" + (digits.count < 2 ? "0" : "") + digits
    }
}

extension JSONError: CustomStringConvertible {
    package var description: String { "line \(line), byte \(offset): \(reason)" }
}
