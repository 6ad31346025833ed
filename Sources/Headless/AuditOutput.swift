import TraceModel
import TraceQuery

/// Writes what an audit found, which no request of a back end gives, in any of the output formats.
package struct AuditOutput {
    private let presentation: Presentation
    private let output: ByteOutput

    package init(presentation: Presentation, output: ByteOutput) {
        self.presentation = presentation
        self.output = output
    }

    package func write(_ rows: [AuditRow]) throws(OutputError) {
        let writer = RowWriter(AuditColumns.all, table: AuditColumns.table, presentation: presentation, output: output)
        try writer.begin()
        try writer.write(rows)
        try writer.end()
        try output.flush()
    }
}

extension HeadlessReader {
    /// Writes the last lines of the audit log, the newest first.
    package func auditLog(limit: Int) async throws(HeadlessError) {
        guard case .auditLog(let records) = try await answer(.auditLog(limit: limit)) else { throw .unexpectedResult }
        try writeList(records, AuditLogColumns.all, table: AuditLogColumns.table(presentation))
    }
}
