import Canvas
package import TraceQuery

/// The fields of `spandrel attributes`.
package enum AttributeColumns {
    package static let all: [Column<AttributeCardinality>] = [
        Column("key", "string", "the attribute") { .text($0.key) },
        Column("spans", "integer", "spans that have it") { FieldValue($0.spans) },
        Column("distinct_values", "integer", "distinct values among the spans that were read") {
            FieldValue($0.distinctValues)
        },
        Column("is_lower_bound", "boolean", "true where not all spans were read: there may be more values") {
            .flag($0.isLowerBound)
        },
        Column("example", "string", nullable: true, "one of the values") { FieldValue($0.exampleValue) },
    ]

    static let table: [TableColumn<AttributeCardinality>] = [
        TableColumn("values", .right) { ($0.isLowerBound ? "≥" : "") + "\($0.distinctValues)" },
        TableColumn("spans", .right) { "\($0.spans)" },
        TableColumn("attribute", minimum: 16) { $0.key },
        TableColumn("example", minimum: 12, rank: 1) { $0.exampleValue ?? Figures.unknown },
    ]
}
