package import Redaction
package import TraceExport
import TraceModel
package import TraceQuery

/// Takes a selection out of a database: read, redacted, written in one format.
///
/// Traces pass one after the other, and most writers hold one span at a time, so that memory does not grow with the
/// selection. The same selection of the same database gives the same bytes.
package struct Exporter {
    /// Bytes that are gathered before they are written.
    private static let flushSize = 1 << 18

    let backend: any TraceBackend
    let redactor: Redactor?

    /// - Parameter redactor: what every text passes on its way out; nil leaves texts as they are stored.
    package init(backend: any TraceBackend, redactor: Redactor?) {
        self.backend = backend
        self.redactor = redactor
    }

    /// The redaction policy as provenance and the audit log tell it.
    package var policyName: String { redactor?.policyName ?? "unredacted" }

    /// Writes the selection and gives the file its name; nothing is left where it fails.
    ///
    /// - Parameters:
    ///   - provenance: its policy is set here.
    ///   - onProgress: called now and then, on no particular thread.
    package func run(
        _ selection: ExportSelection, with writer: any TraceExporter, provenance: ExportProvenance,
        to output: any ExportOutput, onProgress: (ExportProgress) -> Void = { _ in }
    ) async throws(ExportError) -> ExportReport {
        try await whole(output) { () async throws(ExportError) in
            try await write(selection, writer, provenance, output, onProgress)
        }
    }

    /// Gives what was written its name; nothing is left where writing fails.
    func whole(
        _ output: any ExportOutput, _ write: () async throws(ExportError) -> ExportReport
    ) async throws(ExportError) -> ExportReport {
        do throws(ExportError) {
            let report = try await write()
            try output.commit()
            return report
        } catch {
            output.abandon()
            throw error
        }
    }

    private func write(
        _ selection: ExportSelection, _ first: any TraceExporter, _ provenance: ExportProvenance,
        _ output: any ExportOutput, _ onProgress: (ExportProgress) -> Void
    ) async throws(ExportError) -> ExportReport {
        var writer = first
        var report = ExportReport()
        var progress = ExportProgress()
        var redaction = ExportRedaction(redactor)
        var buffer: [UInt8] = []
        var provenance = provenance
        provenance.policy = policyName
        provenance.selection = redaction.redacted(provenance.selection)
        func flush(atLeast size: Int) throws(ExportError) {
            guard buffer.count >= size, !buffer.isEmpty else { return }
            try output.write(buffer)
            progress.bytes += Int64(buffer.count)
            buffer.removeAll(keepingCapacity: true)
            onProgress(progress)
        }
        let reading = SpanReading(backend: backend, needs: writer.needs)
        var walker = TraceWalker(selection, backend: backend)
        while let selected = try await walker.nextTrace() {
            if report.traces == 0 { writer.begin(provenance, into: &buffer) }
            report.traces += 1
            report.traceIDs.append(selected.structure.summary.traceID)
            var trace = try await head(of: selected)
            redaction.redact(&trace)
            writer.beginTrace(trace, into: &buffer)
            try await reading.forEach(of: selected, &redaction) { span, _ throws(ExportError) in
                writer.add(span, into: &buffer)
                report.spans += 1
                progress.spans = report.spans
                try flush(atLeast: Self.flushSize)
            }
            writer.endTrace(into: &buffer)
            try flush(atLeast: Self.flushSize)
        }
        guard report.spans > 0 else { throw .nothingSelected }
        writer.end(into: &buffer)
        try flush(atLeast: 0)
        report.bytes = progress.bytes
        report.remarks = writer.remarks
        report.redactions = redactor == nil ? .none : redaction.counts
        return report
    }

    /// What is told of a trace beside its spans.
    func head(of selected: SelectedTrace) async throws(ExportError) -> ExportTrace {
        let structure = selected.structure
        let all = try await backend.answer(StepsRequest(.id(structure.summary.traceID)))
        var trace = ExportTrace(
            summary: structure.summary, agents: structure.agents, steps: all.steps, findings: structure.findings,
            coverage: structure.coverage, part: selected.part, spanCount: selected.rows.count)
        guard selected.part != nil else { return trace }
        // A part tells only what is about its own spans.
        let numbers = Set(selected.rows.map(\.step))
        let ids = Set(selected.rows.map(\.spanID))
        let runs = Set(selected.rows.map(\.agentRun))
        trace.steps = trace.steps.filter { numbers.contains($0.number) }
        trace.findings = trace.findings.filter { $0.spanID.map { ids.contains($0) } ?? false }
        trace.agents.runs = trace.agents.runs.filter { runs.contains($0.number) }
        return trace
    }
}
