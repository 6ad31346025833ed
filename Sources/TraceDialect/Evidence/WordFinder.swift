/// Finds any of a fixed list of words in a text, whatever the case of its ASCII letters.
///
/// One pass over the bytes, however many words there are: most places are passed by with one look at two bytes. The
/// search of the standard library takes some hundred times as long, and this runs on every span.
struct WordFinder: Sendable {
    /// The words by their first byte.
    private let words: [[[UInt8]]]
    /// A bit for each pair of bytes with which a word begins.
    private let beginnings: [UInt64]

    /// Words of at least two bytes, in lower case; an apostrophe also stands for the typographic one.
    init(_ list: [String]) {
        var words = [[[UInt8]]](repeating: [], count: 256)
        var beginnings = [UInt64](repeating: 0, count: 1024)
        for word in list + list.filter({ $0.contains("'") }).map({ $0.replacing("'", with: "’") }) {
            let bytes = Array(word.utf8)
            guard bytes.count >= 2 else { continue }
            words[Int(bytes[0])].append(bytes)
            let pair = Int(bytes[0]) << 8 | Int(bytes[1])
            beginnings[pair >> 6] |= 1 << UInt64(pair & 63)
        }
        self.words = words
        self.beginnings = beginnings
    }

    /// True where a word stands anywhere in the text, or only where words begin.
    func matches(_ text: String, atWordStarts: Bool = false) -> Bool {
        var text = text
        return text.withUTF8 { matches($0, atWordStarts: atWordStarts) }
    }

    func matches(_ bytes: UnsafeBufferPointer<UInt8>, atWordStarts: Bool = false) -> Bool {
        guard bytes.count >= 2 else { return false }
        return beginnings.withUnsafeBufferPointer { beginnings in
            var first = Int(Self.lowered(bytes[0]))
            for index in 0..<bytes.count - 1 {
                let second = Int(Self.lowered(bytes[index + 1]))
                let pair = first << 8 | second
                if beginnings[pair >> 6] & 1 << UInt64(pair & 63) != 0, isWord(bytes, at: index, UInt8(first)),
                    !atWordStarts || Self.isWordStart(bytes, at: index)
                {
                    return true
                }
                first = second
            }
            return false
        }
    }

    private func isWord(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, _ first: UInt8) -> Bool {
        words[Int(first)].contains { word in
            guard word.count <= bytes.count - start else { return false }
            for offset in 2..<max(2, word.count) where Self.lowered(bytes[start + offset]) != word[offset] {
                return false
            }
            return Self.lowered(bytes[start + 1]) == word[1]
        }
    }

    /// Words begin after what is no letter, and at the humps of `camelCase` and `JSONParser`.
    private static func isWordStart(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index > 0, isLetter(bytes[index - 1]) else { return true }
        guard isUpper(bytes[index]) else { return false }
        return !isUpper(bytes[index - 1]) || index + 1 < bytes.count && !isUpper(bytes[index + 1])
    }

    private static func isUpper(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }

    private static func isLetter(_ byte: UInt8) -> Bool {
        let byte = lowered(byte)
        return byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }
}
