import Canvas
package import TraceModel

/// The fields of `spandrel stream --chunks`.
package enum StreamChunkColumns {
    package static let all: [Column<StreamChunk>] = [
        Column("sequence", "integer", "the place in the stream, from 0") { FieldValue($0.sequence) },
        Column("offset_ns", "integer", nullable: true, "from the request; null where no clock saw the chunk") {
            FieldValue($0.offsetNanos)
        },
        Column(
            "kind", "string", "`text`, `reasoning`, `tool_arguments`, `refusal`, `usage`, `terminal` or `other`"
        ) { .text($0.kind.name) },
        Column("text", "string", "as it came") { .text($0.text) },
    ]

    /// Says of every row that nobody measured its time; written with a made-up clock only.
    static let synthetic = Column<StreamChunk>("timing_quality", "string", "`synthetic`") { _ in .text("synthetic") }

    static func table(isSynthetic: Bool) -> [TableColumn<StreamChunk>] {
        [
            TableColumn("sequence", .right) { String($0.sequence) },
            TableColumn(isSynthetic ? "offset (synthetic)" : "offset", .right) {
                Figures.duration(nanos: $0.offsetNanos)
            },
            TableColumn("kind") { $0.kind.name },
            TableColumn("text", minimum: 16) { $0.text },
        ]
    }
}
