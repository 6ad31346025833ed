import Basics
package import TraceModel

/// A text that others are compared with, as terms of a filter do it.
///
/// Case is ignored but by `=` and `!=`. A letter of ASCII equals no letter beyond it, whatever their lower case is.
package struct TextPattern: Sendable {
    /// The exact text; nil where case is ignored.
    private let exact: [UInt8]?
    /// In lower case, what stands between any runs of characters.
    private let pieces: [[UInt8]]

    package init(_ comparison: FilterTerm.Comparison, _ value: String) {
        switch comparison {
        case .equal, .notEqual:
            exact = Array(value.utf8)
            pieces = []
        case .contains:
            exact = nil
            pieces = [[], Self.folded(value), []]
        default:
            exact = nil
            pieces = value.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
                .map { Self.folded(String(decoding: $0, as: UTF8.self)) }
        }
    }

    package init(_ term: FilterTerm) { self.init(term.comparison, term.value) }

    /// Whether a text equals the pattern, or matches it; for `!=` too it is true where both are equal.
    package func matches(_ text: String) -> Bool {
        if let exact { return text.utf8.elementsEqual(exact) }
        return matches(folded: Self.folded(text))
    }

    /// The same of UTF-8.
    package func matches(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if let exact { return bytes.elementsEqual(exact) }
        if bytes.contains(where: { $0 >= 0x80 }) { return matches(String(decoding: bytes, as: UTF8.self)) }
        return matches(folded: bytes.map { Self.lower($0) })
    }

    private func matches(folded text: [UInt8]) -> Bool {
        guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else { return text == pieces.first }
        guard text.starts(with: first) else { return false }
        var rest = text[first.count...]
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let end = Self.end(of: piece, in: rest) else { return false }
            rest = rest[end...]
        }
        return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
    }

    /// Where the first place ends at which a piece stands.
    private static func end(of piece: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        var start = text.startIndex
        while start + piece.count <= text.endIndex {
            if text[start] == piece[0], text[start..<start + piece.count].elementsEqual(piece) {
                return start + piece.count
            }
            start += 1
        }
        return nil
    }

    private static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

    private static func folded(_ text: String) -> [UInt8] {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.map { lower($0) } }
        var out: [UInt8] = []
        for scalar in text.unicodeScalars {
            let mapped = scalar.properties.lowercaseMapping
            let keeps = !scalar.isASCII && mapped.utf8.first.map { $0 < 0x80 } ?? true
            out.append(contentsOf: (keeps ? String(scalar) : mapped).utf8)
        }
        return out
    }
}

/// What the value of an attribute is compared with.
///
/// Numbers compare as numbers wherever both sides are some, texts as texts. Of an array one element is enough, of a map
/// one value.
package struct AttributePattern: Sendable {
    private let text: TextPattern
    private let comparison: FilterTerm.Comparison
    private let number: Double?
    private let integer: Int64?

    package init(_ term: FilterTerm) {
        text = TextPattern(term)
        comparison = term.comparison
        number = Double(term.value)
        integer = Int64(term.value)
    }

    /// Whether a text compares so.
    package func matches(_ found: String) -> Bool {
        switch comparison {
        case .matches, .equal, .contains: text.matches(found)
        case .notEqual: !text.matches(found)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            if let number, let found = Double(found) { compares(found, number) } else { false }
        }
    }

    /// Whether a number compares so; `text` is how it is written.
    package func matches(_ found: Double, integer exact: Int64?, text: @autoclosure () -> String) -> Bool {
        guard let number, comparison != .contains else { return matches(text()) }
        // Beyond 2^53 different integers are one floating-point number.
        if let integer, let exact { return compares(exact, integer) }
        return compares(found, number)
    }

    /// Whether a value, or one within it, compares so.
    package func matches(_ value: AttributeValue) -> Bool {
        var rest = [value]
        while let next = rest.popLast() {
            let isMatch =
                switch next {
                case .empty: matches("null")
                case .string(let text): matches(text)
                case .bool(let value): matches(value ? "true" : "false")
                case .int(let value): matches(Double(value), integer: value, text: String(value))
                case .double(let value) where value.isFinite:
                    matches(value, integer: nil, text: value.description)
                case .double(let value): matches(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
                case .bytes(let bytes): matches(Base64.text(bytes))
                case .array, .map: false
                }
            if isMatch { return true }
            if case .array(let values) = next { rest += values }
            if case .map(let members) = next { rest += members.map(\.value) }
        }
        return false
    }

    private func compares<Number: Comparable>(_ found: Number, _ bound: Number) -> Bool {
        switch comparison {
        case .matches, .equal, .contains: found == bound
        case .notEqual: found != bound
        case .less: found < bound
        case .lessOrEqual: found <= bound
        case .greater: found > bound
        case .greaterOrEqual: found >= bound
        }
    }
}
