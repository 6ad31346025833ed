/// A pattern of RE2 in the parts that a rule has: what stands before the secret, the secret, and what stands after it.
///
/// The search has no groups; the group that is asked for is cut out of its surroundings, once for each alternative.
struct RE2Rule {
    /// In the syntax of `LinearPattern`.
    var prefix: String
    var pattern: String
    /// One of these stands after the secret; empty where anything may.
    var suffixes: [String]

    private struct Parts {
        var before: [RE2Node] = []
        var value: RE2Node
        var after: [RE2Node] = []
    }

    private static let mostVariants = 24

    /// The rules that together find the text of a group: that with a number, or the first one there is, or all.
    static func rules(_ source: String, group: Int) throws(RE2Reader.Fault) -> [RE2Rule] {
        let node = try RE2Reader.read(source)
        var rules: [RE2Rule] = []
        for part in try parts(node, group) {
            // What need not stand before the secret is no part of the rule.
            let before = part.before.flatMap(flat).drop { node in
                if case .repeated(_, minimum: 0, _) = node { true } else { false }
            }
            var suffixes: [String] = []
            for nodes in try unanchored(part.after) { suffixes.append(try suffix(nodes)) }
            for var prefix in try unanchored(Array(before)) {
                for var value in try unanchored([part.value]) {
                    if prefix.allSatisfy(isAnchor) {
                        value = prefix + value
                        prefix = []
                    }
                    var ends = suffixes
                    if let last = value.last, isAnchor(last), value.count > 1 {
                        while let last = value.last, isAnchor(last), value.count > 1 { value.removeLast() }
                        ends = [try suffix([last])]
                    }
                    rules.append(
                        RE2Rule(
                            prefix: try start(prefix), pattern: try start(value),
                            suffixes: ends.contains("") ? [] : ends))
                }
            }
        }
        guard rules.count <= mostVariants else { throw RE2Reader.Fault(reason: "it has too many alternatives") }
        return rules
    }

    // MARK: Groups

    private static func parts(_ node: RE2Node, _ group: Int) throws(RE2Reader.Fault) -> [Parts] {
        func isWanted(_ node: RE2Node) -> Bool {
            node.contains { if case .group(_, let number) = $0 { group == 0 || number == group } else { false } }
        }
        guard isWanted(node) else {
            guard group == 0 else { throw RE2Reader.Fault(reason: "it has no group \(group)") }
            return [Parts(value: node)]
        }
        switch node {
        case .group(let inner, let number):
            return group == 0 || number == group ? [Parts(value: inner)] : try parts(inner, group)
        case .sequence(let nodes):
            guard let place = nodes.firstIndex(where: isWanted) else { return [] }
            return try parts(nodes[place], group).map { part in
                Parts(
                    before: nodes[..<place] + part.before, value: part.value, after: part.after + nodes[(place + 1)...])
            }
        case .alternatives(let nodes):
            var all: [Parts] = []
            for node in nodes where group == 0 || isWanted(node) { all += try parts(node, group) }
            return all
        case .repeated(let inner, _, let maximum):
            // Of a group that is repeated the whole counts.
            return maximum == 1 ? try parts(inner, group) : [Parts(value: node)]
        case .bytes, .startOfText, .endOfText, .wordEdge: return [Parts(value: node)]
        }
    }

    private static func flat(_ node: RE2Node) -> [RE2Node] {
        switch node {
        case .sequence(let nodes): nodes.flatMap(flat)
        case .group(let inner, _): flat(inner)
        default: [node]
        }
    }

    // MARK: Anchors

    /// The same nodes without alternatives that hold anchors: once for each of them.
    private static func unanchored(_ nodes: [RE2Node]) throws(RE2Reader.Fault) -> [[RE2Node]] {
        var variants: [[RE2Node]] = [[]]
        for node in nodes.flatMap(flat) {
            var choices: [[RE2Node]] = [[node]]
            if node.hasAnchor {
                switch node {
                case .alternatives(let alternatives):
                    choices = []
                    for alternative in alternatives { choices += try unanchored([alternative]) }
                case .repeated: throw RE2Reader.Fault(reason: "^, $ or \\b is repeated")
                default: break
                }
            }
            variants = variants.flatMap { variant in choices.map { variant + $0 } }
            guard variants.count <= mostVariants else {
                throw RE2Reader.Fault(reason: "it has too many alternatives with ^, $ or \\b")
            }
        }
        return variants
    }

    private static func isAnchor(_ node: RE2Node) -> Bool {
        switch node {
        case .startOfText, .endOfText, .wordEdge: true
        default: false
        }
    }

    /// The text of nodes of which only the first may be an anchor.
    private static func start(_ nodes: [RE2Node]) throws(RE2Reader.Fault) -> String {
        var nodes = nodes
        while nodes.count > 1, case .wordEdge = nodes[0], case .wordEdge = nodes[1] { nodes.removeFirst() }
        guard !nodes.dropFirst().contains(where: { $0.hasAnchor }) else {
            throw RE2Reader.Fault(reason: "^, $ or \\b stands within it")
        }
        return joined(nodes)
    }

    /// The text of nodes of which only the first or the last may be an anchor; an edge of a word is told alone.
    private static func suffix(_ nodes: [RE2Node]) throws(RE2Reader.Fault) -> String {
        guard nodes.count < 3 || !nodes[1..<(nodes.count - 1)].contains(where: { $0.hasAnchor }) else {
            throw RE2Reader.Fault(reason: "^, $ or \\b stands within it")
        }
        return joined(nodes)
    }

    // MARK: Text

    private static func joined(_ nodes: [RE2Node], _ separator: String = "") -> String {
        nodes.map(text).joined(separator: separator)
    }

    private static func text(_ node: RE2Node) -> String {
        switch node {
        case .bytes(let set): return Self.set(set)
        case .sequence(let nodes): return "(?:" + joined(nodes) + ")"
        case .alternatives(let nodes):
            // An anchor may stand before a group, but not before alternatives.
            return "(?:" + joined(nodes, "|") + "){1,1}"
        case .group(let inner, _): return "(?:" + text(inner) + ")"
        case .repeated(let inner, let minimum, let maximum):
            return "(?:" + text(inner) + "){\(minimum),\(maximum.map(String.init) ?? "")}"
        case .startOfText: return "^"
        case .endOfText: return "$"
        case .wordEdge: return "\\b"
        }
    }

    private static func set(_ set: ByteSet) -> String {
        func hex(_ byte: Int) -> String { "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        var text = ""
        var start: Int?
        for byte in 0...256 {
            let isIn = byte < 256 && set.contains(UInt8(truncatingIfNeeded: byte))
            if isIn, start == nil { start = byte }
            if !isIn, let first = start {
                text += first == byte - 1 ? hex(first) : hex(first) + "-" + hex(byte - 1)
                start = nil
            }
        }
        return "[" + text + "]"
    }
}
