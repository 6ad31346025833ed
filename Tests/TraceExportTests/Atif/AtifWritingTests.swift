import FastJSON
import Testing
import TraceExport
import TraceModel

@Suite("Traces become trajectories")
struct AtifWritingTests {
    private func expectStrict(_ fixtures: [ExportFixture], _ name: String) throws {
        var exporter = AtifExporter()
        let written = exporter.bytes(fixtures)
        let documents = try AtifFiles.documents(written)
        #expect(documents.count == fixtures.count, "\(name)")
        for document in documents { #expect(AtifValidator.faults(document) == [], "\(name)") }
        let read = try AtifFiles.read(written)
        #expect(read.rejects == [], "\(name)")
        let isSame = AtifFiles.write(read.spans) == written
        #expect(isSame, "\(name)")
    }

    @Test("the demo, strictly and back again")
    func demo() throws {
        try expectStrict(ExportFixture.demo(), "demo")
    }

    @Test("recorded programs, strictly and back again", .enabled(if: SharedRecords.isPresent))
    func recorded() throws {
        for folder in SharedRecords.folders("clients") { try expectStrict(try ExportFixture.shared(folder), folder) }
    }

    @Test("random traces, strictly and back again")
    func random() throws {
        for seed in 0..<200 as Range<UInt64> {
            try expectStrict(ExportFixture.traces(RandomTrace(seed: seed).spans), "seed \(seed)")
        }
    }
}
