import Redaction
package import TraceExport
import TraceModel
import TraceQuery
import TraceStore

extension Exporter {
    /// Writes the selection as a smaller database; nothing is left where it fails.
    ///
    /// - Parameters:
    ///   - provenance: its policy is set here; the database tells it in the table `provenance`.
    ///   - onProgress: called now and then, on no particular thread.
    package func runDatabase(
        _ selection: ExportSelection, provenance: ExportProvenance, to file: NewFile,
        onProgress: (ExportProgress) -> Void = { _ in }
    ) async throws(ExportError) -> ExportReport {
        try await whole(file) { () async throws(ExportError) in
            try await writeDatabase(selection, provenance, file, onProgress)
        }
    }

    private func writeDatabase(
        _ selection: ExportSelection, _ provenance: ExportProvenance, _ file: NewFile,
        _ onProgress: (ExportProgress) -> Void
    ) async throws(ExportError) -> ExportReport {
        var report = ExportReport()
        var progress = ExportProgress()
        var redaction = ExportRedaction(redactor)
        let reading = SpanReading(backend: backend, needs: .streams)
        let database = try storing { () throws(StoreError) in
            try SQLiteExport(
                path: file.temporaryPath, policy: redactor?.policyName,
                provenance: [
                    "program": provenance.program, "selection": redaction.redacted(provenance.selection),
                    "policy": policyName,
                ])
        }
        var walker = TraceWalker(selection, backend: backend)
        while var selected = try await walker.nextTrace() {
            // In the order of arrival, which decides which of two spans with one id is the parent, and the like.
            selected.rows.sort { $0.arrival < $1.arrival }
            report.traces += 1
            report.traceIDs.append(selected.structure.summary.traceID)
            try await reading.forEach(of: selected, &redaction) { span, counts throws(ExportError) in
                var whole = WholeSpan(row: span.row, span: span.span, logs: span.logs, stream: span.stream)
                whole.origins = span.origins
                try storing { () throws(StoreError) in
                    try database.write([whole], counts: counts, known: selected.structure.redaction)
                }
                report.spans += 1
                progress.spans = report.spans
                if report.spans % 1_024 == 0 { onProgress(progress) }
            }
        }
        guard report.spans > 0 else { throw .nothingSelected }
        try storing { () throws(StoreError) in try database.finish() }
        report.bytes = file.size
        report.redactions = redactor == nil ? .none : redaction.counts
        return report
    }

    private func storing<Value>(_ body: () throws(StoreError) -> Value) throws(ExportError) -> Value {
        do { return try body() } catch { throw .store(error) }
    }
}
