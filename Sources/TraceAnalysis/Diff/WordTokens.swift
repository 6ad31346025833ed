/// Parts a text into words, stretches of white space and single marks; joined they are the text again.
enum WordTokens {
    private enum Class {
        case word
        case space
        case mark
    }

    static func split(_ text: String) -> [Substring] {
        var tokens: [Substring] = []
        var start = text.startIndex
        var last: Class?
        var index = start
        while index < text.endIndex {
            let now = kind(of: text[index])
            if let last, now != last || now == .mark {
                tokens.append(text[start..<index])
                start = index
            }
            last = now
            index = text.index(after: index)
        }
        if start < text.endIndex { tokens.append(text[start...]) }
        return tokens
    }

    /// True for a token that counts as a word.
    static func isWord(_ token: Substring) -> Bool {
        token.first.map { kind(of: $0) == .word } ?? false
    }

    private static func kind(of character: Character) -> Class {
        if character.isWhitespace { return .space }
        return character.isLetter || character.isNumber || character == "_" ? .word : .mark
    }
}
