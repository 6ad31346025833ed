/// What may not stand directly beside a match, so that no part of a longer word is taken for a secret.
///
/// An escape such as `\n` or `%3D` before a match is no word, since text is often JSON within JSON.
package enum RedactionBoundary: Sendable {
    case none
    /// No letter, digit or `_` on either side.
    case word
    /// No character of base64url, `-` included, on either side.
    case key
    /// No letter, digit or `_` after it; anything before.
    case wordEnd
    /// No character of base64 after it; anything before.
    case keyEnd
    /// No letter, digit or `_` on either side, no `.`, `-` or `+` before it.
    case number
    /// A quote after it, which may be escaped.
    case quote
    /// An `@` after it, as after the password in a URL.
    case userInfo

    private static let base64 = ByteSet.word.union(ByteSet("-+/".utf8))

    var forbiddenBefore: ByteSet {
        switch self {
        case .none, .wordEnd, .keyEnd, .quote, .userInfo: ByteSet()
        case .word: .word
        case .key: ByteSet.word.union(ByteSet("-+".utf8))
        case .number: ByteSet.word.union(ByteSet("-+.".utf8))
        }
    }

    var forbiddenAfter: ByteSet {
        switch self {
        case .none: ByteSet()
        case .word, .wordEnd, .number: .word
        case .key: ByteSet.word.union(ByteSet("-".utf8))
        case .keyEnd: Self.base64
        case .quote: ByteSet("\"'`\\".utf8).inverted
        case .userInfo: ByteSet("@".utf8).inverted
        }
    }

    var mayEndText: Bool {
        if case .userInfo = self { false } else { true }
    }
}
