package import Tables
package import TraceModel
package import TraceQuery

/// The columns of `spandrel rejects`.
package enum RejectColumns {
    package static let all: [Column<RejectedRecord>] = [
        Column("file", "as named to the import; `-` for standard input") { $0.file }.inTable("file", 2, minimum: 16),
        Column("byte_offset", "in the decompressed input") { $0.byteOffset }.inTable("offset", 4),
        Column("line", "from 1, where the input has lines") { $0.line }.inTable("line", 3),
        Column("reason", "what is wrong") { $0.reason }.inTable("reason", 5, minimum: 24),
        Column("time_unix_nano", "when it was rejected, nanoseconds since the Unix epoch", .time) { $0.timeUnixNano }
            .inTable("rejected", 1, rank: 1),
    ]
}

/// A place in a database where a rule found something, without what it found, or that could not be looked at.
package struct AuditRow: Equatable, Sendable {
    package var place: String
    /// Nil for a place that could not be looked at.
    package var rule: String?
    package var count: Int
    package var example: String
    /// Why it could not be looked at.
    package var unread: String?

    package init(place: String, rule: String?, count: Int, example: String, unread: String? = nil) {
        self.place = place
        self.rule = rule
        self.count = count
        self.example = example
        self.unread = unread
    }
}

/// The columns of `spandrel audit`.
package enum AuditColumns {
    package static let all: [Column<AuditRow>] = [
        Column(
            "place",
            "the table and column, `span_text`, `free pages`, `unused bytes`, `wal`, `journal`, `unfinished rewrite`, "
                + "`damaged pages` or `database`"
        ) { $0.place }.inTable("place", 3, minimum: 12),
        Column("rule", "the label of the rule; null where nothing could be looked for") { $0.rule }.inTable("rule", 1),
        Column("count", "how often", .count) { $0.count }.inTable("count", 2),
        Column("example", "where one of them is, never what it is") { $0.example }
            .inTable("example", 4, minimum: 16, rank: 1),
        Column("unread", "why nothing could be looked for; null where something was found") { $0.unread }
            .inTable("not looked at", 5, minimum: 16, rank: 2),
    ]
}

/// The columns of `spandrel audit --log`.
package enum AuditLogColumns {
    package static let all: [Column<AuditRecord>] = [
        Column("time_unix_nano", "when it was done, nanoseconds since the Unix epoch", .time) { $0.timeUnixNano }
            .inTable("when", 1),
        Column("user", "login name of who did it") { $0.user }.inTable("user", 2),
        Column("action", "`export`, `fix` or `purge`") { $0.action.rawValue }.inTable("action", 3),
        Column("format", "format of an export; empty for other actions") { $0.format }.inTable("format", 4),
        Column("policy", "redaction policy; `unredacted` where none was applied") { $0.policy }.inTable("policy", 5),
        Column("selection", "what was selected") { $0.selection }.inTable("selection", 7, minimum: 16, rank: 1),
        Column("trace_ids", "the traces that it was about", type: "array of strings") { $0.traceIDs },
        .shown("traces") { $0.traceIDs.count }.inTable("traces", 6),
    ]
}
