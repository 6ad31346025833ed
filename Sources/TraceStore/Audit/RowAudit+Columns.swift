import CSQLite
import Redaction
import TraceModel

extension RowAudit {
    /// Columns that are read in their own way, or hold no text; `*` for all of a table.
    private static let ownWay: Set<String> = [
        "span_payload.*", "log_record.event", "log_record.trace_id", "stream_block.data", "span.packed", "trace.id",
        "facet_field.*", "counter.*",
    ]

    /// Looks at every text and blob of every other column, also of tables that a later version or a person added.
    mutating func lookAtColumns() throws {
        let tables = try source.statement(
            """
            SELECT name FROM sqlite_master
            WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'span\\_text%' ESCAPE '\\'
            ORDER BY name
            """)
        while try tables.step() {
            guard let table = tables.text(0), !Self.ownWay.contains(table + ".*") else { continue }
            let select = try source.statement("SELECT * FROM \"\(table.replacing("\"", with: "\"\""))\"")
            let columns = (0..<sqlite3_column_count(select.handle)).map { column in
                sqlite3_column_name(select.handle, column).map { String(cString: $0) } ?? ""
            }
            let looked = columns.indices.filter { !Self.ownWay.contains(table + "." + columns[$0]) }.map { Int32($0) }
            var row: Int64 = 0
            while try select.step() {
                row += 1
                for column in looked { try look(at: select, column, table, columns, row: row) }
            }
        }
    }

    private mutating func look(
        at select: PreparedStatement, _ column: Int32, _ table: String, _ columns: [String], row: Int64
    ) throws {
        let type = sqlite3_column_type(select.handle, column)
        guard type == SQLITE_TEXT || type == SQLITE_BLOB else { return }
        let counts = try counts(in: select, column, isAttributes: Self.isAttributes(table, columns[Int(column)]))
        try tally.add(counts, in: table + "." + columns[Int(column)]) { [addresses] in
            try addresses.ofRow(select, table, columns, row: row)
        }
    }

    private static func isAttributes(_ table: String, _ column: String) -> Bool {
        column == "attributes" && (table == "resource" || table == "scope")
    }

    private mutating func counts(
        in select: PreparedStatement, _ column: Int32, isAttributes: Bool
    ) throws -> RedactionCounts {
        var counts = RedactionCounts()
        if isAttributes {
            let attributes = select.withBytes(column) { json in Result { try PayloadDecoder.attributes(json) } }
            var span = Span(
                traceID: TraceID(high: 0, low: 1), spanID: SpanID(1), name: "", startUnixNano: nil, endUnixNano: nil)
            span.resource.attributes = try attributes.get()
            var strings: [String] = []
            TextWalk.strings(of: span.resource.attributes, into: &strings)
            texts.span(&span, &counts)
            if !counts.isEmpty { for text in strings { keepMatches(in: text) } }
            return counts
        }
        let pieces = select.withBytes(column) { bytes -> [String] in
            guard StoredText.isJSON(bytes) else { return [String(decoding: bytes, as: UTF8.self)] }
            return StoredText.pieces(bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
        }
        for piece in pieces {
            let matches = texts.matches(piece)
            for match in matches { counts.add(match.label) }
            if !matches.isEmpty { keepMatches(in: piece) }
        }
        return counts
    }
}
