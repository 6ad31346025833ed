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
    package var label: String
    package var group: Group
    /// What is found, in a few words for a person, such as `Stripe API key`.
    package var title: String
    /// One of these stands in every match; where there are none, every position is tried.
    package var literals: [String]
    /// True where the literals are found in either case.
    package var ignoresCase: Bool
    /// The pattern of the text that is replaced, in the syntax of `LinearPattern`.
    package var pattern: String
    /// What else must hold of a match.
    package var check: RedactionCheck

    package init(
        _ label: String, _ group: Group, _ title: String, literals: [String], ignoresCase: Bool = false,
        pattern: String, check: RedactionCheck = .none
    ) {
        self.label = label
        self.group = group
        self.title = title
        self.literals = literals
        self.ignoresCase = ignoresCase
        self.pattern = pattern
        self.check = check
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
