/// Where characters end in UTF-8 text.
enum StreamGraphemes {
    /// Bytes looked at on either side; longer characters are not text that anyone reads.
    private static let window = 192

    /// The last boundary between grapheme clusters (UAX #29, as Swift's `Character` has it) at or before an offset.
    ///
    /// - Parameters:
    ///   - offset: a boundary between Unicode scalars.
    ///   - bytes: valid UTF-8.
    ///   - range: the text that the offset lies in; its ends are boundaries.
    static func boundary(atOrBefore offset: Int, in bytes: [UInt8], of range: Range<Int>) -> Int {
        guard offset > range.lowerBound, offset < range.upperBound else { return offset }
        if bytes[offset] < 0x80 {
            // An ASCII character opens a cluster, but for the line feed behind a carriage return.
            return bytes[offset] == 0x0A && bytes[offset - 1] == 0x0D ? offset - 1 : offset
        }
        var start = max(range.lowerBound, offset - window)
        while start > range.lowerBound, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        var end = min(range.upperBound, offset + window)
        while end < range.upperBound, bytes[end] & 0xC0 == 0x80 { end += 1 }
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        var position = start
        for character in text {
            let next = position + character.utf8.count
            if next > offset { return position }
            position = next
            if position == offset { return offset }
        }
        return offset
    }
}
