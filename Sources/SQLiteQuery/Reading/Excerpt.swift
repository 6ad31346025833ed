import TraceModel

/// The text around a match, on one line.
struct Excerpt {
    /// Characters kept before and after the match.
    private static let before = 40
    private static let after = 120
    /// Characters of the match itself.
    private static let longest = 200

    let text: String
    /// Where the match lies in `text`, in characters.
    let matchStart: Int
    let matchLength: Int

    /// Cuts around the first match; nil where the text has none.
    init?(of text: String, _ locator: TextLocator) {
        guard let range = locator.firstRange(in: text) else { return nil }
        let head = text[..<range.lowerBound].suffix(Self.before)
        let tail = text[range.upperBound...].prefix(Self.after)
        let isCut = head.startIndex > text.startIndex
        let goesOn = tail.endIndex < text.endIndex
        let before = (isCut ? "…" : "") + Self.oneLine(head)
        let match = Self.oneLine(text[range].prefix(Self.longest))
        self.text = before + match + Self.oneLine(tail) + (goesOn ? "…" : "")
        matchStart = before.count
        matchLength = match.count
    }

    /// The text with every run of white space as one space.
    private static func oneLine(_ text: Substring) -> String {
        var out = ""
        var isSpace = false
        for character in text {
            if character.isWhitespace {
                if !isSpace { out.append(" ") }
                isSpace = true
            } else {
                out.append(character)
                isSpace = false
            }
        }
        return out
    }
}
