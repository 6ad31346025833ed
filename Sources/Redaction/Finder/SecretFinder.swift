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
                    LiteralScanner.Literal(
                        bytes: Array($0.utf8), ignoresCase: rule.ignoresCase || rule.literalsIgnoreCase,
                        owner: index)
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

/// The matchers of a finder, for one thread at a time.
struct FinderScratch: Sendable {
    private var prefixes: [PatternMatcher?]
    private var patterns: [PatternMatcher?]
    private var suffixes: [[PatternMatcher]]
    /// Where the last match of each rule ends in this text.
    private(set) var ends: [Int]
    /// The rules that were tried in this text.
    private var used: [Int] = []
    private var isUsed: [Bool]

    init(ruleCount: Int) {
        prefixes = Array(repeating: .none, count: ruleCount)
        patterns = Array(repeating: .none, count: ruleCount)
        suffixes = Array(repeating: [], count: ruleCount)
        ends = Array(repeating: 0, count: ruleCount)
        isUsed = Array(repeating: false, count: ruleCount)
    }

    /// Forgets what was learned of the last text.
    mutating func begin() {
        for index in used {
            prefixes[index]?.begin()
            patterns[index]?.begin()
            for place in suffixes[index].indices { suffixes[index][place].begin() }
            ends[index] = 0
            isUsed[index] = false
        }
        used.removeAll(keepingCapacity: true)
    }

    /// Remembers where a match of a rule ends.
    mutating func end(_ index: Int, at position: Int) {
        use(index)
        ends[index] = position
    }

    private mutating func use(_ index: Int) {
        guard !isUsed[index] else { return }
        isUsed[index] = true
        used.append(index)
    }

    /// Bytes read by all matchers so far.
    var steps: Int {
        (prefixes + patterns).reduce(0) { $0 + ($1?.steps ?? 0) }
    }

    /// The range of the text that a rule would replace, with its prefix in front, if it starts at a position.
    mutating func match(
        _ rule: CompiledRule, _ index: Int, in bytes: UnsafeBufferPointer<UInt8>, at start: Int, limit: Int
    ) -> Range<Int>? {
        use(index)
        guard let prefix = rule.prefix else { return value(rule, index, in: bytes, at: start, limit: limit) }
        if prefixes[index] == nil { prefixes[index] = PatternMatcher(prefix) }
        var ends: [Int] = []
        let end = prefixes[index]?.longestMatch(in: bytes, from: start, limit: limit) { position in
            ends.append(position)
            return true
        }
        guard let end else { return nil }
        // The rules of others leave it open where their prefix ends.
        guard rule.hasSuffixes else { return value(rule, index, in: bytes, at: end, limit: limit) }
        for end in ends.suffix(Self.mostEnds).reversed() {
            if let match = value(rule, index, in: bytes, at: end, limit: limit) { return match }
        }
        return nil
    }

    private static let mostEnds = 8

    private mutating func value(
        _ rule: CompiledRule, _ index: Int, in bytes: UnsafeBufferPointer<UInt8>, at start: Int, limit: Int
    ) -> Range<Int>? {
        if patterns[index] == nil { patterns[index] = PatternMatcher(rule.pattern) }
        guard rule.hasSuffixes else {
            let end = patterns[index]?.longestMatch(in: bytes, from: start, limit: limit) {
                rule.mayEnd(in: bytes, at: $0)
            }
            return end.flatMap { $0 > start ? start..<$0 : nil }
        }
        // Taken out, since both matchers change while one asks the other.
        var behind: [PatternMatcher] = []
        swap(&behind, &suffixes[index])
        if behind.isEmpty { behind = rule.suffixes.map { PatternMatcher($0) } }
        let end = patterns[index]?.longestMatch(in: bytes, from: start, limit: limit) { position in
            behind.indices.contains { behind[$0].longestMatch(in: bytes, from: position) != nil }
        }
        swap(&behind, &suffixes[index])
        return end.flatMap { $0 > start ? start..<$0 : nil }
    }
}
