import TraceQuery
import TraceStore

/// The interned texts that a term of a filter matches.
struct NameSet {
    /// Their references where they are few; nil where only a query tells.
    let references: [Int64]?
    /// What stands behind `IN`.
    let list: SQLFragment

    private init(references: [Int64]?, list: SQLFragment) {
        self.references = references
        self.list = list
    }

    /// No more references than this stand in a statement one by one.
    private static let limit = 500

    /// References of a known set.
    init(_ references: [Int64]) {
        self.init(
            references: references,
            list: SQLFragment("(" + references.map { String($0) }.joined(separator: ", ") + ")"))
    }

    /// Looks up what a comparison matches.
    static func matching(_ term: FilterTerm, _ session: ReadSession) throws -> NameSet {
        let condition = condition(term, column: "text", session)
        let select = try session.statement(
            "SELECT id FROM name WHERE " + condition + " LIMIT \(limit + 1)")
        defer { select.reset() }
        var references: [Int64] = []
        while try select.step() { references.append(select.int(0)) }
        if references.count <= limit { return NameSet(references) }
        return NameSet(references: nil, list: "(SELECT id FROM name WHERE " + condition + ")")
    }

    var isEmpty: Bool { references?.isEmpty ?? false }

    /// The condition under which a column of text matches.
    static func condition(_ term: FilterTerm, column: String, _ session: ReadSession) -> SQLFragment {
        if term.comparison == .equal || term.comparison == .notEqual {
            // The index ignores case, so that it is asked first.
            return SQLFragment(
                "\(column) = ? COLLATE NOCASE AND \(column) = ? COLLATE BINARY", [.text(term.value), .text(term.value)])
        }
        let pattern = TextPattern(term)
        let matches = session.connection.matching.condition(on: column) { pattern.matches($0) }
        guard term.comparison == .matches else { return matches }
        // A known beginning narrows the walk through the index, which ignores the case of ASCII only.
        let known = term.value.unicodeScalars.prefix { $0.isASCII && $0 != "*" && $0.value != 0 }
        if known.isEmpty { return matches }
        let first = String(String.UnicodeScalarView(known))
        let range = SQLFragment("\(column) >= ? COLLATE NOCASE AND ", [.text(first)])
        let isWhole = known.count == term.value.unicodeScalars.count
        let end = SQLFragment(
            "\(column) \(isWhole ? "<=" : "<") ? COLLATE NOCASE AND ", [.text(isWhole ? first : first + "\u{10FFFF}")])
        return range + end + matches
    }
}
