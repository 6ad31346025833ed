import Redaction

/// What the rules behind placeholders are called.
enum RedactionTitles {
    /// The title of a rule, such as `Stripe API key`; of a label that no built-in rule has, the label.
    static func title(of label: String) -> String { byLabel[label] ?? label }

    private static let byLabel = Dictionary(
        RedactionRules.all.map { ($0.label, $0.title) }, uniquingKeysWith: { first, _ in first })
}
