import Foundation
import Ingest
import SQLiteQuery
import TestSupport
import TraceIngest
import TraceModel
import TraceQuery
import TraceStore

/// How often the evidence of findings includes the step that people labelled as the cause of a failure.
///
/// The labels are those of Who&When; the reference is a choice of as many steps at random.
struct CulpritBench {
    private let workshop: Workshop

    init(_ workshop: Workshop) {
        self.workshop = workshop
    }

    func measure() async throws -> [Measurement] {
        let folder = Recordings.path("trajectories/who-and-when")
        let database = workshop.path("culprits.db")
        workshop.remove(database)
        let writer = try TraceWriter(path: database) { 0 }
        _ = try Importer(writer: writer, redactor: nil, stopwatch: Meter.now).run(InputDiscovery(arguments: [folder]))
        try writer.finish()
        let backend = try SQLiteBackend(path: database)
        let page = try await backend.run(TraceListRequest(limit: 1000))
        var (findings, withErrors) = (Tally(), Tally())
        var rules: [String: (found: Int, hits: Int)] = [:]
        for trace in page.rows {
            let structure = try await backend.run(StructureRequest(.id(trace.traceID)))
            guard let culprit = try await label(of: structure, backend) else { continue }
            // The root is no step.
            let steps = structure.spans.count - 1
            var shown: Set<SpanID> = []
            for finding in structure.findings {
                let spans = Set(finding.evidence.compactMap(\.spanID) + [finding.spanID].compactMap { $0 })
                shown.formUnion(spans)
                rules[finding.rule, default: (0, 0)].found += 1
                if spans.contains(culprit) { rules[finding.rule, default: (0, 0)].hits += 1 }
            }
            shown.subtract(structure.spans.filter { $0.parentSpanID == nil }.map(\.spanID))
            findings.add(shown, culprit, steps)
            // What failed is shown as such too, and what e and E step through.
            withErrors.add(shown.union(structure.spans.filter(\.isError).map(\.spanID)), culprit, steps)
        }
        for (rule, counts) in rules.sorted(by: { $0.key < $1.key }) {
            FileHandle.standardError.write(
                Data("\(rule): \(counts.found) findings, \(counts.hits) with the labelled step\n".utf8))
        }
        return [findings.measurement("findings"), withErrors.measurement("findings and failed spans")]
    }

    /// How often what is shown of a trace holds the labelled step.
    private struct Tally {
        private var traces = 0
        private var withEvidence = 0
        private var hits = 0
        private var chance = 0.0

        mutating func add(_ shown: Set<SpanID>, _ culprit: SpanID, _ steps: Int) {
            traces += 1
            if !shown.isEmpty { withEvidence += 1 }
            if shown.contains(culprit) { hits += 1 }
            chance += Double(shown.count) / Double(max(1, steps))
        }

        func measurement(_ what: String) -> Measurement {
            Measurement(
                what: "labelled culprits of \(traces) conversations among \(what)", bar: "reported",
                measured: String(
                    format: "%d, by chance %.1f; in %d traces is anything shown", hits, chance, withEvidence),
                isReached: true)
        }
    }

    /// The span of the step that the label names.
    private func label(of structure: TraceStructure, _ backend: SQLiteBackend) async throws -> SpanID? {
        // Spans without times lie in the order in which they were read: the root, then the messages.
        guard let root = structure.spans.first(where: { $0.parentSpanID == nil }),
            let step = try await backend.run(SpanRequest(.address(SpanAddress(structure.summary.traceID, root.local))))
                .span.attributes
                .value(of: "who_and_when.mistake_step")?.intValue
        else { return nil }
        let messages = structure.spans.filter { $0.parentSpanID != nil }
        return messages.indices.contains(Int(step)) ? messages[Int(step)].spanID : nil
    }
}
