/// Looks through a stored database for texts that a policy would replace, and changes nothing.
///
/// Rows are read as they would be redacted; then the text index is asked for parts of what was found; then the bytes of
/// the file, of its write-ahead log and of what killed programs left beside it are looked through for leftovers that no
/// row tells. Files of older versions are read as they stand. What cannot be looked at is named.
package struct StoreAudit {
    private let path: String
    private let treatment: TextTreatment
    private let patience: Int32

    /// `patience` is how long it waits for locks of others, in milliseconds.
    package init(path: String, treatment: TextTreatment, patience: Int32 = 10_000) {
        self.path = path
        self.treatment = treatment
        self.patience = patience
    }

    /// - Parameter progress: called now and then; what it throws ends the audit.
    package func run(_ progress: (AuditProgress) throws -> Void = { _ in }) throws(StoreError) -> AuditReport {
        do {
            var report = AuditReport()
            var done = AuditProgress()
            let source = try RewriteSource(path, patience: patience)
            let state = DatabaseFileState(path)
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
            let readsLog = FileBytes(.log, of: source.connection) != nil
            for file in LeftoverFile.all(beside: path, readsLog: readsLog) { bytes.look(at: file) }
            if DatabaseFileState(path) != state {
                bytes.tally.miss("written by another program meanwhile", in: AuditReport.database) {
                    "what is newer than the start of the audit"
                }
            }
            report.bytes = bytes.done
            report.findings = bytes.tally.findings
            report.unread = bytes.tally.misses
            return report
        } catch {
            throw StoreError(error, path: path)
        }
    }
}
