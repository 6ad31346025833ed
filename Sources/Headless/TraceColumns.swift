import Canvas
package import TraceModel

/// The fields of `spandrel traces`.
package enum TraceColumns {
    package static let all: [Column<TraceSummary>] = [
        Column("trace_id", "string", "32 hexadecimal digits") { .text($0.traceID.hex) },
        Column("name", "string", nullable: true, "the name of the root; without one, of the earliest span") {
            FieldValue($0.name)
        },
        Column("start_unix_nano", "integer", nullable: true, "the earliest start, nanoseconds since the Unix epoch") {
            FieldValue($0.startUnixNano)
        },
        Column("duration_ns", "integer", nullable: true, "the latest end minus the earliest start") {
            FieldValue($0.durationNanos)
        },
        Column("span_count", "integer", "spans of the trace") { FieldValue($0.spanCount) },
        Column("error_count", "integer", "spans that failed") { FieldValue($0.errorCount) },
        Column("services", "string[]", "names of the services") { .texts($0.services) },
        Column("agents", "string[]", "names of the agents") { .texts($0.agents) },
        Column("models", "string[]", "models that answered; where that is not stated, models asked for") {
            .texts($0.models)
        },
        Column("tokens_input", "integer", nullable: true, "sum over the model calls that state it, none counted twice")
        {
            FieldValue($0.tokensInput)
        },
        Column("tokens_output", "integer", nullable: true, "likewise") { FieldValue($0.tokensOutput) },
        Column("session", "string", nullable: true, "the session or conversation") { FieldValue($0.session) },
        Column("findings", "string[]", "identifiers of what was found in the trace") { .texts($0.findings) },
    ]

    /// The columns for people; ids are cut to `idDigits`.
    static func table(_ presentation: Presentation, idDigits: Int) -> [TableColumn<TraceSummary>] {
        let time = LocalTime(presentation.timeZone)
        return [
            TableColumn("start", rank: 3) { time.text(nanos: $0.startUnixNano) },
            TableColumn("duration", .right) { Figures.duration(nanos: $0.durationNanos) },
            TableColumn("name", minimum: 16) { $0.name ?? Figures.unknown },
            TableColumn("agents", minimum: 8, rank: 4) { listed($0.agents) },
            TableColumn("models", minimum: 8, rank: 5) { listed($0.models) },
            TableColumn("spans", .right) { Figures.count(Int64($0.spanCount)) },
            TableColumn("errors", .right) { Figures.count(Int64($0.errorCount)) },
            TableColumn("in", .right, rank: 1) { Figures.count($0.tokensInput) },
            TableColumn("out", .right, rank: 1) { Figures.count($0.tokensOutput) },
            TableColumn("session", minimum: 6, rank: 6) { $0.session ?? Figures.unknown },
            TableColumn("services", minimum: 6, rank: 7) { listed($0.services) },
            TableColumn("trace") { String($0.traceID.hex.prefix(idDigits)) },
        ]
    }

    private static func listed(_ texts: [String]) -> String {
        guard let first = texts.first else { return Figures.unknown }
        return texts.count == 1 ? first : "\(first)+\(texts.count - 1)"
    }
}
