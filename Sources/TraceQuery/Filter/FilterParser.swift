extension FilterExpression {
    /// Reads a filter; an empty text is no filter and gives nil.
    ///
    /// Fails with `QueryError.filter`, which holds the place of the fault.
    public static func parse(_ text: String) throws(QueryError) -> FilterExpression? {
        var parser = FilterParser(text)
        return try parser.parse()
    }
}

/// Reads the filter language.
///
///     filter  = all { "or" all }
///     all     = part { ["and"] part }
///     part    = ("not" | "-") part | "(" filter ")" | term
///     term    = field (":" | "=" | "!=" | "~" | "<" | "<=" | ">" | ">=") value | value
///
/// A value without a field is searched for as text. Words are quoted with `"`, inside of which `\"` and `\\` are escapes.
struct FilterParser {
    /// How deep parentheses and negations may nest.
    static let depthLimit = 64
    /// The most terms of one filter.
    static let termLimit = 256

    private let text: String
    private let characters: [Character]
    private var position = 0
    private var depth = 0
    private var termCount = 0

    init(_ text: String) {
        self.text = text
        characters = Array(text)
    }

    mutating func parse() throws(QueryError) -> FilterExpression? {
        skipSpace()
        if position == characters.count { return nil }
        let expression = try parseAny()
        if position < characters.count {
            throw error("')' without '('", at: position)
        }
        return expression
    }

    // MARK: Grammar

    private mutating func parseAny() throws(QueryError) -> FilterExpression {
        var alternatives = [try parseAll()]
        while let word = keyword("or") {
            position = word
            try requireOperand(after: "or")
            alternatives.append(try parseAll())
        }
        return alternatives.count == 1 ? alternatives[0] : .or(alternatives)
    }

    private mutating func parseAll() throws(QueryError) -> FilterExpression {
        var parts = [try parsePart()]
        while true {
            skipSpace()
            if position == characters.count || characters[position] == ")" || keyword("or") != nil { break }
            if let word = keyword("and") {
                position = word
                try requireOperand(after: "and")
            }
            parts.append(try parsePart())
        }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    private mutating func parsePart() throws(QueryError) -> FilterExpression {
        skipSpace()
        guard position < characters.count else { throw error("a term is missing", at: position) }
        let start = position
        if let word = keyword("not") {
            position = word
            try requireOperand(after: "not")
            return .not(try nested(at: start) { parser throws(QueryError) in try parser.parsePart() })
        }
        for word in ["and", "or"] where keyword(word) != nil {
            throw error("a term is missing before '\(word)'", at: start)
        }
        switch characters[position] {
        case "-":
            position += 1
            guard position < characters.count, !characters[position].isWhitespace, characters[position] != ")" else {
                throw error("a term must follow '-' (put \"-\" in quotes to search for it)", at: start)
            }
            return .not(try nested(at: start) { parser throws(QueryError) in try parser.parsePart() })
        case "(":
            return try nested(at: start) { parser throws(QueryError) in
                parser.position += 1
                parser.skipSpace()
                if parser.position < parser.characters.count, parser.characters[parser.position] == ")" {
                    throw parser.error("nothing stands between '(' and ')'", at: parser.position)
                }
                let inner = try parser.parseAny()
                guard parser.position < parser.characters.count else {
                    throw parser.error("'(' is never closed", at: start)
                }
                parser.position += 1
                return inner
            }
        case ")":
            throw error("a term is missing before ')'", at: position)
        default:
            return .term(try parseTerm())
        }
    }

    private mutating func nested(
        at start: Int, _ body: (inout FilterParser) throws(QueryError) -> FilterExpression
    ) throws(QueryError) -> FilterExpression {
        depth += 1
        guard depth <= Self.depthLimit else { throw error("nested deeper than \(Self.depthLimit)", at: start) }
        let result = try body(&self)
        depth -= 1
        return result
    }

    // MARK: Terms

    private mutating func parseTerm() throws(QueryError) -> FilterTerm {
        let start = position
        termCount += 1
        guard termCount <= Self.termLimit else { throw error("more than \(Self.termLimit) terms", at: start) }
        if let word = try fieldName(), let comparison = comparison() {
            guard let (field, key) = FilterField.named(word) else { throw unknownField(word, at: start) }
            try check(comparison.symbol, suits: field, at: comparison.start)
            let valueStart = position
            guard let value = try value() else {
                throw error("a value must follow '\(word)\(comparison.symbol.rawValue)'", at: position)
            }
            if let fault = FilterValue.fault(value, comparison.symbol, field) {
                throw error(fault, at: valueStart)
            }
            return FilterTerm(field: field.name + (key ?? ""), comparison: comparison.symbol, value: value)
        }
        position = start
        guard let value = try value() else { throw error("a term must begin with a field or a word", at: start) }
        guard !value.isEmpty else { throw error("there is no text between the quotes", at: start) }
        return FilterTerm(field: "text", comparison: .matches, value: value)
    }

    /// Reads a field name, whose key may be in quotes; nil where something else stands.
    private mutating func fieldName() throws(QueryError) -> String? {
        var name = ""
        while position < characters.count {
            let character = characters[position]
            if character == "\"", name.hasSuffix(".") {
                name += try quoted()
            } else if character.isLetter || character.isNumber || "._-/#@$".contains(character) {
                name.append(character)
                position += 1
            } else {
                break
            }
        }
        return name.isEmpty ? nil : name
    }

    private mutating func comparison() -> (symbol: FilterTerm.Comparison, start: Int)? {
        let start = position
        for symbol in [FilterTerm.Comparison.notEqual, .lessOrEqual, .greaterOrEqual] {
            let sign = Array(symbol.rawValue)
            if position + 1 < characters.count, characters[position] == sign[0], characters[position + 1] == sign[1] {
                position += 2
                return (symbol, start)
            }
        }
        for symbol in [FilterTerm.Comparison.matches, .equal, .contains, .less, .greater] {
            if position < characters.count, String(characters[position]) == symbol.rawValue {
                position += 1
                return (symbol, start)
            }
        }
        return nil
    }

    /// Reads a value in quotes, or up to the next space or closing parenthesis.
    private mutating func value() throws(QueryError) -> String? {
        guard position < characters.count else { return nil }
        if characters[position] == "\"" { return try quoted() }
        let start = position
        while position < characters.count, !characters[position].isWhitespace, characters[position] != ")" {
            if characters[position] == "(" || characters[position] == "\"" {
                throw error("put a value with '\(characters[position])' in quotes", at: position)
            }
            position += 1
        }
        return position == start ? nil : String(characters[start..<position])
    }

    private mutating func quoted() throws(QueryError) -> String {
        let start = position
        var value = ""
        position += 1
        while position < characters.count {
            let character = characters[position]
            position += 1
            if character == "\"" { return value }
            if character == "\\", position < characters.count, "\"\\".contains(characters[position]) {
                value.append(characters[position])
                position += 1
            } else {
                value.append(character)
            }
        }
        throw error("the quote is never closed", at: start)
    }

    // MARK: Places

    /// The position after a keyword that stands here, in any case, as a word of its own.
    private mutating func keyword(_ word: String) -> Int? {
        skipSpace()
        let end = position + word.count
        guard end <= characters.count, String(characters[position..<end]).lowercased() == word else { return nil }
        if end < characters.count, !characters[end].isWhitespace, !"()".contains(characters[end]) { return nil }
        return end
    }

    private mutating func requireOperand(after word: String) throws(QueryError) {
        skipSpace()
        if position == characters.count || characters[position] == ")" {
            throw error("a term must follow '\(word)'", at: position)
        }
    }

    private mutating func skipSpace() {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
    }

    // MARK: Faults

    private func error(_ message: String, at position: Int) -> QueryError {
        .filter(message: message, text: text, position: min(position, characters.count))
    }

    private func unknownField(_ name: String, at start: Int) -> QueryError {
        let near = FilterField.nearest(to: name).map { ", did you mean '\($0)'?" } ?? ""
        let quote = name.contains(".") || name.contains("/") ? " (put it in quotes to search for it as text)" : ""
        return error("unknown field '\(name)'\(near)\(near.isEmpty ? quote : "")", at: start)
    }

    private func check(
        _ comparison: FilterTerm.Comparison, suits field: FilterField, at start: Int
    ) throws(QueryError) {
        let allowed = field.comparisons
        guard !allowed.contains(comparison) else { return }
        let list = allowed.map { "'\($0.rawValue)'" }.joined(separator: " ")
        throw error("'\(field.name)' cannot be compared with '\(comparison.rawValue)'; it takes \(list)", at: start)
    }
}
