/// What is wrong with a policy file, and where.
package struct RedactionPolicyError: Error, Equatable, Sendable {
    package enum Reason: Equatable, Sendable {
        /// It is no YAML; the text is the parser's.
        case syntax(String)
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

    package init(file: String, line: Int?, reason: Reason) {
        self.file = file
        self.line = line
        self.reason = reason
    }
}

extension RedactionPolicyError: CustomStringConvertible {
    package var description: String { "\(file):\(line.map { "\($0):" } ?? "") \(reason)" }
}

extension RedactionPolicyError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .syntax(let text): "invalid YAML: \(text)"
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
