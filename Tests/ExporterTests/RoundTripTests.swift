import Exporter
import Foundation
import Ingest
import SQLiteQuery
import Testing
import TraceExport
import TraceModel
import TraceQuery

@Suite struct RoundTripTests {
    @Test func theDemoComesBackEqualFromOTLP() async throws {
        let folder = try ExportFolder()
        try folder.storeDemo(in: "a.db")
        let first = try await folder.export(of: "a.db", as: .otlpJSON, to: "1.jsonl")
        let report = try folder.load("1.jsonl", into: "b.db")
        #expect(report.rejected == 0)
        #expect(try await folder.export(of: "b.db", as: .otlpJSON, to: "2.jsonl") == first)
        #expect(try await Self.answers(folder.backend("a.db")) == Self.answers(folder.backend("b.db")))
    }

    @Test(arguments: 0..<12)
    func randomTracesComeBackEqualFromOTLP(seed: Int) async throws {
        let folder = try ExportFolder()
        var random = RandomTraces(seed: UInt64(seed))
        try folder.store(random.spans(6), in: "a.db")
        let first = try await folder.export(of: "a.db", as: .otlpJSON, to: "1.jsonl")
        _ = try folder.load("1.jsonl", into: "b.db")
        #expect(try await folder.export(of: "b.db", as: .otlpJSON, to: "2.jsonl") == first)
        #expect(try await Self.answers(folder.backend("a.db")) == Self.answers(folder.backend("b.db")))
    }

    @Test func theDemoComesBackEqualFromATIF() async throws {
        let folder = try ExportFolder()
        try folder.storeDemo(in: "a.db")
        let first = try await folder.export(of: "a.db", as: .atif, to: "1.jsonl")
        let report = try folder.load("1.jsonl", into: "b.db")
        #expect(report.rejected == 0)
        #expect(try await folder.export(of: "b.db", as: .atif, to: "2.jsonl") == first)
    }

    @Test(arguments: 0..<8)
    func randomTracesComeBackEqualFromATIF(seed: Int) async throws {
        let folder = try ExportFolder()
        var random = RandomTraces(seed: UInt64(seed))
        try folder.store(random.spans(6), in: "a.db")
        let first = try await folder.export(of: "a.db", as: .atif, to: "1.jsonl")
        guard !first.isEmpty else { return }
        _ = try folder.load("1.jsonl", into: "b.db")
        #expect(try await folder.export(of: "b.db", as: .atif, to: "2.jsonl") == first)
    }

    /// What a database answers about its traces, but for keys, which depend on the order of arrival.
    private static func answers(_ backend: SQLiteBackend) async throws -> [String] {
        let page = try await backend.run(TraceListRequest(limit: 1_000))
        var lines: [String] = []
        for row in page.rows.sorted(by: { $0.traceID.hex < $1.traceID.hex }) {
            let structure = try await backend.run(StructureRequest(.id(row.traceID)))
            let ledger = try await backend.run(LedgerRequest(.id(row.traceID)))
            lines.append("\(row)")
            lines += structure.spans.map { span in
                "\(span.spanID.hex) \(structure.names[span.name] ?? "-") \(span.kind) \(span.agentRun) \(span.step) \(span.marks)"
            }.sorted()
            lines += structure.findings.map { "\($0.rule) \($0.message)" }.sorted()
            lines.append("\(ledger.ledger)")
        }
        return lines
    }
}
