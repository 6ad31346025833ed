import Foundation
import Ingest
import Redaction
import TestSupport
import TraceIngest
import TraceModel
import TraceStore

/// What redaction finds, and what part of an import it takes.
struct RedactionBench {
    private let workshop: Workshop

    init(_ workshop: Workshop) {
        self.workshop = workshop
    }

    func measure() throws -> [Measurement] {
        var policy = RedactionPolicy.standard
        policy.findsPersonalData = true
        let key = RedactionKey(bytes: Array("bench".utf8))
        let everything = Redactor(policy: policy, key: key)
        let finder: LabelledRedactions.Finder = { text in
            everything.matches(in: text).map { ($0.range, $0.label) }
        }
        FileHandle.standardError.write(Data((LabelledRedactions.table(finder: finder) + "\n").utf8))
        let score = RedactionScore(LabelledRedactions.samples(), finder: finder)
        let recall = score.recall(of: "secret")
        return [
            Measurement(
                what: "secrets and what only looks like them: recall, precision", bar: "≥ 0.98 both",
                measured: String(format: "%.3f, %.3f", recall, score.precision),
                isReached: recall >= 0.98 && score.precision >= 0.98)
        ] + (try share(Redactor(policy: .standard, key: key)))
    }

    /// The time of the redactor alone against that of an import of the same spans with it.
    private func share(_ redactor: Redactor) throws -> [Measurement] {
        let count = workshop.options.spans
        let file = workshop.path("import-\(count).jsonl")
        let generator = SpanGenerator(count: count)
        let bytes = try OTLPFile.write(generator, to: file)
        let database = workshop.path("redacted.db")
        workshop.remove(database)
        let whole = try Meter.seconds {
            let writer = try TraceWriter(path: database) { 0 }
            _ = try Importer(writer: writer, redactor: redactor, stopwatch: Meter.now).run(
                InputDiscovery(arguments: [file]))
        }
        var spans: [Span] = []
        for input in InputDiscovery(arguments: [file]).inputs {
            try FileDecoder.decode(input, batchSize: 2_048) { spans += $0.spans }
        }
        var counts = RedactionCounts()
        let alone = Meter.seconds {
            for index in spans.indices { redactor.redact(&spans[index], &counts) }
        }
        return [
            Measurement(
                what: "redaction against the import of \(count) spans that it is a part of", bar: "≤ 25 %",
                measured: String(
                    format: "%.0f %% (%.1f µs a span, %.0f MB/s; %.1f s of %.1f s)", alone / whole * 100,
                    alone / Double(count) * 1e6, Double(bytes) / alone / 1e6, alone, whole),
                isReached: alone / whole <= 0.25)
        ]
    }
}
