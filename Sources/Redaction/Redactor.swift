import Synchronization
import TraceModel

/// Replaces secrets, and what else a policy names, by placeholders.
///
/// It is the one place where text is redacted: import, recording and export all pass through it, before anything is
/// derived from a span. Redacting what is redacted changes nothing.
package final class Redactor: Sendable {
    package let policy: RedactionPolicy
    let hasher: KeyedHash
    /// Nil where a rule has a pattern that cannot be read, which no policy from a file has: then all text is masked.
    let finder: SecretFinder?
    let fields: FieldPolicies
    /// The last resource and the last scope, which thousands of spans share.
    let lastResource = Mutex<SharedPart<Resource>?>(nil)
    let lastScope = Mutex<SharedPart<InstrumentationScope>?>(nil)

    package init(policy: RedactionPolicy, key: RedactionKey) {
        self.policy = policy
        hasher = KeyedHash(key)
        finder = try? SecretFinder(rules: policy.activeRules)
        fields = FieldPolicies(policy.fields)
    }

    /// Tells the policy from others in reports and in the database.
    package var policyName: String { policy.name }

    /// What would be replaced in a text, in order, without overlap.
    package func matches(in text: String) -> [RedactionMatch] {
        var text = text
        return text.withUTF8 { edits(in: $0) }.map { RedactionMatch(range: $0.range, label: $0.label) }
    }
}

/// What a resource or a scope became.
struct SharedPart<Part: Sendable>: Sendable {
    let before: Part
    let after: Part
    let counts: RedactionCounts
}
