/// How many texts each redaction rule replaced, by the label of the rule, such as `STRIPE_KEY`.
public struct RedactionCounts: Equatable, Sendable {
    public private(set) var byRule: [String: Int] = [:]

    public init(_ byRule: [String: Int] = [:]) {
        self.byRule = byRule
    }

    public var isEmpty: Bool { byRule.isEmpty }
    public var total: Int { byRule.values.reduce(0, +) }

    /// The rules with their counts, the most first, equal counts by label.
    public var sorted: [(rule: String, count: Int)] {
        byRule.map { (rule: $0.key, count: $0.value) }
            .sorted { ($1.count, $0.rule) < ($0.count, $1.rule) }
    }

    public mutating func add(_ rule: String, _ count: Int = 1) {
        byRule[rule, default: 0] += count
    }

    public mutating func add(_ other: RedactionCounts) {
        byRule.merge(other.byRule) { $0 + $1 }
    }
}
