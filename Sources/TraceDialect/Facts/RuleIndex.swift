import TraceModel

/// The table turned round: from an attribute's name to the facts that it may state.
struct RuleIndex: Sendable {
    struct Entry: Sendable {
        let fact: Fact
        /// The place in the fact's list; smaller is believed first.
        let rank: Int
        let transform: Transform
        let needsKind: Bool
    }

    private let entries: [String: [Entry]]

    init(_ table: [(fact: Fact, rules: [AttributeRule])]) {
        var entries: [String: [Entry]] = [:]
        for (fact, rules) in table {
            for (rank, rule) in rules.enumerated() {
                entries[rule.name, default: []].append(
                    Entry(fact: fact, rank: rank, transform: rule.transform, needsKind: rule.needsKind))
            }
        }
        self.entries = entries
    }

    subscript(name: String) -> [Entry]? { entries[name] }

    static let shared = RuleIndex(DialectTable.rules)
}
