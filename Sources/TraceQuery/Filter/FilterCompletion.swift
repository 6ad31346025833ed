import TraceModel

/// How a filter can go on at a place: fields, or values of a field.
public struct FilterCompletion: Equatable, Sendable {
    /// Whole words that can stand in `range`; empty where only the database knows the values.
    public var candidates: [String]
    /// The characters that a candidate replaces.
    public var range: Range<Int>
    /// The field whose stored values are wanted; nil where the candidates are complete.
    public var valueField: String?
    /// What of the value is typed already.
    public var prefix: String

    /// Looks at the word before a place, which is counted in characters.
    public init(text: String, position: Int) {
        let characters = Array(text.prefix(position))
        var start = characters.count
        var isQuoted = false
        // An odd number of quotes before the place means that it is inside a quoted value.
        for (index, character) in characters.enumerated() where character == "\"" {
            isQuoted.toggle()
            if isQuoted { start = index }
        }
        if isQuoted {
            while start > 0, !characters[start - 1].isWhitespace, characters[start - 1] != "(" { start -= 1 }
        } else {
            while start > 0, !characters[start - 1].isWhitespace, characters[start - 1] != "(" { start -= 1 }
        }
        var word = String(characters[start...])
        while word.hasPrefix("-") {
            word.removeFirst()
            start += 1
        }
        valueField = nil
        prefix = word
        range = start..<characters.count
        candidates = []
        guard let sign = word.firstIndex(where: { ":=~<>!".contains($0) }),
            let (field, _) = FilterField.named(String(word[..<sign]))
        else {
            candidates = FilterField.all.filter {
                $0.name.hasPrefix(word.lowercased()) && !($0.takesKey && word.isEmpty)
            }
            .map { $0.takesKey ? $0.name : $0.name + ":" }
            return
        }
        let valueStart = word[sign...].firstIndex { !":=~<>!".contains($0) } ?? word.endIndex
        prefix = String(word[valueStart...].drop { $0 == "\"" })
        range = (start + word.distance(from: word.startIndex, to: valueStart))..<characters.count
        complete(field, written: String(word[..<sign]))
    }

    private mutating func complete(_ field: FilterField, written: String) {
        let typed = prefix.lowercased()
        switch field.type {
        case .kind: candidates = SpanKind.allCases.map(\.name).filter { $0.hasPrefix(typed) }
        case .status: candidates = FilterValue.statuses.filter { $0.hasPrefix(typed) }
        case .duration, .count, .size, .time: break
        case .text:
            if field.name == "mark" {
                candidates = SpanMarks.named.map(\.name).filter { $0.hasPrefix(typed) }
            } else if !["text", "trace", "span"].contains(field.name) {
                valueField = field.takesKey ? written : field.name
            }
        }
    }

    /// A value as it can stand in a filter.
    public static func quoted(_ value: String) -> String { FilterPrinter.value(value) }
}
