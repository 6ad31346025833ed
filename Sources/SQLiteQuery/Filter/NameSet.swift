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
        let condition = condition(term, column: "text")
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
    ///
    /// Case is ignored but by `=` and `!=`; of letters beyond ASCII it is not.
    static func condition(_ term: FilterTerm, column: String) -> SQLFragment {
        switch term.comparison {
        case .equal, .notEqual:
            // The index ignores case, so that it is asked first.
            return SQLFragment(
                "\(column) = ? COLLATE NOCASE AND \(column) = ? COLLATE BINARY", [.text(term.value), .text(term.value)])
        case .contains:
            return SQLFragment("\(column) LIKE ? ESCAPE '\\'", [.text("%" + escaped(term.value) + "%")])
        default:
            let pieces = term.value.split(separator: "*", omittingEmptySubsequences: false).map { String($0) }
            guard pieces.count > 1 else { return SQLFragment("\(column) = ? COLLATE NOCASE", [.text(term.value)]) }
            let like = SQLFragment(
                "\(column) LIKE ? ESCAPE '\\'", [.text(pieces.map { escaped($0) }.joined(separator: "%"))])
            guard let first = pieces.first, !first.isEmpty else { return like }
            // A known beginning narrows the walk through the index.
            let range = SQLFragment(
                "\(column) >= ? COLLATE NOCASE AND \(column) < ? COLLATE NOCASE AND ",
                [.text(first), .text(first + "\u{10FFFF}")])
            return range + like
        }
    }

    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            if "%_\\".contains(character) { out.append("\\") }
            out.append(character)
        }
        return out
    }
}
