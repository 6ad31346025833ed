import Canvas
package import TraceQuery

/// The fields of `spandrel facets`.
package enum FacetColumns {
    package static let all: [Column<FacetPage.Value>] = [
        Column("value", "string", nullable: true, "a value of the field; null counts what has none") {
            FieldValue($0.value)
        },
        Column("count", "integer", "spans with the value; with `--traces`, traces that have such a span") {
            FieldValue($0.count)
        },
    ]

    static let table: [TableColumn<FacetPage.Value>] = [
        TableColumn("count", .right) { String($0.count) },
        TableColumn("value", minimum: 20) { $0.value ?? Figures.unknown },
    ]
}
