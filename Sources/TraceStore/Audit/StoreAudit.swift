/// Looks through a stored database for texts that a policy would replace, and changes nothing.
///
/// Rows are read as they would be redacted; then the text index is asked for parts of what was found; then the bytes of
/// the file, and of its write-ahead log are looked through for leftovers that no row tells. Files of
/// older versions are read as they stand.
package struct StoreAudit {
    private let path: String
    private let treatment: TextTreatment

    package init(path: String, treatment: TextTreatment) {
        self.path = path
        self.treatment = treatment
    }

    /// - Parameter progress: called now and then; what it throws ends the audit.
    package func run(_ progress: (AuditProgress) throws -> Void = { _ in }) throws(StoreError) -> AuditReport {
        do {
            var report = AuditReport()
            var done = AuditProgress()
            let source = try RewriteSource(path)
            var rows = RowAudit(source, treatment)
            done.spansTotal = try rows.spanCount()
            try rows.run {
                done.spansDone = $0
                try progress(done)
            }
            report.spans = rows.spans
            var bytes = ByteAudit(
                source.connection, treatment: treatment, secrets: rows.secrets, tally: rows.tally)
            done.bytesTotal = bytes.total
            try bytes.run {
                done.bytesDone = $0
                try progress(done)
            }
            report.bytes = bytes.done
            report.findings = bytes.tally.findings
            return report
        } catch {
            throw StoreError(error, path: path)
        }
    }
}
