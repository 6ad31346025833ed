package import TraceModel

/// Writes rules of findings, which no database is needed for, in any of the output formats.
package struct RuleReport {
    private let presentation: Presentation
    private let output: ByteOutput

    package init(presentation: Presentation, output: ByteOutput) {
        self.presentation = presentation
        self.output = output
    }

    package func write(_ rules: [FindingRule]) throws(OutputError) {
        let writer = RowWriter(
            RuleColumns.all, table: RuleColumns.table, presentation: presentation, output: output)
        try writer.begin()
        try writer.write(rules)
        try writer.end()
    }
}
