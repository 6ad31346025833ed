/// A rule with its patterns read; a class, since it is handed on at every position that may start a match.
final class CompiledRule: Sendable {
    let rule: RedactionRule
    let prefix: LinearPattern?
    let pattern: LinearPattern
    let suffixes: [LinearPattern]
    /// What a match, or its prefix, starts with.
    let firstBytes: ByteSet
    /// The bytes that may stand between the start of a match and its literal.
    let alphabet: ByteSet
    /// The bytes that may not stand before a match.
    let forbiddenBefore: ByteSet
    /// False where a match may hold its literal several times, so that the one nearest to its start counts.
    let hasLongLiterals: Bool
    private let forbiddenAfter: ByteSet
    /// True where a full stop ends the sentence and no match.
    private let isWord: Bool
    private let mayEndText: Bool

    init(_ rule: RedactionRule) throws(PatternError) {
        self.rule = rule
        do {
            prefix = rule.prefix.isEmpty ? .none : try LinearPattern(rule.prefix, ignoresCase: rule.ignoresCase)
            pattern = try LinearPattern(rule.pattern, ignoresCase: rule.ignoresCase)
            var suffixes: [LinearPattern] = []
            for suffix in rule.suffixes { suffixes.append(try LinearPattern(suffix)) }
            self.suffixes = suffixes
        } catch {
            throw PatternError(position: error.position, reason: error.reason, label: rule.label)
        }
        let first = (prefix ?? pattern).program
        firstBytes = first.firstBytes
        alphabet = first.alphabet
        forbiddenBefore = rule.boundary.forbiddenBefore
        forbiddenAfter = rule.boundary.forbiddenAfter
        mayEndText = rule.boundary.mayEndText
        hasLongLiterals = rule.literals.allSatisfy { $0.utf8.count > 1 }
        if case .word = rule.boundary, rule.group == .secret { isWord = true } else { isWord = false }
    }

    var hasSuffixes: Bool { !suffixes.isEmpty }

    /// True where a match may start as far as what stands before it goes.
    @inline(__always)
    func mayStart(in bytes: UnsafeBufferPointer<UInt8>, at position: Int, lower: Int) -> Bool {
        guard firstBytes.contains(bytes[position]) else { return false }
        guard position > 0, !forbiddenBefore.isEmpty else { return true }
        // Next to a placeholder is within a word: what was redacted is not looked at in another light.
        if position == lower { return false }
        if forbiddenBefore.contains(bytes[position - 1]) {
            return EscapedText.isEscapeEnd(in: bytes, before: position)
                || EscapedText.isDiffSign(in: bytes, position - 1)
        }
        return !EscapedText.isEscape(in: bytes, at: position)
    }

    /// True where a match may end as far as what stands after it goes.
    @inline(__always)
    func mayEnd(in bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        if isWord, position > 0, bytes[position - 1] == UInt8(ascii: ".") { return false }
        return position == bytes.count ? mayEndText : !forbiddenAfter.contains(bytes[position])
    }
}

/// The rules without literals, by the bytes that their matches start with.
struct UnguidedRules: Sendable {
    /// For each byte the place of its rules in `groups`; 0 for none.
    private var groupOfByte = [UInt8](repeating: 0, count: 256)
    private var groups: [[Int]] = [[]]
    /// The bytes that may stand before none of their matches.
    private let forbiddenBefore: ByteSet

    init(_ rules: [(index: Int, rule: CompiledRule)]) {
        forbiddenBefore = rules.reduce(.all) { $0.intersection($1.rule.forbiddenBefore) }
        var numbers: [[Int]: UInt8] = [[]: 0]
        for byte in UInt8.min...UInt8.max {
            let group = rules.filter { $0.rule.firstBytes.contains(byte) }.map(\.index)
            // There are 255 groups at most beside the empty one.
            let number = numbers[group] ?? UInt8(truncatingIfNeeded: groups.count)
            if numbers[group] == nil {
                numbers[group] = number
                groups.append(group)
            }
            groupOfByte[Int(byte)] = number
        }
    }

    var isEmpty: Bool { groups.count == 1 }

    /// The next position at which a match may start, with the rules that it may be of.
    func nextStart(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> (position: Int, rules: [Int])? {
        var position = start
        let group: UInt8 = groupOfByte.withUnsafeBufferPointer { groupOfByte in
            while position < bytes.count {
                let group = groupOfByte[Int(bytes[position])]
                if group != 0, mayStart(in: bytes, at: position) { return group }
                position += 1
            }
            return 0
        }
        return group == 0 ? nil : (position, groups[Int(group)])
    }

    /// False within words and numbers that no rule may start in, which most positions are.
    @inline(__always)
    private func mayStart(in bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        guard position > 0, forbiddenBefore.contains(bytes[position - 1]) else { return true }
        return EscapedText.isEscapeEnd(in: bytes, before: position)
    }
}
