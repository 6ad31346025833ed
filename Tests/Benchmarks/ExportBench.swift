import Exporter
import Foundation
import Redaction
import SQLiteQuery
import TraceExport
import TraceQuery

/// Exports of a large selection: how fast, and how much memory they add.
struct ExportBench {
    private let workshop: Workshop

    init(_ workshop: Workshop) {
        self.workshop = workshop
    }

    /// Counts what it is given and keeps none of it.
    private final class Nowhere: ExportOutput {
        var bytes = 0
        func write(_ bytes: [UInt8]) { self.bytes += bytes.count }
        func commit() {}
        func abandon() {}
    }

    func measure() async throws -> [Measurement] {
        let path = try workshop.manyTraces()
        let backend = try SQLiteBackend(path: path)
        let redactor = Redactor(policy: .standard, key: RedactionKey(bytes: Array("bench".utf8)))
        var measurements: [Measurement] = []
        for (redactor, words) in [(redactor, "redacted"), (nil, "as stored")] {
            let before = Meter.residentBytes() ?? 0
            let output = Nowhere()
            var seconds = 0.0
            let started = Meter.now()
            _ = try await Exporter(backend: backend, redactor: redactor).run(
                .traces(nil), with: OTLPExporter(), provenance: Self.provenance, to: output)
            seconds = Meter.now() - started
            let grown = (Meter.residentBytes() ?? 0) - before
            let rate = Double(output.bytes) / seconds / 1e6
            measurements.append(
                Measurement(
                    what: "export of \(workshop.options.large) spans as OTLP/JSON, \(words)", bar: "≥ 50 MB/s",
                    measured: String(
                        format: "%.0f MB/s (%.2f GB; memory grew by %d MB)", rate, Double(output.bytes) / 1e9,
                        grown / 1_000_000), isReached: rate >= 50))
        }
        return measurements
    }

    private static let provenance = ExportProvenance(program: "bench", selection: "--all", policy: "")
}
