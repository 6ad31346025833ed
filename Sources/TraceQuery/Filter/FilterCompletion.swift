package import TraceModel

/// How a filter can go on at a place: fields, or values of a field.
///
/// Fields and known words come at once. Values that only the database knows are asked for with a `FacetRequest` of
/// `valueField`; those that begin with `prefix` can stand in `range`, after `quoted`.
public struct FilterCompletion: Equatable, Sendable {
    /// Whole words that can stand in `range`; empty where only the database knows the values.
    public var candidates: [String]
    /// The characters that a candidate replaces.
    public var range: Range<Int>
    /// The field whose stored values are wanted; nil where the candidates are complete.
    ///
    /// For a key that is being typed it is `attr.` or `resource.`, whose values are the keys.
    public var valueField: String?
    /// What of the value is typed already.
    public var prefix: String

    /// Looks at the term before a place, which is counted in characters.
    public init(text: String, position: Int) {
        let characters = Array(text.prefix(max(0, position)))
        let start = Self.termStart(characters)
        let term = characters[start...]
        if let sign = Self.comparison(in: term), let (field, key) = FilterField.named(String(term[..<sign.lowerBound]))
        {
            let typed = String(term[sign.upperBound...])
            let prefix = typed.hasPrefix("\"") ? String(typed.dropFirst()) : typed
            let words = Self.words(of: field).filter { Self.begins($0, prefix) }
            self.prefix = prefix
            range = sign.upperBound..<characters.count
            candidates = words
            valueField = words.isEmpty && Self.hasValues(field) ? field.name + (key ?? "") : nil
        } else if let field = FilterField.all.first(where: { $0.takesKey && String(term).hasPrefix($0.name) }) {
            let keyStart = start + field.name.count
            prefix = String(characters[keyStart...])
            range = keyStart..<characters.count
            candidates = []
            valueField = field.name
        } else {
            let prefix = String(term)
            self.prefix = prefix
            range = start..<characters.count
            candidates = Self.fields(prefix)
            valueField = nil
        }
    }

    /// A value as it can stand in a filter.
    public static func quoted(_ value: String) -> String { FilterPrinter.value(value) }

    // MARK: Places

    /// Where the term begins that the end of the characters stands in.
    private static func termStart(_ characters: [Character]) -> Int {
        var start = 0
        var inQuotes = false
        var index = 0
        while index < characters.count {
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
        return min(start, characters.count)
    }

    private static func comparison(in term: ArraySlice<Character>) -> Range<Int>? {
        guard let first = term.firstIndex(where: { ":=!~<>".contains($0) }) else { return nil }
        let second = first + 1
        if second < term.endIndex, term[second] == "=", "!<>".contains(term[first]) { return first..<second + 1 }
        return term[first] == "!" ? nil : first..<second
    }

    // MARK: Candidates

    private static func fields(_ prefix: String) -> [String] {
        FilterField.all.filter { field in
            if field.takesKey && prefix.isEmpty { return false }
            return begins(field.name, prefix) || field.aliases.contains { begins($0, prefix) }
        }
        .map { field in
            if field.takesKey { return field.name }
            return field.name + (field.values.reading == nil ? ":" : ">")
        }
    }

    /// Words that the language itself knows.
    private static func words(of field: FilterField) -> [String] {
        switch field.name {
        case "since", "until": ["15m", "1h", "2h", "1d", "today", "yesterday"]
        default: field.values.words
        }
    }

    private static func hasValues(_ field: FilterField) -> Bool {
        field.takesKey || TraceFacet.Field(field) != nil
    }

    private static func begins(_ text: String, _ prefix: String) -> Bool {
        text.lowercased().hasPrefix(prefix.lowercased())
    }
}

extension TraceFacet.Field {
    /// The facet behind a field of the filter language; nil where its values are not counted.
    package init?(_ field: FilterField) {
        guard let facet = Self.allCases.first(where: { $0.name == field.name }) else { return nil }
        self = facet
    }
}
