import Canvas
package import TraceQuery

/// The fields of `spandrel rejects`.
package enum RejectColumns {
    package static let all: [Column<RejectedRecord>] = [
        Column("file", "string", "as named to the import; `-` for standard input") { .text($0.file) },
        Column("byte_offset", "integer", nullable: true, "in the decompressed input") { FieldValue($0.byteOffset) },
        Column("line", "integer", nullable: true, "from 1, where the input has lines") { FieldValue($0.line) },
        Column("reason", "string", "what is wrong") { .text($0.reason) },
        Column("time_unix_nano", "integer", "when it was rejected, nanoseconds since the Unix epoch") {
            .integer($0.timeUnixNano)
        },
    ]

    static func table(_ presentation: Presentation) -> [TableColumn<RejectedRecord>] {
        let time = LocalTime(presentation.timeZone)
        return [
            TableColumn("rejected", rank: 1) { time.text(nanos: $0.timeUnixNano) },
            TableColumn("file", minimum: 16) { $0.file },
            TableColumn("line", .right) { $0.line.map(String.init) ?? Figures.unknown },
            TableColumn("offset", .right) { $0.byteOffset.map(String.init) ?? Figures.unknown },
            TableColumn("reason", minimum: 24) { $0.reason },
        ]
    }
}
