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
