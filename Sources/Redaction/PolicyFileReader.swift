import TraceModel
import Yams

/// Reads the file of a policy node by node, so that each fault has its line.
struct PolicyFileReader {
    static let limitBytes = 1 << 20

    private let file: String
    private var labelLines: [String: Int] = [:]
    private var fieldLines: [String: Int] = [:]

    init(file: String) {
        self.file = file
    }

    mutating func read(_ text: String, into policy: inout RedactionPolicy) throws(RedactionPolicyError) {
        guard text.utf8.count <= Self.limitBytes else {
            throw RedactionPolicyError(file: file, line: nil, reason: .tooLong(limitBytes: Self.limitBytes))
        }
        guard let root = try compose(text) else { return }
        if case .scalar(let scalar) = root, scalar.string.isEmpty { return }
        let members = try members(of: root, "the file", allowed: ["secrets", "personal", "rules", "fields"])
        if let node = members["secrets"] { policy.findsSecrets = try truth(node, "secrets") }
        if let node = members["personal"] { policy.findsPersonalData = try truth(node, "personal") }
        if let node = members["rules"] {
            for element in try list(node, "rules") { policy.rules.append(try rule(element)) }
        }
        if let node = members["fields"] {
            for element in try list(node, "fields") { policy.fields.append(try field(element)) }
        }
    }

    private func compose(_ text: String) throws(RedactionPolicyError) -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch {
            let (reason, mark) = Self.fault(of: error)
            throw RedactionPolicyError(file: file, line: mark?.line, reason: reason)
        }
    }

    private static func fault(of error: any Error) -> (reason: RedactionPolicyError.Reason, place: Mark?) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            (.syntax(problem), mark)
        case .duplicatedKeysInMapping(let keys, let context): (.duplicateKey(keys.first ?? ""), context.mark)
        case .reader(let problem, _, _, _): (.syntax(problem), nil)
        default: (.syntax("it cannot be read"), nil)
        }
    }

    // MARK: Entries

    private mutating func rule(_ node: Node) throws(RedactionPolicyError) -> RedactionRule {
        let members = try members(of: node, "a rule", allowed: ["label", "pattern", "literals", "ignore_case"])
        let labelNode = try required("label", in: members, of: node)
        let label = try text(labelNode, "label")
        guard RedactionPlaceholder.isLabel(label) else { throw error(labelNode, .badLabel(label)) }
        guard !RedactionPlaceholder.reservedLabels.contains(label) else {
            throw error(labelNode, .reservedLabel(label))
        }
        if let line = labelLines[label] { throw error(labelNode, .duplicateLabel(label, firstLine: line)) }
        labelLines[label] = labelNode.mark?.line ?? 0
        let patternNode = try required("pattern", in: members, of: node)
        var literals: [String] = []
        if let node = members["literals"] {
            for element in try list(node, "literals") {
                let literal = try text(element, "literals")
                guard !literal.isEmpty else { throw error(element, .emptyLiteral) }
                literals.append(literal)
            }
        }
        var ignoresCase = false
        if let node = members["ignore_case"] { ignoresCase = try truth(node, "ignore_case") }
        let rule = RedactionRule(
            label, .custom, label, literals: literals, ignoresCase: ignoresCase,
            pattern: try text(patternNode, "pattern"))
        do {
            _ = try SecretFinder(rules: [rule])
        } catch {
            throw self.error(patternNode, .badPattern("\(error)"))
        }
        return rule
    }

    private mutating func field(_ node: Node) throws(RedactionPolicyError) -> RedactionPolicy.FieldRule {
        let members = try members(of: node, "a field", allowed: ["name", "action"])
        let nameNode = try required("name", in: members, of: node)
        let name = try text(nameNode, "name")
        guard !name.isEmpty, !name.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else {
            throw error(nameNode, .badFieldName(name))
        }
        if let line = fieldLines[name] { throw error(nameNode, .duplicateField(name, firstLine: line)) }
        fieldLines[name] = nameNode.mark?.line ?? 0
        let actionNode = try required("action", in: members, of: node)
        let word = try text(actionNode, "action")
        guard let action = RedactionPolicy.Action(rawValue: word) else { throw error(actionNode, .unknownAction(word)) }
        return RedactionPolicy.FieldRule(name: name, action: action)
    }

    // MARK: Nodes

    private func members(
        of node: Node, _ what: String, allowed: [String]
    ) throws(RedactionPolicyError) -> [String: Node] {
        guard case .mapping(let mapping) = node else {
            throw error(node, .wrongValue(key: what, expected: "keys with values"))
        }
        var members: [String: Node] = [:]
        for (key, value) in mapping {
            let name = try text(key, what)
            guard allowed.contains(name) else { throw error(key, .unknownKey(name, allowed: allowed)) }
            guard members.updateValue(value, forKey: name) == nil else { throw error(key, .duplicateKey(name)) }
        }
        return members
    }

    private func required(
        _ key: String, in members: [String: Node], of node: Node
    ) throws(RedactionPolicyError) -> Node {
        guard let member = members[key] else { throw error(node, .missingKey(key)) }
        return member
    }

    private func list(_ node: Node, _ key: String) throws(RedactionPolicyError) -> [Node] {
        guard case .sequence(let sequence) = node else { throw error(node, .wrongValue(key: key, expected: "a list")) }
        return Array(sequence)
    }

    private func truth(_ node: Node, _ key: String) throws(RedactionPolicyError) -> Bool {
        guard let value = node.bool else { throw error(node, .wrongValue(key: key, expected: "true or false")) }
        return value
    }

    private func text(_ node: Node, _ key: String) throws(RedactionPolicyError) -> String {
        guard case .scalar(let scalar) = node else { throw error(node, .wrongValue(key: key, expected: "a text")) }
        return scalar.string
    }

    private func error(_ node: Node, _ reason: RedactionPolicyError.Reason) -> RedactionPolicyError {
        RedactionPolicyError(file: file, line: node.mark?.line, reason: reason)
    }
}

extension RedactionPlaceholder {
    /// Labels of replacements that no rule made.
    static let reservedLabels: Set<String> = ["MASKED", "DROPPED", "PURGED"]

    /// Whether a text can be the label of a placeholder.
    static func isLabel(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= longestLabel, (0x41...0x5A).contains(first) else { return false }
        return bytes.allSatisfy {
            (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
        }
    }
}

/// What is wrong with a policy file, and where.
package struct RedactionPolicyError: Error, Equatable, Sendable {
    package enum Reason: Equatable, Sendable {
        /// It is no YAML; the text is the parser's.
        case syntax(String)
        /// A file of rules cannot be read.
        case rules(String)
        case unknownKey(String, allowed: [String])
        case duplicateKey(String)
        case missingKey(String)
        /// The value of a key is of another sort than `expected` tells.
        case wrongValue(key: String, expected: String)
        case badLabel(String)
        case reservedLabel(String)
        case duplicateLabel(String, firstLine: Int)
        /// The text tells what the pattern lacks, and where in it.
        case badPattern(String)
        case emptyLiteral
        case unknownAction(String)
        case badFieldName(String)
        case duplicateField(String, firstLine: Int)
        case tooLong(limitBytes: Int)
    }

    /// The file as the user named it.
    package var file: String
    /// From 1; nil where the fault has no line.
    package var line: Int?
    package var reason: Reason
}

extension RedactionPolicyError: CustomStringConvertible {
    package var description: String { "\(file):\(line.map { "\($0):" } ?? "") \(reason)" }
}

extension RedactionPolicyError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .syntax(let text): "invalid YAML: \(text)"
        case .rules(let text): "invalid TOML: \(text)"
        case .unknownKey(let key, let allowed): "unknown key '\(key)': known are \(allowed.joined(separator: ", "))"
        case .duplicateKey(let key): "the key '\(key)' stands twice"
        case .missingKey(let key): "the key '\(key)' is missing"
        case .wrongValue(let key, let expected): "'\(key)' must be \(expected)"
        case .badLabel(let label):
            "bad label '\(label)': an upper-case letter and then upper-case letters, digits and '_', at most 40"
        case .reservedLabel(let label): "the label '\(label)' has a meaning of its own"
        case .duplicateLabel(let label, let line): "the label '\(label)' stands in line \(line) already"
        case .badPattern(let text): "bad pattern: \(text)"
        case .emptyLiteral: "a literal is empty"
        case .unknownAction(let word):
            "unknown action '\(word)': known are "
                + RedactionPolicy.Action.allCases.map(\.rawValue).joined(separator: ", ")
        case .badFieldName(let name):
            "bad field name '\(name)': an attribute key, with * for any text, or one of "
                + RedactionPolicy.Field.allCases.map(\.rawValue).joined(separator: ", ")
        case .duplicateField(let name, let line): "the field '\(name)' stands in line \(line) already"
        case .tooLong(let limit): "longer than \(limit >> 10) KiB"
        }
    }
}
