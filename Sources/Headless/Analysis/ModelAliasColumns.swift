import Canvas
import TraceModel
package import TraceQuery

/// The fields of `spandrel models`.
package enum ModelAliasColumns {
    package static let all: [Column<ModelAlias>] = [
        Column("requested", "string", "the model asked for") { .text($0.requested) },
        Column("resolved", "string", nullable: true, "the model that answered; null where no answer says: unproven") {
            FieldValue($0.resolved)
        },
        Column("calls", "integer", "model calls") { FieldValue($0.calls) },
        Column("first_unix_nano", "integer", nullable: true, "when it first answered to the name") {
            FieldValue($0.firstUnixNano)
        },
        Column("last_unix_nano", "integer", nullable: true, "when it last did") { FieldValue($0.lastUnixNano) },
        Column("first_trace_id", "string", "the trace in which it first did") { .text($0.firstTraceID.hex) },
        Column("flip", "boolean", "true where another model had answered to the same name before") {
            .flag($0.isFlip)
        },
    ]

    static func table(_ presentation: Presentation, idDigits: Int) -> [TableColumn<ModelAlias>] {
        let time = LocalTime(presentation.timeZone)
        return [
            TableColumn("requested", minimum: 12) { $0.requested },
            TableColumn("resolved", minimum: 12) { $0.resolved ?? "unproven" },
            TableColumn("flip") { $0.isFlip ? "flip" : "" },
            TableColumn("calls", .right) { Figures.count(Int64($0.calls)) },
            TableColumn("first", rank: 1) { time.text(nanos: $0.firstUnixNano) },
            TableColumn("last", rank: 2) { time.text(nanos: $0.lastUnixNano) },
            TableColumn("first trace", rank: 3) { String($0.firstTraceID.hex.prefix(idDigits)) },
        ]
    }
}
