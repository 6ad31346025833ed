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
    /// The placeholders of the text; nil until something is found, since most texts have neither.
    private var placeholders: [Range<Int>]?
    /// A text that looked like a match, longer than this, is not searched again.
    private static let longestDoubt = 512

    private var found: [Found] = []

    init(bytes: UnsafeBufferPointer<UInt8>, rules: [CompiledRule], scratch: FinderScratch) {
        self.bytes = bytes
        self.rules = rules
        self.scratch = scratch
        self.scratch.begin()
    }

    /// Looks for a match of a rule that holds the literal at a position.
    mutating func look(for index: Int, around literal: Int) {
        guard literal >= scratch.ends[index], let room = room(around: literal) else { return }
        let rule = rules[index]
        switch rule.rule.form {
        case .pattern: break
        case .named: return lookForNamed(rule, index, literal, in: room)
        case .keyBlock: return lookForKeyBlock(rule, index, literal, in: room)
        }
        var start = literal
        if rule.rule.lookback > 0 {
            let lowest = max(room.lowerBound, scratch.ends[index], literal - rule.rule.lookback)
            while start > lowest, rule.alphabet.contains(bytes[start - 1]),
                rule.hasLongLiterals || bytes[start - 1] != bytes[literal]
            {
                start -= 1
            }
        }
        while start <= literal {
            if let match = match(rule, index, at: start, in: room) {
                if learnsPlaceholders() { return look(for: index, around: literal) }
                let isAround = rule.prefix != nil || match.upperBound > literal
                if isAround, add(match, rule, index, in: room) { return }
            }
            start += 1
        }
    }

    /// Looks for the value of the name that holds a literal.
    private mutating func lookForNamed(_ rule: CompiledRule, _ index: Int, _ literal: Int, in room: Range<Int>) {
        guard let reader = NamedValueReader(bytes, literal: literal, in: room) else { return }
        // A name is read once, however many literals it holds.
        scratch.end(index, at: reader.name.upperBound)
        guard let kind = reader.kind, kind.label == rule.rule.label else { return }
        let secrets = NamedSecrets(bytes, kind)
        let value = reader.value(of: kind)
        var found = value.map { secrets.ranges(in: $0) } ?? []
        if found.isEmpty, let value, !value.isQuoted, !kind.isHeader, value.range.count > Self.longestDoubt {
            // Or a long text full of names would be read from each of them to its end.
            scratch.end(index, at: value.range.upperBound)
            return
        }
        if found.isEmpty, let before = reader.valueBefore() { found = secrets.ranges(in: before) }
        if found.isEmpty,
            let table = TableColumns(bytes: bytes, room: room).table(around: reader.name, label: rule.rule.label)
        {
            found = table.cells.flatMap { NamedSecrets(bytes, $0.kind).ranges(inWhole: $0.range) }
            scratch.end(index, at: table.end)
        }
        guard !found.isEmpty else { return }
        if learnsPlaceholders() {
            scratch.end(index, at: 0)
            return look(for: index, around: literal)
        }
        for range in found { _ = add(range, rule, index, in: room) }
        // The name of a value before it may have another value behind it.
        scratch.end(index, at: max(reader.name.upperBound, found.last?.upperBound ?? 0))
    }

    private mutating func lookForKeyBlock(_ rule: CompiledRule, _ index: Int, _ literal: Int, in room: Range<Int>) {
        guard let block = KeyBlockReader(bytes, in: room).block(around: literal) else { return }
        if learnsPlaceholders() { return look(for: index, around: literal) }
        _ = add(block, rule, index, in: room)
    }

    /// Looks for all matches of the rules without literals.
    mutating func look(for unguided: UnguidedRules) {
        var position = 0
        while let next = unguided.nextStart(in: bytes, from: position) {
            for index in next.rules { look(for: index, at: next.position) }
            position = next.position + 1
        }
    }

    /// Looks for all matches of a rule, wherever its literals stand.
    mutating func lookEverywhere(for index: Int) {
        for position in bytes.indices where rules[index].firstBytes.contains(bytes[position]) {
            look(for: index, at: position)
        }
    }

    /// Looks for a match that starts at a position.
    private mutating func look(for index: Int, at position: Int) {
        guard position >= scratch.ends[index], let room = room(around: position),
            let match = match(rules[index], index, at: position, in: room)
        else { return }
        if learnsPlaceholders() { return look(for: index, at: position) }
        _ = add(match, rules[index], index, in: room)
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
            if match.count > Self.longestDoubt { scratch.end(index, at: match.upperBound) }
            return false
        }
        found.append(Found(range: match, rule: index))
        scratch.end(index, at: match.upperBound)
        return true
    }

    /// Looks for placeholders, once; true where there are some, so that what was found is to be looked for again.
    private mutating func learnsPlaceholders() -> Bool {
        guard placeholders == nil else { return false }
        let found = RedactionPlaceholder.all(in: bytes).map(\.range)
        placeholders = found
        return !found.isEmpty
    }

    /// The text between placeholders that holds a position; nil within a placeholder.
    private func room(around position: Int) -> Range<Int>? {
        guard let placeholders, !placeholders.isEmpty else { return 0..<bytes.count }
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
