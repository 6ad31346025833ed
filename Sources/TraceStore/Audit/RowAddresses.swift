/// Tells people where a row is: by the ids of its span or trace, or by its number.
struct RowAddresses {
    let source: RewriteSource

    static let selectSpan = """
        SELECT lower(hex(trace.id)), printf('%016x', span.id)
        FROM span CROSS JOIN trace ON trace.key = span.trace WHERE span.key = ?1
        """
    static let selectTrace = "SELECT lower(hex(id)) FROM trace WHERE key = ?1"
    static let selectDocument = "SELECT doc FROM span_text_word WHERE term = ?1 LIMIT 1"

    func ofSpan(_ key: Int64) throws -> String {
        let select = try source.statement(Self.selectSpan)
        select.bind(1, key)
        guard try select.step(), let trace = select.text(0), let span = select.text(1) else {
            return try ofTrace(StoreKey.trace(ofSpan: key))
        }
        return trace + "/" + span
    }

    func ofTrace(_ key: Int64) throws -> String {
        let select = try source.statement(Self.selectTrace)
        select.bind(1, key)
        return try select.step() ? select.text(0) ?? "" : "trace \(key)"
    }

    /// The first span whose text has a word.
    func ofWord(_ word: String) throws -> String {
        let select = try source.statement(Self.selectDocument)
        select.bind(1, word)
        return try select.step() ? try ofSpan(select.int(0)) : "a word of no span"
    }

    /// The span or trace that a row is about; `row` is its place in the table.
    func ofRow(
        _ select: PreparedStatement, _ table: String, _ columns: [String], row: Int64
    ) throws -> String {
        func key(_ name: String) -> Int64? {
            columns.firstIndex(of: name).flatMap { select.optionalInt(Int32($0)) }
        }
        switch table {
        case "span", "span_evidence": if let key = key("key") { return try ofSpan(key) }
        case "stream", "finding", "response":
            if let key = key("span") { return try ofSpan(key) }
            if let key = key("trace") { return try ofTrace(key) }
        case "trace": if let key = key("key") { return try ofTrace(key) }
        case "analysis", "trace_redaction": if let key = key("trace") { return try ofTrace(key) }
        default: break
        }
        let id = columns.first == "id" ? select.optionalInt(0) : nil
        return "row \(id ?? row)"
    }
}
