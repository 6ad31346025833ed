import Synchronization
import TraceModel

/// Finds what rules look for in a text, in time linear in the text.
///
/// One pass looks for the literals of all rules; a rule's pattern is tried around its literals only. Rules without
/// literals are tried wherever a match may start.
///
/// Where matches overlap, the leftmost counts, then the longest, then the first rule; of a match that begins within
/// another, what sticks out is a match too. Text within and directly beside placeholders is never matched, so that
/// redacting twice is redacting once.
package final class SecretFinder: Sendable {
    package let rules: [RedactionRule]
    private let compiled: [CompiledRule]
    private let scanner: LiteralScanner
    /// Rules without literals.
    private let unguided: [Int]
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
        unguided = rules.indices.filter { rules[$0].literals.isEmpty }
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
        for hit in hits { search.look(for: hit.owner, around: hit.start) }
        for rule in unguided { search.lookEverywhere(for: rule) }
        pool.withLock { $0.append(search.scratch) }
        return search.matches.map { RedactionMatch(range: $0.range, label: rules[$0.rule].label) }
    }
}
