import Basics
package import TraceModel

/// How the values of a field are read of what a filter is asked about, and how they compare.
///
/// What a subject does not have is absent, which no comparison keeps, `!=` included; only `not` does.
package enum FilterValues: Sendable {
    /// Texts, one of which is to match.
    case texts(@Sendable (FilterSubject) -> [String])
    /// Words of a closed list, in their order.
    case words([String], isOrdered: Bool = false, @Sendable (FilterSubject) -> [String])
    /// Whole numbers.
    case count(@Sendable (FilterSubject) -> Int64?)
    /// Nanoseconds.
    case duration(@Sendable (FilterSubject) -> Int64?)
    /// The start of the subject, against a time that is the end of a day where only a day is written.
    case time(isEnd: Bool)
    /// A hexadecimal id, of which the beginning is written.
    case id(digits: Int, @Sendable (FilterSubject) -> String?)
    /// Attributes, of which the key in the name of the field is looked at.
    case attributes(@Sendable (FilterSubject) -> [Attribute])
    /// What the index of texts holds.
    case search

    /// The comparisons that make sense.
    var comparisons: [FilterTerm.Comparison] {
        switch self {
        case .texts: [.matches, .equal, .notEqual, .contains]
        case .words(_, isOrdered: false, _), .id: [.matches, .equal, .notEqual]
        case .words, .count, .duration:
            [.matches, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
        case .time: [.matches, .equal]
        case .attributes:
            [.matches, .equal, .notEqual, .contains, .less, .lessOrEqual, .greater, .greaterOrEqual]
        case .search: [.matches, .contains]
        }
    }

    /// The words that values are chosen from; none where the list is open.
    package var words: [String] {
        if case .words(let words, _, _) = self { words } else { [] }
    }

    /// Reads the numbers of a term; nil for fields of other values.
    package var reading: ((String) -> Int64?)? {
        switch self {
        case .count: FilterValue.count
        case .duration: FilterValue.duration
        default: nil
        }
    }

    /// The words that a term keeps, which are those that `!=` is to leave out.
    package func chosen(_ term: FilterTerm) -> [String] {
        let words = words
        guard case .words(_, isOrdered: true, _) = self,
            let bound = words.firstIndex(of: term.value.lowercased())
        else { return words.filter { FilterValue.matches($0, term.value, term.comparison) } }
        switch term.comparison {
        case .less: return Array(words[..<bound])
        case .lessOrEqual: return Array(words[...bound])
        case .greater: return Array(words[(bound + 1)...])
        case .greaterOrEqual: return Array(words[bound...])
        case .matches, .equal, .notEqual, .contains: return [words[bound]]
        }
    }

    // MARK: Evaluation

    /// Whether a subject is as a term demands.
    typealias Test = @Sendable (FilterSubject) -> Bool

    /// The test of a term; nil where its value makes no sense.
    func test(_ term: FilterTerm, key: String?, _ time: FilterTime) -> Test? {
        switch self {
        case .texts(let read):
            let pattern = TextPattern(term)
            return Self.anyOf(read, term) { pattern.matches($0) }
        case .words(_, _, let read):
            let chosen = Set(chosen(term))
            return Self.anyOf(read, term) { chosen.contains($0) }
        case .count(let read), .duration(let read):
            guard let reading, let bounds = FilterValue.range(term.value, term.comparison, reading) else { return nil }
            let comparison = term.comparison
            return { read($0).map { Self.holds($0, comparison, bounds) } ?? false }
        case .time(let isEnd):
            guard let instant = time.instant(term.value, atEnd: isEnd) else { return nil }
            return { subject in
                guard let start = subject.start else { return false }
                return isEnd ? start < instant : start >= instant
            }
        case .id(let digits, let read):
            guard IDRange(term.value, length: digits) != nil else { return nil }
            let prefix = term.value.lowercased()
            return Self.anyOf({ read($0).map { [$0] } ?? [] }, term) { $0.hasPrefix(prefix) }
        case .attributes(let read):
            guard let key else { return nil }
            let pattern = AttributePattern(term)
            return { read($0).contains { $0.key.hasSameBytes(as: key) && pattern.matches($0.value) } }
        case .search:
            guard let query = TextQuery(term.value) else { return { _ in false } }
            return { $0.span?.texts.contains { query.matches($0) } ?? false }
        }
    }

    /// That one of the values is chosen; with `!=` that there are some, none of which is.
    private static func anyOf(
        _ read: @escaping @Sendable (FilterSubject) -> [String], _ term: FilterTerm,
        _ isChosen: @escaping @Sendable (String) -> Bool
    ) -> Test {
        guard term.comparison == .notEqual else { return { read($0).contains { isChosen($0) } } }
        return { subject in
            let values = read(subject)
            return !values.isEmpty && !values.contains { isChosen($0) }
        }
    }

    private static func holds(
        _ number: Int64, _ comparison: FilterTerm.Comparison, _ bounds: (low: Int64?, high: Int64?)
    ) -> Bool {
        let (low, high) = (bounds.low ?? .min, bounds.high ?? .max)
        return switch comparison {
        case .matches, .equal, .contains: number >= low && number <= high
        case .notEqual: number != low
        case .less: number < low
        case .lessOrEqual: number <= low
        case .greater: number > low
        case .greaterOrEqual: number >= low
        }
    }
}
