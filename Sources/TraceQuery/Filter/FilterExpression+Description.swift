extension FilterExpression: CustomStringConvertible {
    /// The filter as text, from which `parse` makes an equal one where it came from `parse`.
    public var description: String {
        FilterPrinter.text(self)
    }
}

extension FilterTerm: CustomStringConvertible {
    /// The term as text.
    public var description: String {
        if field == "text" && comparison == .matches && FilterPrinter.isPlainWord(value) { return value }
        return FilterPrinter.field(field) + comparison.rawValue + FilterPrinter.value(value)
    }
}

/// Writes filters.
enum FilterPrinter {
    /// How tightly an expression binds.
    private enum Level: Int {
        case any
        case all
        case part
    }

    /// A piece of work that is still to be written.
    private enum Piece {
        case expression(FilterExpression, Level)
        case text(String)
    }

    /// Writes an expression; pending pieces are on a stack of our own, so that depth is no danger.
    static func text(_ expression: FilterExpression) -> String {
        var out = ""
        var stack: [Piece] = [.expression(expression, .any)]
        while let piece = stack.popLast() {
            switch piece {
            case .text(let text): out += text
            case .expression(.term(let term), _): out += term.description
            case .expression(.not(let inner), _):
                stack.append(.expression(inner, .part))
                out += "not "
            case .expression(.and(let parts), let level):
                push(parts, " ", .part, inParentheses: level.rawValue > Level.all.rawValue, &stack)
            case .expression(.or(let parts), let level):
                push(parts, " or ", .all, inParentheses: level.rawValue > Level.any.rawValue, &stack)
            }
        }
        return out
    }

    private static func push(
        _ parts: [FilterExpression], _ separator: String, _ level: Level, inParentheses: Bool, _ stack: inout [Piece]
    ) {
        if inParentheses { stack.append(.text(")")) }
        for (index, part) in parts.enumerated().reversed() {
            // A list within a list of its own kind, which no parser makes, keeps its parentheses.
            stack.append(.expression(part, level))
            if index > 0 { stack.append(.text(separator)) }
        }
        if inParentheses { stack.append(.text("(")) }
    }

    /// A field name with its key in quotes where it needs them.
    static func field(_ name: String) -> String {
        for field in FilterField.all where field.takesKey && name.hasPrefix(field.name) {
            let key = name.dropFirst(field.name.count)
            let isPlain = key.allSatisfy { $0.isLetter || $0.isNumber || "._-/#@$".contains($0) }
            return isPlain ? name : field.name + quoted(String(key))
        }
        return name
    }

    /// A value, in quotes where it needs them.
    static func value(_ value: String) -> String {
        let needsQuotes = value.isEmpty || value.contains { $0.isWhitespace || "()\"".contains($0) }
        return needsQuotes ? quoted(value) : value
    }

    /// Whether a text search may be written without its field.
    static func isPlainWord(_ value: String) -> Bool {
        guard let first = value.first, first != "-", !["and", "or", "not"].contains(value.lowercased()) else {
            return false
        }
        return value.allSatisfy { !$0.isWhitespace && !"()\":=!~<>".contains($0) }
    }

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for character in text {
            if character == "\"" || character == "\\" { out.append("\\") }
            out.append(character)
        }
        return out + "\""
    }
}
