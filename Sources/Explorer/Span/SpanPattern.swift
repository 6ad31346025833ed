/// A plain text that is searched for; case matters only if it has an upper-case letter.
struct SpanPattern: Equatable, Sendable {
    let text: String
    let matchesCase: Bool
    /// Only ASCII letters, digits and underscores.
    let isWord: Bool
    private let needle: [UInt8]
    /// Bytes can be compared one by one, ASCII letters aside.
    private let isBytewise: Bool

    /// Nil for an empty text.
    init?(_ text: String) {
        if text.isEmpty { return nil }
        self.text = text
        matchesCase = text.lowercased() != text
        isBytewise = matchesCase || text.utf8.allSatisfy { $0 < 0x80 } || text.lowercased() == text.uppercased()
        needle = Array(text.utf8)
        isWord = needle.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x5F
        }
    }

    /// The UTF-8 ranges of the hits in a text, which do not overlap.
    func hits(in text: String) -> [Range<Int>] {
        var hits: [Range<Int>] = []
        var offset = 0
        while let hit = first(in: text, from: offset) {
            hits.append(hit)
            offset = hit.upperBound
        }
        return hits
    }

    /// The first hit that starts at or after a UTF-8 offset, and before another.
    func first(in text: String, from start: Int = 0, before limit: Int = .max) -> Range<Int>? {
        if !isBytewise { return foldedFirst(in: text, from: start, before: limit) }
        return text.utf8.withContiguousStorageIfAvailable { first(in: $0, from: start, before: limit) } ?? nil
    }

    func matches(_ text: String) -> Bool { first(in: text) != nil }

    private func first(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int, before limit: Int
    ) -> Range<Int>? {
        let lower = needle[0]
        let upper = matchesCase ? lower : Self.upper(lower)
        var offset = start
        let last = min(bytes.count - needle.count, limit - 1)
        while offset <= last {
            let byte = bytes[offset]
            if byte == lower || byte == upper {
                var length = 1
                while length < needle.count, equal(bytes[offset + length], needle[length]) { length += 1 }
                if length == needle.count { return offset..<offset + length }
            }
            offset += 1
        }
        return nil
    }

    private func equal(_ byte: UInt8, _ wanted: UInt8) -> Bool {
        byte == wanted || (!matchesCase && byte == Self.upper(wanted))
    }

    private static func upper(_ byte: UInt8) -> UInt8 {
        (0x61...0x7A).contains(byte) ? byte - 0x20 : byte
    }

    /// The search for letters beyond ASCII in either case.
    private func foldedFirst(in text: String, from start: Int, before limit: Int) -> Range<Int>? {
        let wanted = Array(self.text.unicodeScalars)
        let scalars = text.unicodeScalars
        var position = text.utf8.index(text.startIndex, offsetBy: min(start, text.utf8.count))
        let stop = text.utf8.index(text.startIndex, offsetBy: min(limit, text.utf8.count))
        while position < stop {
            var end = position
            var matched = 0
            while matched < wanted.count, end < scalars.endIndex,
                Self.isSame(scalars[end], wanted[matched])
            {
                end = scalars.index(after: end)
                matched += 1
            }
            if matched == wanted.count {
                let low = text.utf8.distance(from: text.startIndex, to: position)
                return low..<low + text.utf8.distance(from: position, to: end)
            }
            position = scalars.index(after: position)
        }
        return nil
    }

    private static func isSame(_ scalar: Unicode.Scalar, _ lower: Unicode.Scalar) -> Bool {
        if scalar == lower { return true }
        if scalar.isASCII && lower.isASCII { return upper(UInt8(lower.value)) == UInt8(scalar.value) }
        return !scalar.isASCII && scalar.properties.lowercaseMapping == String(lower)
    }
}
