import Canvas
package import TraceModel

/// A place in a database where a rule found something, without what it found.
package struct AuditRow: Equatable, Sendable {
    package var place: String
    package var rule: String
    package var count: Int
    package var example: String

    package init(place: String, rule: String, count: Int, example: String) {
        self.place = place
        self.rule = rule
        self.count = count
        self.example = example
    }
}

/// The fields of `spandrel audit`.
package enum AuditColumns {
    package static let all: [Column<AuditRow>] = [
        Column("place", "string", "the table and column, `span_text`, `free pages`, `unused bytes` or `wal`") {
            .text($0.place)
        },
        Column("rule", "string", "the label of the rule") { .text($0.rule) },
        Column("count", "integer", "how often") { FieldValue($0.count) },
        Column("example", "string", "where one of them is, never what it is") { .text($0.example) },
    ]

    static let table: [TableColumn<AuditRow>] = [
        TableColumn("rule") { $0.rule },
        TableColumn("count", .right) { Figures.count(Int64($0.count)) },
        TableColumn("place", minimum: 12) { $0.place },
        TableColumn("example", minimum: 16, rank: 1) { $0.example },
    ]
}

/// The fields of `spandrel audit --log`.
package enum AuditLogColumns {
    package static let all: [Column<AuditRecord>] = [
        Column("time_unix_nano", "integer", "when it was done, nanoseconds since the Unix epoch") {
            .integer($0.timeUnixNano)
        },
        Column("user", "string", "login name of who did it") { .text($0.user) },
        Column("action", "string", "`export`, `fix` or `purge`") { .text($0.action.rawValue) },
        Column("format", "string", "format of an export; empty for other actions") { .text($0.format) },
        Column("policy", "string", "redaction policy; `unredacted` where none was applied") { .text($0.policy) },
        Column("selection", "string", "what was selected") { .text($0.selection) },
        Column("trace_ids", "array of strings", "the traces that it was about") { .texts($0.traceIDs) },
    ]

    static func table(_ presentation: Presentation) -> [TableColumn<AuditRecord>] {
        let time = LocalTime(presentation.timeZone)
        return [
            TableColumn("when") { time.text(nanos: $0.timeUnixNano) },
            TableColumn("user") { $0.user },
            TableColumn("action") { $0.action.rawValue },
            TableColumn("format") { $0.format },
            TableColumn("policy") { $0.policy },
            TableColumn("traces", .right) { "\($0.traceIDs.count)" },
            TableColumn("selection", minimum: 16, rank: 1) { $0.selection },
        ]
    }
}
