import TraceDialect
import TraceExport
import TraceModel
import TraceQuery

/// Reads the spans of a trace in batches, redacts them, and hands them on in order.
struct SpanReading {
    /// Enough to make a request worth its cost, few enough for flat memory.
    private static let batchSize = 256

    let backend: any TraceBackend
    let needs: ExportNeeds

    /// Calls `body` for each span of the selection, with what was replaced in it.
    func forEach(
        of trace: SelectedTrace, _ redaction: inout ExportRedaction,
        _ body: (ExportSpan, RedactionCounts) throws(ExportError) -> Void
    ) async throws(ExportError) {
        let rows = trace.rows
        var first = 0
        while first < rows.count {
            let batch = rows[first..<min(rows.count, first + Self.batchSize)]
            first += Self.batchSize
            if Task.isCancelled { throw .cancelled }
            let id = trace.structure.summary.traceID
            let request = WholeSpanRequest(
                batch.map { SpanAddress(id, $0.local) }, includesStreams: needs.contains(.streams))
            let wholes = try await backend.answer(request)
            var place = batch.startIndex
            for var whole in wholes.spans {
                // A span that was taken away in between is passed over.
                while place < batch.endIndex, batch[place].local != whole.row.local { place += 1 }
                guard place < batch.endIndex else { break }
                let found = redaction.redact(&whole)
                try body(exported(whole, row: batch[place], names: trace.structure.names, redaction), found)
            }
        }
    }

    /// The span with what the dialect reads out of it.
    private func exported(
        _ whole: WholeSpan, row: SpanRow, names: NameTable, _ redaction: ExportRedaction
    ) -> ExportSpan {
        var facts = SpanFacts(kind: row.kind)
        var content = SpanContent()
        if needs.contains(.content) {
            var merged = whole.span
            merged.events += whole.logs.map(\.event)
            facts = Dialect.facts(of: merged)
            content = Dialect.content(of: merged)
        }
        // What the tree decided is in the row.
        facts.agentName = redaction.redacted(names[row.agent])
        facts.agentInstance = redaction.redacted(names[row.agentInstance])
        facts.agentSource = row.agentSource
        var span = ExportSpan(
            row: row, span: whole.span, logs: whole.logs, stream: whole.stream, facts: facts, content: content)
        span.origins = whole.origins
        return span
    }
}
