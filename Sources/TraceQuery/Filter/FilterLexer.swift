/// A piece of a filter with its place, counted in characters.
struct FilterToken: Equatable {
    enum Kind: Equatable {
        case open, close, and, or, not
        /// A word or a quoted text that stands alone.
        case word(String)
        /// `field`, comparison, value; the value's own place follows for errors about it.
        case term(field: String, FilterTerm.Comparison, value: String, valuePosition: Int)
        case end
    }

    var kind: Kind
    var position: Int
}

/// Cuts a filter into tokens.
struct FilterLexer {
    private let text: String
    private let characters: [Character]
    private var position = 0

    init(_ text: String) {
        self.text = text
        characters = Array(text)
    }

    /// All tokens, the last one `end`.
    static func tokens(of text: String) throws(QueryError) -> [FilterToken] {
        var lexer = FilterLexer(text)
        var tokens: [FilterToken] = []
        while true {
            let token = try lexer.next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private mutating func next() throws(QueryError) -> FilterToken {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
        let start = position
        guard position < characters.count else { return FilterToken(kind: .end, position: start) }
        switch characters[position] {
        case "(":
            position += 1
            return FilterToken(kind: .open, position: start)
        case ")":
            position += 1
            return FilterToken(kind: .close, position: start)
        case "-" where position + 1 < characters.count && !characters[position + 1].isWhitespace,
            "!" where position + 1 < characters.count && !"=~".contains(characters[position + 1]):
            position += 1
            return FilterToken(kind: .not, position: start)
        default: return try wordOrTerm(start)
        }
    }

    private mutating func wordOrTerm(_ start: Int) throws(QueryError) -> FilterToken {
        if characters[position] == "\"" {
            return FilterToken(kind: .word(try quoted()), position: start)
        }
        var field = ""
        while position < characters.count {
            if let comparison = comparison() {
                guard !field.isEmpty else {
                    throw fault("a field must stand before “\(comparison.rawValue)”", at: start)
                }
                let valuePosition = position
                let value = try value(after: comparison)
                return FilterToken(
                    kind: .term(field: field, comparison, value: value, valuePosition: valuePosition), position: start)
            }
            let character = characters[position]
            if character.isWhitespace || character == "(" || character == ")" { break }
            if character == "\"" {
                // An attribute key with odd characters: attr."my key"=x
                field += try quoted()
            } else {
                field.append(character)
                position += 1
            }
        }
        switch field.lowercased() {
        case "and": return FilterToken(kind: .and, position: start)
        case "or": return FilterToken(kind: .or, position: start)
        case "not": return FilterToken(kind: .not, position: start)
        default: return FilterToken(kind: .word(field), position: start)
        }
    }

    /// Takes a comparison if one stands here; longer ones first.
    private mutating func comparison() -> FilterTerm.Comparison? {
        let ordered: [FilterTerm.Comparison] = [
            .notEqual, .lessOrEqual, .greaterOrEqual, .matches, .equal, .contains, .less, .greater,
        ]
        for candidate in ordered {
            let sign = Array(candidate.rawValue)
            if characters[position...].starts(with: sign) {
                position += sign.count
                return candidate
            }
        }
        return nil
    }

    private mutating func value(after comparison: FilterTerm.Comparison) throws(QueryError) -> String {
        let start = position
        if position < characters.count, characters[position] == "\"" { return try quoted() }
        var value = ""
        while position < characters.count {
            let character = characters[position]
            if character.isWhitespace || character == "(" || character == ")" { break }
            value.append(character)
            position += 1
        }
        if value.isEmpty { throw fault("a value must stand after “\(comparison.rawValue)”", at: start) }
        return value
    }

    /// Reads a quoted text; a backslash takes the next character as it is.
    private mutating func quoted() throws(QueryError) -> String {
        let start = position
        position += 1
        var value = ""
        while position < characters.count {
            let character = characters[position]
            position += 1
            if character == "\"" { return value }
            if character == "\\", position < characters.count {
                value.append(characters[position])
                position += 1
            } else {
                value.append(character)
            }
        }
        throw fault("this quote is not closed", at: start)
    }

    private func fault(_ message: String, at position: Int) -> QueryError {
        .filter(message: message, text: text, position: position)
    }
}
