/// The matchers of a finder, for one thread at a time.
struct FinderScratch: Sendable {
    private var prefixes: [PatternMatcher?]
    private var patterns: [PatternMatcher?]

    init(ruleCount: Int) {
        prefixes = Array(repeating: .none, count: ruleCount)
        patterns = Array(repeating: .none, count: ruleCount)
    }

    /// Forgets what was learned of the last text.
    mutating func begin() {
        for index in prefixes.indices {
            prefixes[index]?.begin()
            patterns[index]?.begin()
        }
    }

    /// Bytes read by all matchers so far.
    var steps: Int {
        (prefixes + patterns).reduce(0) { $0 + ($1?.steps ?? 0) }
    }

    /// The range of the text that a rule would replace, with its prefix in front, if it starts at a position.
    mutating func match(
        _ rule: CompiledRule, _ index: Int, in bytes: UnsafeBufferPointer<UInt8>, at start: Int, limit: Int
    ) -> Range<Int>? {
        var valueStart = start
        if let prefix = rule.prefix {
            if prefixes[index] == nil { prefixes[index] = PatternMatcher(prefix) }
            let end = prefixes[index]?.longestMatch(in: bytes, from: start, limit: limit) { _ in true }
            guard let end else { return nil }
            valueStart = end
        }
        if patterns[index] == nil { patterns[index] = PatternMatcher(rule.pattern) }
        let end = patterns[index]?.longestMatch(in: bytes, from: valueStart, limit: limit) {
            rule.mayEnd(in: bytes, at: $0)
        }
        guard let end, end > valueStart else { return nil }
        return valueStart..<end
    }
}
