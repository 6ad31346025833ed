package import Tables
package import TraceModel
package import TraceQuery

/// A hit of a search with the texts that its row points to.
package struct SearchLine: Sendable {
    package var hit: SearchPage.Hit
    package var names: NameTable

    package init(hit: SearchPage.Hit, names: NameTable) {
        self.hit = hit
        self.names = names
    }

    fileprivate func name(_ path: KeyPath<SpanRow, NameIndex>) -> String? { names[hit.row[keyPath: path]] }
}

/// The columns of `spandrel search`.
package enum SearchColumns {
    package static let all: [Column<SearchLine>] = [
        Column("trace_id", "32 hexadecimal digits", .id) { $0.hit.traceID.hex },
        Column("span_id", "16 hexadecimal digits", .id) { $0.hit.row.spanID.hex },
        Column("name", "the name of the span") { $0.name(\.name) }.inTable("name", 2, minimum: 12, rank: 1),
        Column("kind", "as in `trace`") { $0.hit.row.kind.name },
        Column("agent", "as in `trace`") { $0.name(\.agent) },
        Column("model_requested", "the model asked for") { $0.name(\.modelRequested) },
        Column("model_resolved", "the model that answered") { $0.name(\.modelResolved) },
        Column("status", "as in `trace`") { $0.hit.row.statusWord }.inTable("status", 3, rank: 2),
        Column("start_unix_nano", "nanoseconds since the Unix epoch", .time) { $0.hit.row.startUnixNano }
            .inTable("start", 1, rank: 3),
        Column("duration_ns", "end minus start", .duration) { $0.hit.row.durationNanos },
        Column("excerpt", "the text around the first match") { $0.hit.excerpt }
            .inTable("excerpt", 4, minimum: 24),
        Column("match_start", "where the match begins in the excerpt, in characters") {
            $0.hit.excerpt == nil ? nil : $0.hit.matchStart
        },
        Column("match_length", "the length of the match, in characters") {
            $0.hit.excerpt == nil ? nil : $0.hit.matchLength
        },
        .shown("place").inTable("trace/span", 99) { line, words in
            line.hit.traceID.hex.prefix(words.idDigits) + "/" + line.hit.row.spanID.hex.prefix(words.idDigits)
        },
    ]
}
