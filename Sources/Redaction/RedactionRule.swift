/// What a rule looks for and how it is told from what only looks like it.
package struct RedactionRule: Sendable {
    /// What a rule protects; secrets are looked for always, personal data on request.
    package enum Group: String, Sendable, CaseIterable {
        case secret
        case personal
        /// From the user's policy file.
        case custom
    }

    /// Stands in the placeholder: upper-case letters, digits and `_`, such as `STRIPE_KEY`.
    ///
    /// Several rules may share a label.
    package var label: String
    package var group: Group
    /// What is found, in a few words for a person, such as `Stripe API key`.
    package var title: String
    /// One of these stands in every match; where there are none, every position is tried.
    package var literals: [String]
    /// True where the literals and patterns are found in either case.
    package var ignoresCase: Bool
    /// The pattern of what must stand directly before the text; it is not replaced, and the literals start it.
    package var prefix: String
    /// The pattern of the text that is replaced, in the syntax of `LinearPattern`.
    package var pattern: String
    /// How many bytes before a literal the match, or its prefix, may start; none is the first byte of the literal.
    package var lookback: Int
    /// What may not stand beside the match.
    package var boundary: RedactionBoundary
    /// What else must hold of a match.
    package var check: RedactionCheck
    /// True where the literals, but not the patterns, are found in either case.
    package var literalsIgnoreCase = false
    /// Patterns of which one must match directly behind the text; none for anything.
    package var suffixes: [String] = []
    /// How the text is found; patterns unless told otherwise.
    package var form = RedactionForm.pattern

    package init(
        _ label: String, _ group: Group, _ title: String, literals: [String], ignoresCase: Bool = false,
        prefix: String = "", pattern: String, lookback: Int = 0, boundary: RedactionBoundary = .none,
        check: RedactionCheck = .none
    ) {
        self.label = label
        self.group = group
        self.title = title
        self.literals = literals
        self.ignoresCase = ignoresCase
        self.prefix = prefix
        self.pattern = pattern
        self.lookback = lookback
        self.boundary = boundary
        self.check = check
    }
}

/// How a rule finds its texts.
package enum RedactionForm: Sendable {
    case pattern
    /// Values whose names have the label of the rule; the literals are parts of such names.
    case named
    /// The lines of a private key, whatever a tool put before each of them.
    case keyBlock
}

/// A text that a rule matches.
package struct RedactionMatch: Equatable, Sendable {
    /// The bytes that are replaced.
    package var range: Range<Int>
    /// The label of the rule.
    package var label: String

    package init(range: Range<Int>, label: String) {
        self.range = range
        self.label = label
    }
}

/// What must hold of a match beside its pattern.
package enum RedactionCheck: Sendable {
    case none
    /// The check digit of cards. Source: ISO/IEC 7812-1, annex B.
    case luhn
    /// The check digits of bank accounts. Source: ISO 13616-1.
    case iban
    /// A header that is base64url of a JSON object with `alg`. Source: RFC 7519.
    case jwt
    /// The text is as random as a key: bits per character at least this.
    case entropy(Double)
    /// A key in a form whose mark is short: random, of letters and digits, and no words.
    case randomKey
    /// A value after a name such as `api_key` that is random enough for a key, and no template.
    case keyValue
    /// A value after a name such as `password`, which may be weak, but no template, name or plain word.
    case passwordValue
    /// A password in a URL or connection string, which may be weak, but no template.
    case urlPassword
    /// A password behind a flag of a command, which may be weak, but no port, folder or number of a user.
    case commandPassword
    /// A member of a JSON web key: one with a `kty` not far from it. Source: RFC 7517.
    case webKey
    /// Base64 of a name, a colon and a password. Source: RFC 7617.
    case basicCredentials
    /// What a rule of a file asks for.
    case ruleFile(RuleFileCheck)
    /// An address of a person: no `git@`, no file such as `logo@2x.png`, no part of a URL.
    case mailbox
    /// Digits of a telephone number, from 7 to 15. Source: ITU-T E.164.
    case phone
}

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
