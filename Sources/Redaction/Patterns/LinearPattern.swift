/// A regular expression over the bytes of UTF-8 that is matched in time linear in the text.
///
/// | syntax | matches |
/// |---|---|
/// | `a`, `é` | itself |
/// | `.` | any byte but a line feed; a character outside ASCII is several |
/// | `[a-z_]`, `[^a-z]` | one of a set, or none of it; ASCII only |
/// | `\d \w \s \D \W \S` | digits, word characters, blanks, and all but these; ASCII only |
/// | `\t \n \r \xHH`, `\.` | a byte; a punctuation mark as text |
/// | `(…)`, `(?:…)`, `…\|…` | groups and alternatives |
/// | `* + ? {m} {m,} {m,n}` | repetitions, always as long as possible |
/// | `(?i)` at the start | either case |
/// | `^`, `$`, `\b` at the start or end | start and end of the text, edge of a word |
///
/// There are no references, no look-around and no lazy repetitions: what cannot be matched in linear time is an error.
package struct LinearPattern: Sendable {
    package let source: String
    let program: PatternProgram
    let startsText: Bool
    let startsWord: Bool
    let endsText: Bool
    let endsWord: Bool

    package init(_ source: String, ignoresCase: Bool = false) throws(PatternError) {
        self.source = source
        var parser = PatternParser(source, ignoresCase: ignoresCase)
        program = try PatternProgram(try parser.parse())
        startsText = parser.startsText
        startsWord = parser.startsWord
        endsText = parser.endsText
        endsWord = parser.endsWord
    }

    /// True where the anchor at the start of the pattern holds.
    func mayStart(in bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        if startsText { return position == 0 }
        return !startsWord || Self.isWordEdge(bytes, position)
    }

    /// True where the anchor at the end of the pattern holds.
    func mayEnd(in bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        if endsText { return position == bytes.count }
        return !endsWord || Self.isWordEdge(bytes, position)
    }

    private static func isWordEdge(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
        let before = position > 0 && ByteSet.word.contains(bytes[position - 1])
        let after = position < bytes.count && ByteSet.word.contains(bytes[position])
        return before != after
    }
}

/// Why a pattern cannot be read.
package struct PatternError: Error, Equatable, Sendable {
    package enum Reason: Equatable, Sendable {
        case unclosedGroup
        case unclosedClass
        case emptyClass
        case rangeBackwards
        case strayClosingParenthesis
        case nothingToRepeat
        case badRepetition
        case lazyRepetition
        case badEscape(String)
        case backReference
        case unknownGroup
        case anchorInside
        case anchorBesideAlternatives
        case notASCIIInClass
        case tooDeep(limit: Int)
        case tooLarge(limit: Int)
    }

    /// The character of the pattern at which reading failed, from 0.
    package var position: Int
    package var reason: Reason
    /// The label of the rule that the pattern belongs to, where one is known.
    package var label: String?

    package init(position: Int, reason: Reason, label: String? = .none) {
        self.position = position
        self.reason = reason
        self.label = label
    }
}

extension PatternError: CustomStringConvertible {
    /// One line for a person, such as `nothing to repeat at character 1`.
    package var description: String {
        (label.map { "\($0): " } ?? "") + "\(reason) at character \(position + 1)"
    }
}

extension PatternError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unclosedGroup: "a group is not closed"
        case .unclosedClass: "a class is not closed"
        case .emptyClass: "a class is empty"
        case .rangeBackwards: "a range runs backwards"
        case .strayClosingParenthesis: "a parenthesis closes nothing"
        case .nothingToRepeat: "nothing to repeat"
        case .badRepetition: "a repetition is not {m}, {m,} or {m,n}; a brace as text is \\{"
        case .lazyRepetition: "repetitions are neither lazy nor possessive"
        case .badEscape(let text): "unknown escape \\\(text)"
        case .backReference: "references to groups are not supported"
        case .unknownGroup: "groups are ( ) or (?: ), and (?i) stands at the start"
        case .anchorInside: "^, $ and \\b stand only at the start and the end"
        case .anchorBesideAlternatives: "with ^, $ or \\b, alternatives stand in a group"
        case .notASCIIInClass: "classes hold ASCII only"
        case .tooDeep(let limit): "groups nest deeper than \(limit)"
        case .tooLarge(let limit): "repetitions expand to more than \(limit) states"
        }
    }
}
