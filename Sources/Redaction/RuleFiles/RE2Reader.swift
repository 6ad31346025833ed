/// What a pattern in the syntax of RE2 is made of.
indirect enum RE2Node {
    case bytes(ByteSet)
    case sequence([RE2Node])
    case alternatives([RE2Node])
    case repeated(RE2Node, minimum: Int, maximum: Int?)
    case group(RE2Node, number: Int)
    case startOfText
    case endOfText
    case wordEdge

    /// True where a group whose text counts, or an anchor, stands in it.
    var hasGroup: Bool { contains { if case .group = $0 { true } else { false } } }
    var hasAnchor: Bool {
        contains {
            switch $0 {
            case .startOfText, .endOfText, .wordEdge: true
            default: false
            }
        }
    }

    /// A pattern is a person's and nests at most as deep as the reader allows: this may recurse.
    func contains(_ isIt: (RE2Node) -> Bool) -> Bool {
        if isIt(self) { return true }
        switch self {
        case .sequence(let nodes), .alternatives(let nodes): return nodes.contains { $0.contains(isIt) }
        case .repeated(let node, _, _), .group(let node, _): return node.contains(isIt)
        case .bytes, .startOfText, .endOfText, .wordEdge: return false
        }
    }
}

/// Reads the syntax of RE2, which rule files of scanners use.
///
/// Source: RE2, "Syntax".
struct RE2Reader {
    struct Fault: Error, Equatable {
        var reason: String
    }

    private struct Flags {
        var ignoresCase = false
        var dotIsAll = false
    }

    private static let deepest = 60

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var flags = Flags()
    private var groups = 0
    private var depth = 0

    static func read(_ pattern: String) throws(Fault) -> RE2Node {
        var reader = RE2Reader(scalars: Array(pattern.unicodeScalars))
        let node = try reader.alternatives()
        guard reader.position == reader.scalars.count else { throw Fault(reason: "a parenthesis closes nothing") }
        return node
    }

    private init(scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func takes(_ text: String) -> Bool {
        guard scalars[position...].starts(with: text.unicodeScalars) else { return false }
        position += text.unicodeScalars.count
        return true
    }

    private mutating func alternatives() throws(Fault) -> RE2Node {
        var nodes = [try sequence()]
        while takes("|") { nodes.append(try sequence()) }
        return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
    }

    private mutating func sequence() throws(Fault) -> RE2Node {
        var nodes: [RE2Node] = []
        while let next = peek, next != "|", next != ")" {
            guard let atom = try atom() else { continue }
            nodes.append(try repeated(atom))
        }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    /// Nil for flags, which match nothing.
    private mutating func atom() throws(Fault) -> RE2Node? {
        let scalar = scalars[position]
        switch scalar {
        case "(": return try group()
        case "[": return .bytes(try set())
        case "^":
            position += 1
            return .startOfText
        case "$":
            position += 1
            return .endOfText
        case ".":
            position += 1
            return .bytes(flags.dotIsAll ? .all : ByteSet([0x0A]).inverted)
        case "*", "+", "?": throw Fault(reason: "nothing to repeat")
        case "\\":
            if takes("\\b") { return .wordEdge }
            if takes("\\A") { return .startOfText }
            if takes("\\z") { return .endOfText }
            if takes("\\B") || takes("\\C") || takes("\\p") || takes("\\P") || takes("\\Q") {
                throw Fault(reason: "\\B, \\C, \\p and \\Q are not supported")
            }
            return .bytes(cased(try escape()))
        default:
            position += 1
            let bytes = Array(String(Character(scalar)).utf8)
            guard bytes.count > 1 else { return .bytes(cased(ByteSet(bytes))) }
            return .sequence(bytes.map { .bytes(ByteSet([$0])) })
        }
    }

    private mutating func group() throws(Fault) -> RE2Node? {
        position += 1
        let outer = flags
        var number: Int?
        if takes("?P<") || takes("?<") {
            while let next = peek, next != ">" { position += next == ">" ? 0 : 1 }
            guard takes(">") else { throw Fault(reason: "a group is not closed") }
            groups += 1
            number = groups
        } else if takes("?") {
            var isOn = true
            while let next = peek, next != ":", next != ")" {
                position += 1
                switch next {
                case "i": flags.ignoresCase = isOn
                case "s": flags.dotIsAll = isOn
                case "-": isOn = false
                default: throw Fault(reason: "the flag \(next) is not supported")
                }
            }
            // Flags without a pattern hold to the end of the group around them.
            if takes(")") { return nil }
            guard takes(":") else { throw Fault(reason: "a group is not closed") }
        } else {
            groups += 1
            number = groups
        }
        depth += 1
        guard depth <= Self.deepest else { throw Fault(reason: "groups nest too deep") }
        let node = try alternatives()
        depth -= 1
        guard takes(")") else { throw Fault(reason: "a group is not closed") }
        flags = outer
        return number.map { .group(node, number: $0) } ?? node
    }

    private mutating func repeated(_ atom: RE2Node) throws(Fault) -> RE2Node {
        var node = atom
        while let next = peek {
            switch next {
            case "*": node = .repeated(node, minimum: 0, maximum: nil)
            case "+": node = .repeated(node, minimum: 1, maximum: nil)
            case "?": node = .repeated(node, minimum: 0, maximum: 1)
            case "{":
                guard let (minimum, maximum, end) = bounds() else { return node }
                guard maximum.map({ $0 >= minimum }) ?? true else { throw Fault(reason: "a repetition runs backwards") }
                node = .repeated(node, minimum: minimum, maximum: maximum)
                position = end - 1
            default: return node
            }
            position += 1
            // As long or as short as possible matches the same places.
            _ = takes("?")
        }
        return node
    }

    /// The numbers of `{1,2}` and the position behind it; nil where the brace is text.
    private func bounds() -> (minimum: Int, maximum: Int?, end: Int)? {
        guard let close = scalars[position...].firstIndex(of: "}") else { return nil }
        let inside = String(String.UnicodeScalarView(scalars[(position + 1)..<close]))
        let parts = inside.split(separator: ",", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let minimum = Int(parts[0]), minimum <= 1_000 else { return nil }
        if parts.count == 1 { return (minimum, minimum, close + 1) }
        if parts[1].isEmpty { return (minimum, nil, close + 1) }
        guard let maximum = Int(parts[1]), maximum <= 1_000 else { return nil }
        return (minimum, maximum, close + 1)
    }

    private mutating func set() throws(Fault) -> ByteSet {
        position += 1
        let isNegated = takes("^")
        var set = ByteSet()
        var isFirst = true
        while let next = peek, next != "]" || isFirst {
            isFirst = false
            if let named = namedClass() {
                set = set.union(named)
                continue
            }
            let lower = try member()
            guard let first = lower.single, peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]"
            else {
                set = set.union(lower.set)
                continue
            }
            position += 1
            guard let last = try member().single, last >= first else { throw Fault(reason: "a range runs backwards") }
            set = set.union(ByteSet(first...last))
        }
        guard takes("]") else { throw Fault(reason: "a class is not closed") }
        let members = cased(set)
        return isNegated ? members.inverted : members
    }

    private mutating func namedClass() -> ByteSet? {
        for (name, set) in Self.classes where takes("[:\(name):]") { return set }
        return nil
    }

    private static let classes: [(String, ByteSet)] = {
        let upper = ByteSet(0x41...0x5A)
        let lower = ByteSet(0x61...0x7A)
        return [
            ("alnum", upper.union(lower).union(.digits)), ("alpha", upper.union(lower)), ("digit", .digits),
            ("upper", upper), ("lower", lower), ("space", .blanks), ("xdigit", .hexDigits), ("word", .word),
            ("blank", ByteSet([0x20, 0x09])),
            (
                "punct",
                ByteSet(0x21...0x2F).union(ByteSet(0x3A...0x40))
                    .union(ByteSet(0x5B...0x60)).union(ByteSet(0x7B...0x7E))
            ),
        ]
    }()

    private mutating func member() throws(Fault) -> (set: ByteSet, single: UInt8?) {
        let scalar = scalars[position]
        if scalar == "\\" {
            let isSet = position + 1 < scalars.count && "dDwWsS".unicodeScalars.contains(scalars[position + 1])
            let set = try escape()
            return (set, isSet ? nil : (0...0xFF).first { set.contains($0) })
        }
        guard scalar.isASCII else { throw Fault(reason: "classes hold ASCII only") }
        position += 1
        return (ByteSet([UInt8(scalar.value)]), UInt8(scalar.value))
    }

    private mutating func escape() throws(Fault) -> ByteSet {
        position += 1
        guard let scalar = peek else { throw Fault(reason: "a backslash ends the pattern") }
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
        case "f": return ByteSet([0x0C])
        case "v": return ByteSet([0x0B])
        case "a": return ByteSet([0x07])
        case "x":
            let digits = String(String.UnicodeScalarView(scalars[position...].prefix(2)))
            guard digits.utf8.count == 2, let byte = UInt8(digits, radix: 16) else {
                throw Fault(reason: "a bad escape \\x")
            }
            position += 2
            return ByteSet([byte])
        default:
            guard scalar.isASCII, !ByteSet.word.contains(UInt8(scalar.value)) || scalar == "_" else {
                throw Fault(reason: "unknown escape \\\(scalar)")
            }
            return ByteSet([UInt8(scalar.value)])
        }
    }

    private func cased(_ set: ByteSet) -> ByteSet { flags.ignoresCase ? set.ignoringCase : set }
}
