/// A rule with its patterns read.
struct CompiledRule: Sendable {
    let rule: RedactionRule
    let prefix: LinearPattern?
    let pattern: LinearPattern
    /// What a match, or its prefix, starts with.
    let firstBytes: ByteSet
    /// The bytes that may stand between the start of a match and its literal.
    let alphabet: ByteSet
    private let forbiddenBefore: ByteSet
    private let forbiddenAfter: ByteSet
    private let mayEndText: Bool

    init(_ rule: RedactionRule) throws(PatternError) {
        self.rule = rule
        do {
            prefix = rule.prefix.isEmpty ? .none : try LinearPattern(rule.prefix, ignoresCase: rule.ignoresCase)
            pattern = try LinearPattern(rule.pattern, ignoresCase: rule.ignoresCase)
        } catch {
            throw PatternError(position: error.position, reason: error.reason, label: rule.label)
        }
        let first = (prefix ?? pattern).program
        firstBytes = first.firstBytes
        alphabet = first.alphabet
        forbiddenBefore = rule.boundary.forbiddenBefore
        forbiddenAfter = rule.boundary.forbiddenAfter
        mayEndText = rule.boundary.mayEndText
    }

    /// True where a match may start as far as what stands before it goes.
    func mayStart(in bytes: UnsafeBufferPointer<UInt8>, at position: Int, lower: Int) -> Bool {
        guard firstBytes.contains(bytes[position]) else { return false }
        guard !forbiddenBefore.isEmpty, position > 0 else { return true }
        // Next to a placeholder is within a word: what was redacted is not looked at in another light.
        if position == lower { return false }
        if EscapedText.isEscape(in: bytes, at: position) { return false }
        return !forbiddenBefore.contains(bytes[position - 1])
            || EscapedText.isEscapeEnd(in: bytes, before: position)
    }

    /// True where a match may end as far as what stands after it goes.
    @inline(__always)
    func mayEnd(in bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        position == bytes.count ? mayEndText : !forbiddenAfter.contains(bytes[position])
    }
}
