extension FilterExpression: CustomStringConvertible {
    /// The filter as text that parses to the same expression.
    public var description: String { text(inside: .or) }

    private enum Binding: Int {
        case or, and, not
    }

    private func text(inside binding: Binding) -> String {
        switch self {
        case .term(let term): return term.description
        case .not(let inner): return "not " + inner.text(inside: .not)
        case .and(let parts): return joined(parts, " ", own: .and, inside: binding)
        case .or(let parts): return joined(parts, " or ", own: .or, inside: binding)
        }
    }

    private func joined(_ parts: [FilterExpression], _ separator: String, own: Binding, inside: Binding) -> String {
        // A part of the same sort keeps its parentheses, so that the shape of the tree survives.
        let inner = parts.map { $0.text(inside: Binding(rawValue: own.rawValue + 1) ?? .not) }
        let text = inner.joined(separator: separator)
        return own.rawValue < inside.rawValue ? "(" + text + ")" : text
    }
}

extension FilterTerm: CustomStringConvertible {
    public var description: String {
        if field == "text", comparison == .matches, FilterTerm.isPlainWord(value) { return value }
        return FilterTerm.quotedField(field) + comparison.rawValue + FilterTerm.quoted(value)
    }

    /// A value as it can stand after a comparison.
    public static func quoted(_ value: String) -> String {
        let isPlain = !value.isEmpty && !value.contains { $0.isWhitespace || "()\"\\".contains($0) }
        return isPlain ? value : quotes(value)
    }

    private static func quotes(_ value: String) -> String {
        "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private static func quotedField(_ field: String) -> String {
        for prefix in [FilterField.attributePrefix, FilterField.resourcePrefix] where field.hasPrefix(prefix) {
            let key = String(field.dropFirst(prefix.count))
            let isPlain = !key.contains { $0.isWhitespace || "()\"\\:=~<>!".contains($0) }
            return isPlain ? field : prefix + quotes(key)
        }
        return field
    }

    /// True for a word that the lexer takes for nothing else.
    private static func isPlainWord(_ word: String) -> Bool {
        guard let first = word.first, first.isLetter || first.isNumber else { return false }
        return !["and", "or", "not"].contains(word.lowercased())
            && !word.contains { $0.isWhitespace || "()\"\\:=~<>!".contains($0) }
    }
}
