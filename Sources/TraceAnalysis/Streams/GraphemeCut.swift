/// Finds places in UTF-8 text where no character is cut in two.
enum GraphemeCut {
    /// The last boundary of an extended grapheme cluster at or before `place`, with all of `text` known.
    ///
    /// A boundary stands between two ASCII characters other than CR LF, so that plain text costs two comparisons and
    /// other text is read from the nearest such pair only, at most 4 KB back. Source of the boundaries: Unicode
    /// Standard Annex #29, as Swift's `Character` implements it.
    static func boundary(atOrBefore place: Int, in text: [UInt8]) -> Int {
        guard place > 0, place < text.count else { return place }
        if isPlainBoundary(place, in: text) { return place }
        var start = place - 1
        let limit = max(0, place - 4096)
        while start > limit, !isPlainBoundary(start, in: text) { start -= 1 }
        while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
        // What follows may join: a mark, a skin tone, the second half of a flag.
        var end = min(text.count, place + 16)
        while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
        var boundary = start
        for character in String(decoding: text[start..<end], as: UTF8.self) {
            let next = boundary + character.utf8.count
            if next > place { break }
            boundary = next
        }
        return boundary
    }

    private static func isPlainBoundary(_ place: Int, in text: [UInt8]) -> Bool {
        let (before, after) = (text[place - 1], text[place])
        return before < 0x80 && after < 0x80 && !(before == 0x0D && after == 0x0A)
    }
}
