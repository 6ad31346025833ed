/// What can stand at the cursor of a filter line.
///
/// Fields and known words come at once. Values that only the data knows are asked for with a `FacetRequest` of
/// `valuesWanted`, whose answer `candidates(from:)` turns into candidates.
public struct FilterCompletion: Equatable, Sendable {
    /// A text to put in place of `replaced`.
    public struct Candidate: Equatable, Sendable {
        public var text: String
        /// One line of help, or the number of spans with the value; empty where there is nothing to say.
        public var help: String

        public init(text: String, help: String) {
            self.text = text
            self.help = help
        }
    }

    /// The characters of the line that a candidate takes the place of.
    public var replaced: Range<Int>
    /// Candidates that need no look at the data, best first.
    public var candidates: [Candidate]
    /// The field whose values would complete the term; nil where none would.
    public var valuesWanted: String?
    /// What is typed of the value so far, without quotes.
    public var prefix: String

    /// Finds out what can stand before the cursor, which is counted in characters.
    public init(_ line: String, cursor: Int) {
        let characters = Array(line)
        let cursor = min(max(cursor, 0), characters.count)
        let start = Self.termStart(characters, cursor)
        let term = characters[start..<cursor]
        if let sign = Self.comparison(in: term), let (field, key) = FilterField.named(String(term[..<sign.lowerBound]))
        {
            let typed = String(term[sign.upperBound...])
            let prefix = typed.hasPrefix("\"") ? String(typed.dropFirst()) : typed
            let words = Self.words(of: field).filter { Self.begins($0.text, prefix) }
            self.prefix = prefix
            replaced = sign.upperBound..<cursor
            candidates = words
            valuesWanted = words.isEmpty && Self.hasValues(field) ? field.name + (key ?? "") : nil
        } else if let field = FilterField.all.first(where: { $0.takesKey && String(term).hasPrefix($0.name) }) {
            // The keys of attributes are values of `attr.` itself.
            let keyStart = start + field.name.count
            prefix = String(characters[keyStart..<cursor])
            replaced = keyStart..<cursor
            candidates = []
            valuesWanted = field.name
        } else {
            let prefix = String(term)
            self.prefix = prefix
            replaced = start..<cursor
            candidates = Self.fields(prefix)
            valuesWanted = nil
        }
    }

    /// Candidates out of the values of `valuesWanted`, in their order, those that begin as typed first.
    public func candidates(from page: FacetPage) -> [Candidate] {
        let values = page.values.filter { $0.value.map { !$0.isEmpty } ?? false }
        let beginning = values.filter { Self.begins($0.value ?? "", prefix) }
        let holding = values.filter { value in
            let text = value.value ?? ""
            return !Self.begins(text, prefix) && text.lowercased().contains(prefix.lowercased())
        }
        return (beginning + holding).map {
            Candidate(text: FilterPrinter.value($0.value ?? ""), help: String($0.count))
        }
    }

    // MARK: Places

    /// Where the term begins that the cursor stands in.
    private static func termStart(_ characters: [Character], _ cursor: Int) -> Int {
        var start = 0
        var inQuotes = false
        var index = 0
        while index < cursor {
            let character = characters[index]
            if inQuotes {
                if character == "\\" { index += 1 } else if character == "\"" { inQuotes = false }
            } else if character == "\"" {
                inQuotes = true
            } else if character.isWhitespace || "()".contains(character) {
                start = index + 1
            } else if character == "-" && index == start {
                start = index + 1
            }
            index += 1
        }
        return min(start, cursor)
    }

    private static func comparison(in term: ArraySlice<Character>) -> Range<Int>? {
        guard let first = term.firstIndex(where: { ":=!~<>".contains($0) }) else { return nil }
        let second = first + 1
        if second < term.endIndex, term[second] == "=", "!<>".contains(term[first]) { return first..<second + 1 }
        return term[first] == "!" ? nil : first..<second
    }

    // MARK: Candidates

    private static func fields(_ prefix: String) -> [Candidate] {
        FilterField.all.filter { begins($0.name, prefix) || $0.aliases.contains { begins($0, prefix) } }
            .map { field in
                let sign = field.takesKey ? "" : field.comparisons.contains(.matches) && !isMeasured(field) ? ":" : ">"
                return Candidate(text: field.name + sign, help: field.help)
            }
    }

    /// Words that the language itself knows.
    private static func words(of field: FilterField) -> [Candidate] {
        switch field.name {
        case "kind", "status", "mark": FilterValue.words(of: field).map { Candidate(text: $0.word, help: $0.help) }
        case "since", "until":
            ["15m", "1h", "2h", "1d", "today", "yesterday"].map { Candidate(text: $0, help: "") }
        default: []
        }
    }

    private static func isMeasured(_ field: FilterField) -> Bool {
        field.type == .duration || field.type == .count || field.type == .size
    }

    private static func hasValues(_ field: FilterField) -> Bool {
        field.takesKey || FacetField(field) != nil
    }

    private static func begins(_ text: String, _ prefix: String) -> Bool {
        text.lowercased().hasPrefix(prefix.lowercased())
    }
}
