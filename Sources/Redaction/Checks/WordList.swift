/// Words that are looked for in short texts, in either case.
struct WordList: Sendable {
    typealias Text = Slice<UnsafeBufferPointer<UInt8>>

    /// The words by their first byte.
    private var wordsOfByte = [[[UInt8]]](repeating: [], count: 256)
    /// The words by their last byte.
    private var wordsOfEnd = [[[UInt8]]](repeating: [], count: 256)

    /// `words` are in lower case.
    init(_ words: [String]) {
        for word in words {
            guard let first = word.utf8.first, let last = word.utf8.last else { continue }
            wordsOfByte[Int(first)].append(Array(word.utf8))
            wordsOfEnd[Int(last)].append(Array(word.utf8))
        }
    }

    /// True where one of the words stands anywhere in the text.
    func isPart(of text: Text) -> Bool {
        text.indices.contains { start in
            wordsOfByte[Int(Self.lowercased(text[start]))].contains { Self.starts(text[start...], $0) }
        }
    }

    /// True where the text is one of the words.
    func isWhole(_ text: Text) -> Bool {
        guard let first = text.first else { return false }
        return wordsOfByte[Int(Self.lowercased(first))].contains { $0.count == text.count && Self.starts(text, $0) }
    }

    /// The bytes of the longest word that the text begins with.
    func prefix(of text: Text) -> Int? {
        guard let first = text.first else { return nil }
        return wordsOfByte[Int(Self.lowercased(first))].filter { Self.starts(text, $0) }.map(\.count).max()
    }

    /// True where the text ends in one of the words.
    func isEnd(of text: Text) -> Bool {
        guard let last = text.last else { return false }
        return wordsOfEnd[Int(Self.lowercased(last))].contains { Self.starts(text.suffix($0.count), $0) }
    }

    private static func starts(_ text: Text, _ word: [UInt8]) -> Bool {
        text.count >= word.count && zip(text, word).allSatisfy { lowercased($0) == $1 }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
    }
}
