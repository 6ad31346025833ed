import Crypto
import Foundation

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
    }

    package var findsSecrets = true
    package var findsPersonalData = false
    package var rules: [RedactionRule] = []
    package var fields: [FieldRule] = []
    /// Whether all content goes and only the structure of traces stays; see `structureOnly`.
    package private(set) var keepsStructureOnly = false
    /// The first digits of a hash of the file that the policy was read from; empty without one.
    var fileDigits = ""
    private var givenName: String?

    package init() {}

    /// Tells the policy from others in reports, such as `secrets` or `secrets+personal+3f2a91c0`.
    package var name: String {
        get {
            let parts = [findsSecrets ? "secrets" : "", findsPersonalData ? "personal" : "", fileDigits]
            return givenName ?? parts.filter { !$0.isEmpty }.joined(separator: "+")
        }
        set { givenName = newValue }
    }

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

extension RedactionPolicy {
    /// Words for fields that have other names with every producer.
    package enum Field: String, Sendable, CaseIterable {
        /// What was said to the model.
        case prompt
        /// What the model answered.
        case output
        /// What the model wrote for itself.
        case reasoning
        /// What tools were called with.
        case arguments
        /// What tools returned.
        case result
        /// What errors said: messages and stack traces, not their types.
        case error
        /// All that events and log records hold but their names.
        case event
        /// All attributes of resources.
        case resource
        case url
        case user

        /// Stands in placeholders.
        var label: String { rawValue.uppercased() }
    }
}

extension RedactionPolicy {
    /// The rules that are looked for: the built-in ones that are asked for, then those of the file.
    var activeRules: [RedactionRule] {
        RedactionRules.all.filter { rule in
            switch rule.group {
            case .secret: findsSecrets
            case .personal: findsPersonalData
            case .custom: true
            }
        } + rules
    }
}

extension RedactionPolicy {
    /// Reads a policy from the text of a YAML file; `file` names it in errors.
    ///
    /// Its keys are `secrets` and `personal` (true or false), `rules` (a list of `label`, `pattern`, and at will
    /// `literals` and `ignore_case`) and `fields` (a list of `name` and `action`).
    package init(parsing text: String, file: String) throws(RedactionPolicyError) {
        self.init()
        var reader = PolicyFileReader(file: file)
        try reader.read(text, into: &self)
        fileDigits = KeyedHash.digits(SHA256.hash(data: Data(text.utf8)))
    }
}
