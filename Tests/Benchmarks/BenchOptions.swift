/// What to measure, and how large.
struct BenchOptions {
    /// The lines of the table that can be measured alone.
    enum Row: String, CaseIterable {
        case `import`, growth, start, open, openLarge = "open-large", keys, bytes, search, filter, idle
        case play, loops, figures, chunks, proxy, analysis, views, culprits, redaction, export
    }

    var rows = Row.allCases
    /// Spans of the import, and of the trace that is opened.
    var spans = 100_000
    /// Spans of the large database and of the large trace.
    var large = 1_000_000
    /// Where data is made and kept for the next run; nil for a folder that is removed at the end.
    var folder: String?

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        var named: [Row] = []
        func number(_ option: String) throws -> Int {
            guard let text = rest.popFirst(), let value = Int(text), value > 0 else {
                throw BenchError.usage("\(option) needs a number above 0")
            }
            return value
        }
        while let argument = rest.popFirst() {
            switch argument {
            case "--spans": spans = try number(argument)
            case "--large": large = try number(argument)
            case "--folder":
                guard let path = rest.popFirst() else { throw BenchError.usage("--folder needs a path") }
                folder = path
            default:
                guard let row = Row(rawValue: argument) else {
                    let rows = Row.allCases.map(\.rawValue).joined(separator: ", ")
                    throw BenchError.usage("\(argument): no such row (rows: \(rows))")
                }
                named.append(row)
            }
        }
        if !named.isEmpty { rows = named }
    }
}
