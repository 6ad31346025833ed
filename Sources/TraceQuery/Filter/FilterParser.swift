extension FilterExpression {
    /// Reads a filter; an empty text is no filter and gives nil.
    ///
    /// Grammar: terms `field:value` and bare words, joined by `and` (or nothing), `or`, `not` (or `-`), parentheses.
    /// `and` binds tighter than `or`. Fails with `QueryError.filter`, which holds the place of the fault.
    public static func parse(_ text: String) throws(QueryError) -> FilterExpression? {
        let tokens = try FilterLexer.tokens(of: text)
        if tokens.count == 1 { return nil }
        var parser = FilterParser(text: text, tokens: tokens)
        return try parser.whole()
    }
}

/// A recursive-descent parser; nesting is bounded.
struct FilterParser {
    let text: String
    let tokens: [FilterToken]
    private var index = 0
    private var depth = 0

    /// How deep parentheses and negations may nest.
    static let deepest = 64

    init(text: String, tokens: [FilterToken]) {
        self.text = text
        self.tokens = tokens
    }

    private var token: FilterToken { tokens[index] }

    mutating func whole() throws(QueryError) -> FilterExpression {
        let expression = try alternatives()
        if token.kind == .close { throw fault("this parenthesis was not opened", at: token.position) }
        return expression
    }

    private mutating func alternatives() throws(QueryError) -> FilterExpression {
        var parts = [try conjunction()]
        while token.kind == .or {
            index += 1
            parts.append(try conjunction())
        }
        return parts.count == 1 ? parts[0] : .or(parts)
    }

    private mutating func conjunction() throws(QueryError) -> FilterExpression {
        var parts = [try negation()]
        while true {
            switch token.kind {
            case .and:
                index += 1
                parts.append(try negation())
            case .or, .close, .end: return parts.count == 1 ? parts[0] : .and(parts)
            case .open, .not, .word, .term: parts.append(try negation())
            }
        }
    }

    private mutating func negation() throws(QueryError) -> FilterExpression {
        guard token.kind == .not else { return try primary() }
        try enter()
        defer { depth -= 1 }
        index += 1
        return .not(try negation())
    }

    private mutating func primary() throws(QueryError) -> FilterExpression {
        let current = token
        switch current.kind {
        case .open:
            try enter()
            defer { depth -= 1 }
            index += 1
            let inner = try alternatives()
            guard token.kind == .close else { throw fault("this parenthesis is not closed", at: current.position) }
            index += 1
            return inner
        case .word(let word):
            index += 1
            return .term(FilterTerm(field: "text", comparison: .matches, value: word))
        case .term(let field, let comparison, let value, let valuePosition):
            index += 1
            return .term(
                try term(field, comparison, value, position: current.position, valuePosition: valuePosition))
        case .close, .end, .and, .or, .not:
            throw fault("a term such as kind:tool is missing here", at: current.position)
        }
    }

    private func term(
        _ name: String, _ comparison: FilterTerm.Comparison, _ value: String, position: Int, valuePosition: Int
    ) throws(QueryError) -> FilterTerm {
        guard let field = FilterField.named(name) else { throw unknownField(name, at: position) }
        if let problem = FilterValue.problem(with: value, comparison, for: field) {
            throw fault(problem, at: valuePosition)
        }
        let canonical: String
        if field.isAttribute {
            let prefix = field.name.dropLast(3)
            canonical = String(prefix) + String(name.dropFirst(prefix.count))
        } else {
            canonical = field.name
        }
        return FilterTerm(field: canonical, comparison: comparison, value: value)
    }

    private func unknownField(_ name: String, at position: Int) -> QueryError {
        let names = FilterField.all.filter { !$0.isAttribute }.flatMap { [$0.name] + $0.aliases }
        let nearest = names.min { EditDistance.between($0, name) < EditDistance.between($1, name) }
        let isNear = nearest.map { EditDistance.between($0, name) <= max(1, name.count / 3) } ?? false
        let hint = isNear ? "did you mean \(nearest ?? "")?" : "raw attributes are written attr.\(name)"
        return fault("no field is called “\(name)”; \(hint)", at: position)
    }

    private mutating func enter() throws(QueryError) {
        depth += 1
        if depth > FilterParser.deepest {
            throw fault("nested deeper than \(FilterParser.deepest) levels", at: token.position)
        }
    }

    private func fault(_ message: String, at position: Int) -> QueryError {
        .filter(message: message, text: text, position: position)
    }
}

/// The Levenshtein distance of two words, ignoring case.
enum EditDistance {
    static func between(_ a: String, _ b: String) -> Int {
        let a = Array(a.lowercased().prefix(40))
        let b = Array(b.lowercased().prefix(40))
        var row = Array(0...b.count)
        for i in 0..<a.count {
            var diagonal = row[0]
            row[0] = i + 1
            for j in 0..<b.count {
                let change = diagonal + (a[i] == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, diagonal + 1)
            }
        }
        return row[b.count]
    }
}
