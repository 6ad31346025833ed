/// The lines of a JSON text: one for each scalar, each opening and each closing bracket; small containers take one.
///
/// An outline holds offsets into the text and no values, 16 bytes a line. Long strings take several lines, so that
/// laying one out is bounded. Keys stay in order, duplicates and the spelling of numbers included.
struct JSONOutline: Sendable {
    enum Kind: UInt8, Sendable {
        case openObject, openArray, closeObject, closeArray, string
        /// A further stretch of a long string.
        case stringMore
        case number, literal, emptyObject, emptyArray
        /// A small container, on one line with all that is in it.
        case inline

        var opens: Bool { self == .openObject || self == .openArray }
        var closes: Bool { self == .closeObject || self == .closeArray }
    }

    struct Entry: Sendable {
        /// Where the key's opening quote stands; `UInt32.max` without a key.
        var key: UInt32
        /// Where the value starts: its first byte, or the first byte of a further stretch of a string.
        var value: UInt32
        /// The other end of something of several lines.
        ///
        /// Opening: the entry that closes. Closing: the one that opens. String: how many further stretches it has.
        /// Stretch: the entry of the string.
        var jump: UInt32
        private var depthAndKind: UInt32

        init(key: UInt32, value: UInt32, jump: UInt32 = 0, depth: Int, kind: Kind) {
            self.key = key
            self.value = value
            self.jump = jump
            depthAndKind = UInt32(truncatingIfNeeded: depth) << 4 | UInt32(kind.rawValue)
        }

        var depth: Int { Int(depthAndKind >> 4) }
        var kind: Kind { Kind(rawValue: UInt8(depthAndKind & 15)) ?? .literal }
    }

    static let noKey = UInt32.max

    let text: String
    let entries: [Entry]
    /// Escapes in strings are shown as what they stand for.
    let decodes: Bool

    var count: Int { entries.count }

    /// The closing line of a container that opens at a line.
    func close(of line: Int) -> Int? {
        entries[line].kind.opens ? Int(entries[line].jump) : nil
    }

    /// The lines that make up one string.
    func group(of line: Int) -> Range<Int> {
        switch entries[line].kind {
        case .string: line..<line + 1 + Int(entries[line].jump)
        case .stringMore: group(of: Int(entries[line].jump))
        default: line..<line + 1
        }
    }

    /// The line that opens the container around a line; nil for the outermost value.
    func parent(of line: Int) -> Int? {
        var line = entries[line].kind == .stringMore ? Int(entries[line].jump) : line
        if entries[line].kind.closes { line = Int(entries[line].jump) }
        while line > 0 {
            line -= 1
            let entry = entries[line]
            if entry.kind.opens { return line }
            if entry.kind.closes || entry.kind == .stringMore { line = Int(entry.jump) }
        }
        return nil
    }

    /// The bytes of a value, a container's or a long string's as a whole.
    func valueRange(of line: Int) -> Range<Int> {
        let head = group(of: line).lowerBound
        let entry = entries[head]
        if entry.kind.closes { return valueRange(of: Int(entry.jump)) }
        let start = Int(entry.value)
        if entry.kind.opens { return start..<Int(entries[Int(entry.jump)].value) + 1 }
        return text.utf8.withContiguousStorageIfAvailable { bytes in
            // A long string is read from its last stretch on.
            let more = entry.kind == .string ? Int(entry.jump) : 0
            let end =
                more > 0
                ? JSONScalar.closingQuote(bytes, from: Int(entries[head + more].value)) + 1
                : JSONScalar.end(bytes, from: start)
            return start..<min(end, bytes.count)
        } ?? 0..<0
    }

    /// The first byte of a line: its key's, else its value's.
    func start(of line: Int) -> Int {
        let entry = entries[line]
        return Int(entry.key == Self.noKey ? entry.value : entry.key)
    }

    /// True when a byte range holds a backslash.
    func hasEscape(in range: Range<Int>) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            bytes[range].contains(UInt8(ascii: "\\"))
        } ?? false
    }
}
