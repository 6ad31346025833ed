import CSQLite
import Foundation
import SQLiteQuery
import Testing
import TraceModel
import TraceQuery
import TraceStore

/// What other versions of the analysis said is read as it is, and told to be theirs.
@Suite struct OtherAnalysisTests {
    /// The file that a program of an earlier version wrote, from the statements that `sqlite3 .dump` made of it.
    private static func older() throws -> QueryFixture {
        let fixture = try QueryFixture()
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: fixture.path + suffix) }
        try FileManager.default.removeItem(atPath: fixture.path)
        try Data().write(to: URL(fileURLWithPath: fixture.path))
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../Databases/version4.sql")
        let database = try SQLiteConnection(fixture.path, .readWrite)
        // A dump writes the schema itself.
        _ = spandrel_configure(database.handle, SQLITE_DBCONFIG_DEFENSIVE, 0)
        try database.execute("PRAGMA page_size = \(StoreSchema.pageSize)")
        let statements = try String(contentsOf: source, encoding: .utf8)
        try #require(sqlite3_exec(database.handle, statements, nil, nil, nil) == SQLITE_OK)
        try database.execute("PRAGMA application_id = \(StoreSchema.applicationID)")
        try database.execute("PRAGMA user_version = 4")
        database.close()
        return fixture
    }

    private static func fixture(_ change: String) throws -> QueryFixture {
        let fixture = try QueryFixture()
        try fixture.write([
            QueryFixture.span(
                1, trace: 1, "agent",
                with: [
                    Attribute("kind", .string("agent")), Attribute("agent", .string("planner")),
                ]),
            QueryFixture.span(2, trace: 1, parent: 1, "chat", with: [Attribute("kind", .string("llm"))]),
        ])
        try fixture.writer.finish()
        try SQLiteConnection(fixture.path, .readWrite).execute(change)
        return fixture
    }

    /// Blobs of that version name spans by their keys; a start and an end were two spans with one id then.
    @Test func anOlderAnalysisIsReadWithItsSpans() async throws {
        let backend = try Self.older().backend()
        let row = try #require(try await backend.run(TraceListRequest()).rows.first)
        #expect(row.analysis == .other(version: 1))
        let trace = TraceReference.id(row.traceID)
        let structure = try await backend.run(StructureRequest(trace))
        let (agents, steps) = (try await backend.run(AgentsRequest(trace)), try await backend.run(StepsRequest(trace)))
        #expect(structure.summary.analysis == .other(version: 1) && steps.summary.analysis == .other(version: 1))
        #expect(agents.topology.runs.map(\.name) == ["helper"])
        #expect(agents.topology.runs.map(\.span) == [LocalSpanID(SpanID(1))])
        #expect(
            steps.steps.map(\.span) == [LocalSpanID(SpanID(2)), LocalSpanID(SpanID(2), ordinal: 1)])
        #expect(steps.steps.allSatisfy { step in structure.spans.contains { $0.local == step.span } })
        #expect(row.analysis.notice == "analysed by version 1; `spandrel analyze` re-runs it")
    }

    @Test func aNewerAnalysisIsReadWithItsVersion() async throws {
        let backend = try Self.fixture("UPDATE analysis SET version = 907").backend()
        let agents = try await backend.run(AgentsRequest(.id(QueryFixture.traceID(1))))
        #expect(agents.summary.analysis == .other(version: 907))
        #expect(agents.topology.runs.map(\.name) == ["planner"])
    }

    @Test func whatWasNeverAnalysedSaysSo() async throws {
        let backend = try Self.fixture("DELETE FROM analysis").backend()
        let steps = try await backend.run(StepsRequest(.id(QueryFixture.traceID(1))))
        #expect(steps.summary.analysis == .missing && steps.steps.isEmpty)
        #expect(steps.summary.analysis.notice == "not analysed; `spandrel analyze` does it")
    }

    @Test(arguments: ["agents", "steps", "joints", "ledger", "clocks"])
    func aFormThatCannotBeReadIsNoEmptyList(part: String) async throws {
        let backend = try Self.fixture("UPDATE analysis SET version = 12, \(part) = X'7F00'").backend()
        let trace = TraceReference.id(QueryFixture.traceID(1))
        let unreadable = AnalysisState.unreadable(version: 12)
        let states = [
            "agents": try await backend.run(AgentsRequest(trace)).summary.analysis,
            "steps": try await backend.run(StepsRequest(trace)).summary.analysis,
            "joints": try await backend.run(JointsRequest(trace)).summary.analysis,
            "ledger": try await backend.run(LedgerRequest(trace)).summary.analysis,
            "clocks": try await backend.run(StructureRequest(trace)).summary.analysis,
        ]
        #expect(states[part] == unreadable)
        #expect(unreadable.notice?.contains("version 12") == true)
    }

    @Test func ourOwnIsNoNews() async throws {
        let backend = try Self.fixture("SELECT 1").backend()
        let row = try #require(try await backend.run(TraceListRequest()).rows.first)
        #expect(row.analysis == .current && row.analysis.notice == nil)
    }
}
