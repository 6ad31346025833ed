/// What a database of ours must not hold, whoever wrote it.
///
/// Marks and version of a file can be forged by anybody. A trigger, a view under the name of a table, a virtual table, a
/// generated column, a check, or an index on the result of a function would run in the middle of an import or a query:
/// a file that holds one is refused before anything else is read of it. Tables and indexes without such parts do nothing
/// by themselves, and stay.
package enum SchemaCheck {
    /// The first part that Spandrel never makes, such as `the trigger 'x'`; nil where all is harmless.
    package static func foreignPart(of connection: SQLiteConnection) throws(SQLiteFailure) -> String? {
        let parts = try PreparedStatement(
            "SELECT type, name, ifnull(sql, '') FROM sqlite_master ORDER BY rowid", on: connection.handle)
        while try parts.step() {
            let (type, name) = (parts.text(0) ?? "", parts.text(1) ?? "")
            let sql = SchemaWords(type == "view" ? "" : parts.text(2) ?? "")
            let isOurs =
                switch type {
                case "table" where sql.isVirtual: sql == virtualTables[name]
                case "table": !views.contains(name) && virtualTables[name] == nil && !sql.computes
                case "index": !sql.calls
                // Only statements of a user's own read the views, with limits of time and memory.
                case "view": views.contains(name)
                default: false
                }
            if !isOurs { return "the \(type) '\(name)'" }
        }
        return nil
    }

    private static let views: Set = ["traces", "spans", "streams", "findings"]

    /// The virtual tables that Spandrel makes, by their names.
    private static let virtualTables: [String: SchemaWords] = {
        var tables: [String: SchemaWords] = [:]
        for statement in Migration.all.flatMap(\.statements) where statement.hasPrefix("CREATE VIRTUAL TABLE") {
            let words = SchemaWords(statement)
            if words.all.count > 3 { tables[words.all[3]] = words }
        }
        return tables
    }()
}

/// The words and signs of a statement that makes a part of a schema, without its spaces.
private struct SchemaWords: Equatable {
    /// Keywords and bare names in upper case but for names that follow `TABLE`; quoted texts with their quotes.
    let all: [String]

    init(_ sql: String) {
        var words: [String] = []
        var rest = Substring(sql)
        while let first = rest.first {
            if first.isWhitespace {
                rest = rest.dropFirst()
            } else if Self.isNamed(first) {
                let word = rest.prefix { Self.isNamed($0) }
                words.append(words.last == "TABLE" ? String(word) : word.uppercased())
                rest = rest.dropFirst(word.count)
            } else if rest.hasPrefix("--") {
                rest = rest.drop { !$0.isNewline }
            } else if rest.hasPrefix("/*") {
                rest = rest.firstRange(of: "*/").map { rest[$0.upperBound...] } ?? ""
            } else if let end = Self.quotes[first] {
                let inside = rest.dropFirst().prefix { $0 != end }
                words.append(String(first) + inside + String(end))
                rest = rest.dropFirst(inside.count + 2)
            } else {
                words.append(String(first))
                rest = rest.dropFirst()
            }
        }
        all = words
    }

    private static let quotes: [Character: Character] = ["'": "'", "\"": "\"", "`": "`", "[": "]"]

    private static func isNamed(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    var isVirtual: Bool { all.starts(with: ["CREATE", "VIRTUAL", "TABLE"]) }

    /// A table with columns or conditions that are computed.
    var computes: Bool { all.contains { ["CHECK", "GENERATED", "AS", "DEFAULT", "REFERENCES"].contains($0) } }

    /// An index with the result of a function; the one that Spandrel uses has no effect.
    var calls: Bool {
        var isList = false
        for (word, next) in zip(all, all.dropFirst()) where next == "(" {
            // The first bracket begins the list of columns.
            if isList, let first = word.first, Self.isNamed(first) || Self.quotes[first] != nil,
                !["IFNULL", "WHERE", "AND", "OR", "NOT"].contains(word)
            {
                return true
            }
            isList = true
        }
        return false
    }
}
