/// Reads a pattern.
///
/// A pattern is a person's or ours, never a trace's, and groups nest at most `deepest`: the reader may recurse.
struct PatternParser {
    static let deepest = 40

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    private var ignoresCase: Bool

    private(set) var startsText = false
    private(set) var startsWord = false
    private(set) var endsText = false
    private(set) var endsWord = false

    init(_ source: String, ignoresCase: Bool) {
        scalars = Array(source.unicodeScalars)
        self.ignoresCase = ignoresCase
    }

    /// The whole pattern without its anchors, which stand in the properties afterwards.
    mutating func parse() throws(PatternError) -> PatternNode {
        if takes("(?i)") { ignoresCase = true }
        if takes("^") { startsText = true } else if takes("\\b") { startsWord = true }
        let first = position
        let node = try parseAlternatives()
        guard position == scalars.count else { throw error(.strayClosingParenthesis) }
        if startsText || startsWord || endsText || endsWord, case .alternatives = node {
            throw PatternError(position: first, reason: .anchorBesideAlternatives)
        }
        return node
    }

    private mutating func parseAlternatives() throws(PatternError) -> PatternNode {
        var alternatives = [try parseSequence()]
        while takes("|") { alternatives.append(try parseSequence()) }
        return alternatives.count == 1 ? alternatives[0] : .alternatives(alternatives)
    }

    private mutating func parseSequence() throws(PatternError) -> PatternNode {
        var nodes: [PatternNode] = []
        while let next = peek, next != "|", next != ")" {
            if try takesEndAnchor() { break }
            let atom = try parseAtom()
            nodes += try repeated(atom)
        }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    private mutating func takesEndAnchor() throws(PatternError) -> Bool {
        let start = position
        if takes("$") {
            endsText = true
        } else if takes("\\b") {
            endsWord = true
        } else if peek == "^" {
            throw error(.anchorInside)
        } else {
            return false
        }
        guard position == scalars.count else { throw PatternError(position: start, reason: .anchorInside) }
        return true
    }

    /// What a repetition after it would repeat: a byte of a set, a character, or a group.
    private mutating func parseAtom() throws(PatternError) -> PatternNode {
        let scalar = scalars[position]
        switch scalar {
        case "(": return try parseGroup()
        case "[": return .bytes(cased(try parseClass()))
        case ".":
            position += 1
            return .bytes(ByteSet([0x0A]).inverted)
        case "*", "+", "?": throw error(.nothingToRepeat)
        case "{": throw error(.badRepetition)
        case "\\": return .bytes(cased(try parseEscape()))
        default:
            position += 1
            let bytes = Array(String(Character(scalar)).utf8)
            guard bytes.count > 1 else { return .bytes(cased(ByteSet(bytes))) }
            return .sequence(bytes.map { .bytes(ByteSet([$0])) })
        }
    }

    private mutating func parseGroup() throws(PatternError) -> PatternNode {
        let start = position
        position += 1
        if takes("?") {
            guard takes(":") else { throw PatternError(position: start, reason: .unknownGroup) }
        }
        depth += 1
        guard depth <= Self.deepest else { throw error(.tooDeep(limit: Self.deepest)) }
        let node = try parseAlternatives()
        depth -= 1
        guard takes(")") else { throw PatternError(position: start, reason: .unclosedGroup) }
        return node
    }

    private mutating func repeated(_ atom: PatternNode) throws(PatternError) -> [PatternNode] {
        var node = atom
        var isRepeated = false
        while let next = peek, "*+?{".unicodeScalars.contains(next) {
            guard !isRepeated else { throw error(next == "{" || next == "*" ? .nothingToRepeat : .lazyRepetition) }
            isRepeated = true
            switch next {
            case "*": node = .repeated(node, minimum: 0, maximum: .none)
            case "+": node = .repeated(node, minimum: 1, maximum: .none)
            case "?": node = .repeated(node, minimum: 0, maximum: 1)
            default:
                let bounds = try parseBounds()
                node = .repeated(node, minimum: bounds.minimum, maximum: bounds.maximum)
                continue
            }
            position += 1
        }
        return [node]
    }

    private mutating func parseBounds() throws(PatternError) -> (minimum: Int, maximum: Int?) {
        let start = position
        position += 1
        guard let minimum = parseNumber() else { throw PatternError(position: start, reason: .badRepetition) }
        var maximum: Int? = minimum
        if takes(",") { maximum = parseNumber() }
        guard takes("}"), maximum.map({ $0 >= minimum }) ?? true else {
            throw PatternError(position: start, reason: .badRepetition)
        }
        return (minimum, maximum)
    }

    private mutating func parseNumber() -> Int? {
        var number: Int?
        while let digit = peek.flatMap({ $0.properties.numericType == .decimal && $0.isASCII ? $0.value - 0x30 : nil })
        {
            // What is too large is refused when the pattern is expanded.
            number = min((number ?? 0) * 10 + Int(digit), 1_000_000)
            position += 1
        }
        return number
    }
}

// MARK: - Classes and escapes

extension PatternParser {
    private mutating func parseClass() throws(PatternError) -> ByteSet {
        let start = position
        position += 1
        let isNegated = takes("^")
        var set = ByteSet()
        var isFirst = true
        while let next = peek, next != "]" || isFirst {
            isFirst = false
            let lower = try parseClassMember()
            guard let first = lower.single, peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]"
            else {
                set = set.union(lower.set)
                continue
            }
            position += 1
            let at = position
            guard let last = try parseClassMember().single, last >= first else {
                throw PatternError(position: at, reason: .rangeBackwards)
            }
            set = set.union(ByteSet(first...last))
        }
        guard takes("]") else { throw PatternError(position: start, reason: .unclosedClass) }
        // Case before negation: [^a] must not match A where case is ignored.
        let members = cased(set)
        let result = isNegated ? members.inverted : members
        guard !result.isEmpty else { throw PatternError(position: start, reason: .emptyClass) }
        return result
    }

    private mutating func parseClassMember() throws(PatternError) -> (set: ByteSet, single: UInt8?) {
        let scalar = scalars[position]
        if scalar == "\\" {
            let isSet = position + 1 < scalars.count && "dDwWsS".unicodeScalars.contains(scalars[position + 1])
            let set = try parseEscape()
            return (set, isSet ? .none : (0...0xFF).first { set.contains($0) })
        }
        guard scalar.isASCII else { throw error(.notASCIIInClass) }
        position += 1
        let byte = UInt8(scalar.value)
        return (ByteSet([byte]), byte)
    }

    private mutating func parseEscape() throws(PatternError) -> ByteSet {
        let start = position
        position += 1
        guard let scalar = peek else { throw PatternError(position: start, reason: .badEscape("")) }
        position += 1
        switch scalar {
        case "d": return .digits
        case "D": return ByteSet.digits.inverted
        case "w": return .word
        case "W": return ByteSet.word.inverted
        case "s": return .blanks
        case "S": return ByteSet.blanks.inverted
        case "t": return ByteSet([0x09])
        case "n": return ByteSet([0x0A])
        case "r": return ByteSet([0x0D])
        case "b": throw PatternError(position: start, reason: .anchorInside)
        case "x":
            let digits = String(String.UnicodeScalarView(scalars[position...].prefix(2)))
            guard digits.utf8.count == 2, let byte = UInt8(digits, radix: 16), !digits.hasPrefix("+") else {
                throw PatternError(position: start, reason: .badEscape("x"))
            }
            position += 2
            return ByteSet([byte])
        case "1"..."9": throw PatternError(position: start, reason: .backReference)
        default:
            guard scalar.isASCII, !ByteSet.word.contains(UInt8(scalar.value)) else {
                throw PatternError(position: start, reason: .badEscape(String(scalar)))
            }
            return ByteSet([UInt8(scalar.value)])
        }
    }

    private func cased(_ set: ByteSet) -> ByteSet { ignoresCase ? set.ignoringCase : set }

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func takes(_ text: String) -> Bool {
        let text = text.unicodeScalars
        guard scalars[position...].starts(with: text) else { return false }
        position += text.count
        return true
    }

    private func error(_ reason: PatternError.Reason) -> PatternError {
        PatternError(position: position, reason: reason)
    }
}
