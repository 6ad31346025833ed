import Synchronization
import TraceModel

/// Finds what rules look for in a text, in time linear in the text.
///
/// One pass looks for the literals of all rules; a rule's pattern is tried around its literals only. Rules without
/// literals, and custom ones whose literals stand somewhere in the text, are tried wherever a match may start.
///
/// Where matches overlap, the leftmost counts, then the longest, then the first rule; of a match that begins within
/// another, what sticks out is a match too. Text within and directly beside placeholders is never matched, so that
/// redacting twice is redacting once.
package final class SecretFinder: Sendable {
    package let rules: [RedactionRule]
    private let compiled: [CompiledRule]
    private let scanner: LiteralScanner
    private let unguided: UnguidedRules
    private let pool = Mutex<[FinderScratch]>([])

    package init(rules: [RedactionRule]) throws(PatternError) {
        self.rules = rules
        var compiled: [CompiledRule] = []
        for rule in rules { compiled.append(try CompiledRule(rule)) }
        self.compiled = compiled
        scanner = LiteralScanner(
            rules.enumerated().flatMap { index, rule in
                rule.literals.map {
                    LiteralScanner.Literal(bytes: Array($0.utf8), ignoresCase: rule.ignoresCase, owner: index)
                }
            })
        unguided = UnguidedRules(
            compiled.indices.filter { rules[$0].literals.isEmpty }.map { ($0, compiled[$0]) })
    }

    /// What the rules find in a text, in order, without overlap.
    package func matches(in text: String) -> [RedactionMatch] {
        var text = text
        return text.withUTF8 { matches(in: $0) }
    }

    /// The same for the bytes of a text in UTF-8.
    package func matches(in bytes: UnsafeBufferPointer<UInt8>) -> [RedactionMatch] {
        let hits = scanner.hits(in: bytes)
        guard !hits.isEmpty || !unguided.isEmpty, !bytes.isEmpty else { return [] }
        // The search is the only owner of its matchers, or they would be copied.
        var search = FinderSearch(
            bytes: bytes, rules: compiled,
            scratch: pool.withLock { $0.popLast() } ?? FinderScratch(ruleCount: rules.count))
        var asked = Set<Int>()
        for hit in hits {
            if rules[hit.owner].group != .custom {
                search.look(for: hit.owner, around: hit.start)
            } else if asked.insert(hit.owner).inserted {
                // A person's pattern says not where in a match its literals stand.
                search.lookEverywhere(for: hit.owner)
            }
        }
        if !unguided.isEmpty { search.look(for: unguided) }
        pool.withLock { $0.append(search.scratch) }
        return search.matches.map { RedactionMatch(range: $0.range, label: rules[$0.rule].label) }
    }
}
