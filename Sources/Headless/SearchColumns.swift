import Canvas
import TraceExport
import TraceModel
import TraceQuery

/// The fields of `spandrel search`.
package enum SearchColumns {
    package static let all: [Column<SearchLine>] = [
        Column("trace_id", "string", "32 hexadecimal digits") { .text($0.hit.traceID.hex) },
        Column("span_id", "string", "16 hexadecimal digits") { .text($0.hit.row.spanID.hex) },
        Column("name", "string", nullable: true, "the name of the span") { FieldValue($0.name(\.name)) },
        Column("kind", "string", "as in `trace`") { .text($0.hit.row.kind.name) },
        Column("agent", "string", nullable: true, "as in `trace`") {
            FieldValue($0.name(\.agent))
        },
        Column("model_requested", "string", nullable: true, "the model asked for") {
            FieldValue($0.name(\.modelRequested))
        },
        Column("model_resolved", "string", nullable: true, "the model that answered") {
            FieldValue($0.name(\.modelResolved))
        },
        Column("status", "string", "as in `trace`") { .text($0.hit.row.statusWord) },
        Column("start_unix_nano", "integer", nullable: true, "nanoseconds since the Unix epoch") {
            FieldValue($0.hit.row.startUnixNano)
        },
        Column("duration_ns", "integer", nullable: true, "end minus start") {
            FieldValue($0.hit.row.durationNanos)
        },
        Column("excerpt", "string", nullable: true, "the text around the first match") {
            FieldValue($0.hit.excerpt)
        },
        Column("match_start", "integer", nullable: true, "where the match begins in the excerpt, in characters") {
            $0.hit.excerpt == nil ? .null : FieldValue($0.hit.matchStart)
        },
        Column("match_length", "integer", nullable: true, "the length of the match, in characters") {
            $0.hit.excerpt == nil ? .null : FieldValue($0.hit.matchLength)
        },
    ]

    static func table(_ presentation: Presentation, idDigits: Int) -> [TableColumn<SearchLine>] {
        let time = LocalTime(presentation.timeZone)
        return [
            TableColumn("start", rank: 3) { time.text(nanos: $0.hit.row.startUnixNano) },
            TableColumn("name", minimum: 12, rank: 1) { $0.name(\.name) ?? Figures.unknown },
            TableColumn("status", rank: 2) { $0.hit.row.statusWord },
            TableColumn("excerpt", minimum: 24) { $0.hit.excerpt ?? Figures.unknown },
            TableColumn("trace/span") {
                $0.hit.traceID.hex.prefix(idDigits) + "/" + $0.hit.row.spanID.hex.prefix(idDigits)
            },
        ]
    }
}
