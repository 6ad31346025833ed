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
        var tables: [String] = []
        try attempt("sqlite_master", at: "the schema") { rows in
            tables = try rows.source.connection.texts(
                """
                SELECT name FROM sqlite_master
                WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                    AND name NOT LIKE 'span\\_text%' ESCAPE '\\'
                ORDER BY name
                """
            ).compactMap { $0 }
        }
        for table in tables where !Self.ownWay.contains(table + ".*") {
            try lookAtRows(of: table, isWhole: false)
        }
    }

    /// Looks at rows of a table as they stand; `isWhole` tells to look at columns too that have a way of their own.
    mutating func lookAtRows(of table: String, _ condition: String = "1", isWhole: Bool = true) throws {
        var row: Int64 = 0
        try attempt(table, at: "after row \(row)") { rows in
            let select = try rows.source.statement(
                "SELECT * FROM \"\(table.replacing("\"", with: "\"\""))\" WHERE \(condition)")
            let columns = (0..<sqlite3_column_count(select.handle)).map { column in
                sqlite3_column_name(select.handle, column).map { String(cString: $0) } ?? ""
            }
            let looked = columns.indices.filter { isWhole || !Self.ownWay.contains(table + "." + columns[$0]) }
            while try select.step() {
                row += 1
                for column in looked { try rows.look(at: select, Int32(column), table, columns, row: row) }
            }
        }
    }

    private mutating func look(
        at select: PreparedStatement, _ column: Int32, _ table: String, _ columns: [String], row: Int64
    ) throws {
        let type = sqlite3_column_type(select.handle, column)
        guard type == SQLITE_TEXT || type == SQLITE_BLOB else { return }
        let place = table + "." + columns[Int(column)]
        let address = { [addresses] in try addresses.ofRow(select, table, columns, row: row) }
        var counts = RedactionCounts()
        if Self.isAttributes(table, columns[Int(column)]) {
            try attempt(place, at: (try? address()) ?? "row \(row)") {
                counts = try $0.countsOfAttributes(in: select, column)
            }
        } else {
            if let kind = select.withBytes(column, { ClosedContent($0) }) {
                try tally.miss([kind: 1], in: place, at: address)
            }
            counts = self.counts(in: select, column)
        }
        try tally.add(counts, in: place, at: address)
    }

    private static func isAttributes(_ table: String, _ column: String) -> Bool {
        column == "attributes" && (table == "resource" || table == "scope")
    }

    private mutating func countsOfAttributes(
        in select: PreparedStatement, _ column: Int32
    ) throws -> RedactionCounts {
        let attributes = select.withBytes(column) { json in Result { try PayloadDecoder.attributes(json) } }
        var span = Span(
            traceID: TraceID(high: 0, low: 1), spanID: SpanID(1), name: "", startUnixNano: nil, endUnixNano: nil)
        span.resource.attributes = try attributes.get()
        let before = span.resource.attributes
        var counts = RedactionCounts()
        texts.span(&span, &counts)
        if !counts.isEmpty { keep(ReplacedTexts.between(before, span.resource.attributes)) }
        return counts
    }

    private mutating func counts(in select: PreparedStatement, _ column: Int32) -> RedactionCounts {
        var counts = RedactionCounts()
        let (pieces, named) = select.withBytes(column) { bytes -> ([String], [ReplacedTexts.Found]) in
            guard StoredText.isJSON(bytes) else { return ([String(decoding: bytes, as: UTF8.self)], []) }
            return (
                StoredText.pieces(bytes).map { String(decoding: bytes[$0], as: UTF8.self) }, texts.named(in: bytes)
            )
        }
        for piece in pieces {
            let matches = texts.matches(piece)
            for match in matches { counts.add(match.label) }
            if !matches.isEmpty { keepMatches(in: piece) }
        }
        for found in named { counts.add(found.label) }
        keep(named)
        // What was found in other rows, where a name beside it told what it is.
        if counts.isEmpty, !secrets.isEmpty {
            select.withBytes(column) { bytes in secrets.search(bytes) { _, secret in counts.add(secret.rule) } }
        }
        return counts
    }
}
