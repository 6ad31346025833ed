import FastJSON
import TestSupport
import Testing
import TraceExport
import TraceModel

@Suite("Traces become trajectories")
struct AtifWritingTests {
    @Test("the demo, strictly and back again")
    func demo() throws {
        for fixture in ExportFixture.demo() { try expectStrict(fixture, "demo") }
    }

    @Test("recorded programs, strictly and back again")
    func recorded() throws {
        for folder in Recordings.entries("clients") {
            for fixture in try ExportFixture.shared(folder) { try expectStrict(fixture, folder) }
        }
    }

    @Test("random traces, strictly and back again")
    func random() throws {
        for seed in 0..<120 as Range<UInt64> {
            for fixture in ExportFixture.traces(RandomTrace(seed: seed).spans) {
                try expectStrict(fixture, "seed \(seed)")
            }
        }
    }

    @Test("a trace without an agent's step is no trajectory, and that is told")
    func empty() {
        let span = Span(
            traceID: TraceID(high: 1, low: 1), spanID: SpanID(1), name: "GET /", startUnixNano: 1, endUnixNano: 2)
        var exporter = AtifExporter()
        #expect(exporter.bytes(ExportFixture.traces([span])) == [])
        #expect(exporter.remarks.last == "1 traces hold neither model calls nor tool runs and are no trajectories.")
    }

    /// What is written is as the format wants it, says what the trace says, and comes back the same.
    private func expectStrict(_ fixture: ExportFixture, _ name: String) throws {
        var exporter = AtifExporter()
        let written = exporter.bytes([fixture])
        let documents = try AtifFiles.documents(written)
        let hasSteps = fixture.spans.contains { $0.row.kind == .llm || $0.row.kind == .tool }
        #expect(documents.count == 1 || documents.isEmpty && !hasSteps, "\(name)")
        guard let document = documents.first else { return }
        #expect(AtifValidator.faults(document) == [], "\(name)")
        let lost = said(fixture).subtracting(texts(document))
        #expect(lost == [], "\(name)")
        let read = try AtifFiles.read(written)
        #expect(read.rejects == [], "\(name)")
        let isSame = AtifFiles.write(read.spans) == written
        #expect(isSame, "\(name)")
    }

    /// What models and tools said, but for spans that tell of a call a second time.
    private func said(_ fixture: ExportFixture) -> Set<String> {
        let kinds = Dictionary(fixture.spans.map { ($0.row.spanID, $0.row.kind) }, uniquingKeysWith: { a, _ in a })
        let parents = Set(
            fixture.spans.compactMap { span in
                span.row.parentSpanID.flatMap { kinds[$0] == span.row.kind ? $0 : nil }
            })
        var texts: Set<String> = []
        for span in fixture.spans {
            let isLayered = parents.contains(span.row.spanID) || parents.contains(span.row.parentSpanID ?? SpanID(0))
            if isLayered { continue }
            if span.row.kind == .llm {
                for case .text(let text) in span.content.outputMessages.flatMap(\.parts) { texts.insert(text) }
            } else if span.row.kind == .tool, let result = span.content.toolResult {
                // The same value written in other words of JSON is not lost.
                if (try? JSONValue(parsing: result)) == nil { texts.insert(result) }
            }
        }
        return texts
    }

    /// All texts of a document.
    private func texts(_ document: JSONValue) -> Set<String> {
        var texts: Set<String> = []
        var open = [document]
        while let value = open.popLast() {
            if let text = value.string { texts.insert(text) }
            open += value.elements ?? []
            open += value.members?.map(\.value) ?? []
        }
        return texts
    }
}
