/// A regular expression over the bytes of UTF-8 that is matched in time linear in the text.
///
/// | syntax | matches |
/// |---|---|
/// | `a`, `é` | itself |
/// | `.` | any byte but a line feed; a character outside ASCII is several |
/// | `[a-z_]`, `[^a-z]` | one of a set, or none of it; ASCII only |
/// | `\d \w \s \D \W \S` | digits, word characters, blanks, and all but these; ASCII only |
/// | `\t \n \r \xHH`, `\.` | a byte; a punctuation mark as text |
/// | `(…)`, `(?:…)`, `…\|…` | groups and alternatives |
/// | `* + ? {m} {m,} {m,n}` | repetitions, always as long as possible |
/// | `(?i)` at the start | either case |
/// | `^`, `$`, `\b` at the start or end | start and end of the text, edge of a word |
///
/// There are no references, no look-around and no lazy repetitions: what cannot be matched in linear time is an error.
package struct LinearPattern: Sendable {
    package let source: String
    let program: PatternProgram
    let startsText: Bool
    let startsWord: Bool
    let endsText: Bool
    let endsWord: Bool

    package init(_ source: String, ignoresCase: Bool = false) throws(PatternError) {
        self.source = source
        var parser = PatternParser(source, ignoresCase: ignoresCase)
        program = try PatternProgram(try parser.parse())
        startsText = parser.startsText
        startsWord = parser.startsWord
        endsText = parser.endsText
        endsWord = parser.endsWord
    }

    /// True where the anchor at the start of the pattern holds.
    func mayStart(in bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        if startsText { return position == 0 }
        return !startsWord || Self.isWordEdge(bytes, position)
    }

    /// True where the anchor at the end of the pattern holds.
    func mayEnd(in bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        if endsText { return position == bytes.count }
        return !endsWord || Self.isWordEdge(bytes, position)
    }

    private static func isWordEdge(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
        let before = position > 0 && ByteSet.word.contains(bytes[position - 1])
        let after = position < bytes.count && ByteSet.word.contains(bytes[position])
        return before != after
    }
}
