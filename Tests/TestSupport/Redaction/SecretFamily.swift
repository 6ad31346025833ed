/// A kind of text that must be redacted, written from its published format and not from the rules.
struct SecretFamily: Sendable {
    /// The label of the rule that should find it.
    var label: String
    var group: String
    /// True where the secret is known by itself, so that it may stand anywhere.
    var isFree: Bool
    var make: @Sendable (inout TextWriter) -> SecretText

    /// A secret that is known by itself.
    static func free(_ label: String, _ make: @escaping @Sendable (inout TextWriter) -> String) -> SecretFamily {
        SecretFamily(label: label, group: "secret", isFree: true) { SecretText(make(&$0)) }
    }

    /// A secret that is known by what stands beside it.
    static func named(_ label: String, _ make: @escaping @Sendable (inout TextWriter) -> SecretText) -> SecretFamily {
        SecretFamily(label: label, group: "secret", isFree: false, make: make)
    }

    static func personal(_ label: String, _ make: @escaping @Sendable (inout TextWriter) -> String) -> SecretFamily {
        SecretFamily(label: label, group: "personal", isFree: true) { SecretText(make(&$0)) }
    }

    static let all: [SecretFamily] = freeSecrets + forms + namedSecrets + personalData
}
