import Basics
package import TraceExport
package import TraceModel
import TraceQuery

extension Exporter {
    /// Spans that are written for a guess at the size.
    private static let sampledSpans = 200

    /// What an export would be: exact counts, and a size guessed from the first spans.
    ///
    /// - Parameter writer: nil where the size cannot be told from a sample, as of a database.
    package func estimate(
        _ selection: ExportSelection, with writer: (any TraceExporter)?
    ) async throws(ExportError) -> ExportEstimate {
        var estimate = ExportEstimate(traces: 0, spans: 0, bytes: nil, redaction: TraceRedaction())
        switch selection {
        case .traces(let filter):
            let statistics = try await backend.answer(StatisticsRequest(filter))
            estimate.traces = statistics.traces
            estimate.spans = statistics.spans
            estimate.redaction = try await backend.answer(RedactionRequest(filter))
        case .listed, .part:
            var walker = TraceWalker(selection, backend: backend)
            while let trace = try await walker.nextTrace() {
                estimate.traces += 1
                estimate.spans += trace.rows.count
                if let known = trace.structure.redaction { estimate.redaction.add(known) }
            }
        }
        guard let writer, estimate.spans > 0 else { return estimate }
        estimate.bytes = try await sampledSize(selection, writer, spans: estimate.spans)
        return estimate
    }

    /// The ids of the selected traces.
    package func traceIDs(of selection: ExportSelection) async throws(ExportError) -> [TraceID] {
        var walker = TraceWalker(selection, backend: backend)
        var ids: [TraceID] = []
        while let trace = try await walker.nextTrace() { ids.append(trace.structure.summary.traceID) }
        return ids
    }

    /// The size of the file by that of its first spans.
    private func sampledSize(
        _ selection: ExportSelection, _ first: any TraceExporter, spans: Int
    ) async throws(ExportError) -> Int64? {
        var writer = first
        var walker = TraceWalker(selection, backend: backend)
        var redaction = ExportRedaction(nil)
        let reading = SpanReading(backend: backend, needs: writer.needs)
        var bytes: [UInt8] = []
        var count = 0
        while count < Self.sampledSpans, var selected = try await walker.nextTrace() {
            selected.rows = Array(selected.rows.prefix(Self.sampledSpans - count))
            writer.beginTrace(try await head(of: selected), into: &bytes)
            try await reading.forEach(of: selected, &redaction) { span, _ throws(ExportError) in
                writer.add(span, into: &bytes)
                count += 1
            }
            writer.endTrace(into: &bytes)
        }
        return count == 0 ? .none : Int64(clamped: Double(bytes.count) / Double(count) * Double(spans))
    }
}

extension TraceRedaction {
    /// Adds what is known of other spans.
    fileprivate mutating func add(_ other: TraceRedaction) {
        policies = Set(policies + other.policies).sorted()
        spansRedacted += other.spansRedacted
        spansRaw += other.spansRaw
        spansUnknown += other.spansUnknown
        counts.add(other.counts)
    }
}
