/// What is redacted and how.
package struct RedactionPolicy: Sendable {
    /// What happens to a field whatever it holds.
    package enum Action: String, Sendable, CaseIterable {
        /// As it is: no rule looks at it.
        case keep
        /// The whole value becomes a placeholder with a keyed hash: equal values stay equal.
        case hash
        /// The whole value becomes `[MASKED]`.
        case mask
        /// The attribute is left out.
        case drop
    }

    /// Fields and what happens to them, the first that fits decides.
    package struct FieldRule: Sendable {
        /// An attribute key, with `*` for any text, or one of the words of `Field`.
        package var name: String
        package var action: Action

        package init(name: String, action: Action) {
            self.name = name
            self.action = action
        }
    }

    package var findsSecrets = true
    package var findsPersonalData = false
    package var rules: [RedactionRule] = []
    package var fields: [FieldRule] = []
    /// Whether all content goes and only the structure of traces stays; see `structureOnly`.
    package private(set) var keepsStructureOnly = false
    /// Tells the policy from others in reports, such as `secrets` or `secrets+personal+3f2a91c0`.
    package var name = "secrets"

    package init() {}

    /// Secrets, by the built-in rules.
    package static let standard = RedactionPolicy()

    /// Leaves what happened and takes what was said: what `purge --keep-structure` does.
    ///
    /// Prompts, answers, reasoning, arguments, results, the texts of errors, events and chunks, and every other text
    /// that states no fact the dialect knows, or is longer than 64 bytes, becomes `[PURGED#…]`. Names, ids, kinds, models,
    /// agents, tools, roles, finish reasons, times, numbers and truths stay.
    package static let structureOnly: RedactionPolicy = {
        var policy = RedactionPolicy()
        policy.keepsStructureOnly = true
        policy.name = "structure"
        return policy
    }()
}
