import Foundation
import Ingest
import TraceIngest
import TraceStore

/// Import of OTLP/JSON against a bare loop of prepared statements over the same rows.
struct ImportBench {
    private let workshop: Workshop

    init(_ workshop: Workshop) {
        self.workshop = workshop
    }

    func measure() throws -> [Measurement] {
        let count = workshop.options.spans
        let file = workshop.path("import-\(count).jsonl")
        let generator = SpanGenerator(count: count)
        let bytes = try OTLPFile.write(generator, to: file)

        let database = workshop.path("import.db")
        workshop.remove(database)
        var stored = 0
        let ours = try Meter.seconds {
            let writer = try TraceWriter(path: database) { 0 }
            let report = try Importer(writer: writer, redactor: nil, stopwatch: Meter.now).run(
                InputDiscovery(arguments: [file]))
            stored = report.spansNew
        }
        let peak = Meter.peakResidentBytes()
        guard stored == count else { throw BenchError.unexpected("the import stored \(stored) of \(count) spans") }

        let reference = workshop.path("reference.db")
        workshop.remove(reference)
        let rows = try StoredRows(database: database, generator: generator)
        let bare = try rows.insert(into: reference)
        let (oursRate, bareRate) = (Double(count) / ours, Double(count) / bare)
        let ratio = oursRate / bareRate
        let size = Double(bytes) / Double(count)
        return [
            Measurement(
                what: "import of \(count) spans of \(Int(size)) bytes as OTLP/JSON",
                bar: "≥ 0.4 × the bare loop",
                measured: String(format: "%.2f × (%.0f/s against %.0f/s)", ratio, oursRate, bareRate),
                isReached: ratio >= 0.4),
            Measurement(
                what: "memory of that import", bar: "≤ 150 MB",
                measured: peak.map { "\($0 / 1_000_000) MB" } ?? "unknown",
                isReached: peak.map { $0 <= 150_000_000 } ?? false),
        ]
    }
}
