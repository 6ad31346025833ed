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
        #expect(AtifFiles.write(read.spans) == written, "\(name)")
    }

    @Test("the demo, strictly and back again")
    func demo() throws {
        try expectStrict(ExportFixture.demo(), "demo")
    }

    @Test("recorded programs, strictly and back again", .enabled(if: SharedRecords.isPresent))
    func recorded() throws {
        for folder in SharedRecords.folders("clients") { try expectStrict(try ExportFixture.shared(folder), folder) }
    }
}
