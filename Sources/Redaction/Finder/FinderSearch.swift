import TraceModel

/// The search for matches in one text.
struct FinderSearch {
    struct Found {
        var range: Range<Int>
        var rule: Int
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let rules: [CompiledRule]
    private(set) var scratch: FinderScratch
    private let placeholders: [Range<Int>]
    /// A text that looked like a match, longer than this, is not searched again.
    private static let longestDoubt = 512

    private var found: [Found] = []
    /// Where the last match of each rule ends.
    private var endOfRule: [Int]

    init(bytes: UnsafeBufferPointer<UInt8>, rules: [CompiledRule], scratch: FinderScratch) {
        self.bytes = bytes
        self.rules = rules
        self.scratch = scratch
        placeholders = RedactionPlaceholder.all(in: bytes).map(\.range)
        endOfRule = Array(repeating: 0, count: rules.count)
        self.scratch.begin()
    }

    /// Looks for a match of a rule that holds the literal at a position.
    mutating func look(for index: Int, around literal: Int) {
        guard literal >= endOfRule[index], let room = room(around: literal) else { return }
        let rule = rules[index]
        var start = literal
        if rule.rule.lookback > 0 {
            let lowest = max(room.lowerBound, endOfRule[index], literal - rule.rule.lookback)
            while start > lowest, rule.alphabet.contains(bytes[start - 1]) { start -= 1 }
        }
        while start <= literal {
            if let match = match(rule, index, at: start, in: room) {
                let isAround = rule.prefix != nil || match.upperBound > literal
                if isAround, add(match, rule, index, in: room) { return }
            }
            start += 1
        }
    }

    /// Looks for all matches of a rule.
    mutating func lookEverywhere(for index: Int) {
        let rule = rules[index]
        var position = 0
        var room = 0..<0
        while position < bytes.count {
            if position >= room.upperBound {
                guard let next = self.room(around: position) else {
                    position += 1
                    continue
                }
                room = next
            }
            if rule.firstBytes.contains(bytes[position]), let match = match(rule, index, at: position, in: room),
                add(match, rule, index, in: room)
            {
                position = match.upperBound
            } else {
                position = max(position + 1, endOfRule[index])
            }
        }
    }

    /// All that was found, in order, without overlap.
    var matches: [Found] {
        var matches: [Found] = []
        let sorted = found.sorted {
            ($0.range.lowerBound, -$0.range.upperBound, $0.rule) < ($1.range.lowerBound, -$1.range.upperBound, $1.rule)
        }
        for var next in sorted {
            let end = matches.last?.range.upperBound ?? 0
            guard next.range.upperBound > end else { continue }
            if next.range.lowerBound < end { next.range = end..<next.range.upperBound }
            matches.append(next)
        }
        return matches
    }

    private mutating func match(_ rule: CompiledRule, _ index: Int, at start: Int, in room: Range<Int>) -> Range<Int>? {
        guard rule.mayStart(in: bytes, at: start, lower: room.lowerBound) else { return nil }
        return scratch.match(rule, index, in: bytes, at: start, limit: room.upperBound)
    }

    /// Adds a match, if it passes its check and touches no placeholder.
    private mutating func add(
        _ match: Range<Int>, _ rule: CompiledRule, _ index: Int, in room: Range<Int>
    ) -> Bool {
        guard room.lowerBound == 0 || match.lowerBound > room.lowerBound else { return false }
        guard room.upperBound == bytes.count || match.upperBound < room.upperBound else { return false }
        guard rule.rule.check.passes(bytes, match) else {
            // Or a text full of starts would be read from each of them to its end.
            if match.count > Self.longestDoubt { endOfRule[index] = match.upperBound }
            return false
        }
        found.append(Found(range: match, rule: index))
        endOfRule[index] = match.upperBound
        return true
    }

    /// The text between placeholders that holds a position; nil within a placeholder.
    private func room(around position: Int) -> Range<Int>? {
        guard !placeholders.isEmpty else { return 0..<bytes.count }
        var low = 0
        var high = placeholders.count
        while low < high {
            let middle = (low + high) / 2
            if placeholders[middle].upperBound <= position { low = middle + 1 } else { high = middle }
        }
        let lower = low > 0 ? placeholders[low - 1].upperBound : 0
        guard low < placeholders.count else { return lower..<bytes.count }
        guard position < placeholders[low].lowerBound else { return nil }
        return lower..<placeholders[low].lowerBound
    }
}
