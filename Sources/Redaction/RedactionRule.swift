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
    /// How many bytes before a literal the match, or its prefix, may start.
    package var lookback: Int
    /// What may not stand beside the match.
    package var boundary: RedactionBoundary
    /// What else must hold of a match.
    package var check: RedactionCheck

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
