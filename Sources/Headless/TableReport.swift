package import TraceQuery

/// Writes a table that no query gave, such as the description of the schema, in any of the output formats.
package struct TableReport {
    private let presentation: Presentation
    private let output: ByteOutput

    package init(presentation: Presentation, output: ByteOutput) {
        self.presentation = presentation
        self.output = output
    }

    package func write(_ table: SQLTable) throws(OutputError) {
        let columns = SQLColumns(table.columns)
        let writer = RowWriter(columns.all, table: columns.table, presentation: presentation, output: output)
        try writer.begin()
        try writer.write(table.rows)
        try writer.end()
        try output.flush()
    }
}
