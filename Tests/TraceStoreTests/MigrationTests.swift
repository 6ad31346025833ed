import CSQLite
import Foundation
import Testing
import TraceModel

@testable import TraceStore

@Suite struct MigrationTests {
    /// A file of the first version with two spans: what later versions added is taken out.
    static func oldFile() throws -> TemporaryStore {
        let store = try TemporaryStore()
        var lost = StreamFixture.call(2, parent: 99)
        lost.span.attributes.append(Attribute("kind", .string("llm")))
        _ = try store.writer.write(spans: [StreamFixture.call(1, response: "resp-0"), lost])
        let database = try SQLiteConnection(store.path, .readWrite)
        try database.transaction {
            for view in ["streams", "findings", "spans"] { try database.execute("DROP VIEW \(view)") }
            for table in [
                "stream", "stream_block", "finding", "response", "span_evidence", "analysis", "trace_redaction",
                "audit_log", "provenance", "span_source", "trace_usage",
            ] {
                try database.execute("DROP TABLE \(table)")
            }
            for index in ["span_attempt", "span_alias"] { try database.execute("DROP INDEX \(index)") }
            for column in [
                "agent_run", "attempt", "attempt_reason", "step", "clock", "provider", "tokens_input_stated", "sources",
            ] {
                try database.execute("ALTER TABLE span DROP COLUMN \(column)")
            }
            try database.execute("ALTER TABLE log_record DROP COLUMN redaction")
            for view in Migration.views where view.contains("VIEW spans") { try database.execute(view) }
            try database.execute("DELETE FROM facet WHERE field > 15")
            try database.execute("DELETE FROM facet_field WHERE id > 15")
            try database.execute("PRAGMA user_version = 1")
        }
        return store
    }

    @Test func olderFilesAreBroughtUpToDate() throws {
        let store = try Self.oldFile()
        try store.reopen()
        #expect(try store.integer("PRAGMA user_version") == 5)
        #expect(try store.texts("SELECT id FROM response ORDER BY id") == ["resp-0", "resp-1"])
        #expect(
            try store.texts("SELECT text FROM facet JOIN name ON name.id = value WHERE field = 16") == [
                "structure.missing_parent"
            ])
        let counts = try store.writer.write(spans: [], streams: [StreamFixture.recording()])
        #expect(counts.streamsJoined == 1)
    }

    /// A file that the program of an earlier version wrote, from the statements that `sqlite3 .dump` made of it.
    static func dumped(_ version: Int) throws -> String {
        let folder = NSTemporaryDirectory() + "spandrel-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../Databases/version\(version).sql")
        let path = folder + "/traces.db"
        try Data().write(to: URL(fileURLWithPath: path))
        let database = try SQLiteConnection(path, .readWrite)
        // A dump writes the schema itself.
        _ = spandrel_configure(database.handle, SQLITE_DBCONFIG_DEFENSIVE, 0)
        try database.execute("PRAGMA page_size = \(StoreSchema.pageSize)")
        #expect(
            sqlite3_exec(database.handle, try String(contentsOf: source, encoding: .utf8), nil, nil, nil) == SQLITE_OK)
        try database.execute("PRAGMA application_id = \(StoreSchema.applicationID)")
        try database.execute("PRAGMA user_version = \(version)")
        database.close()
        return path
    }

    /// A start and an end were two spans then, and input was told without what came from the cache.
    @Test func aFileOfAnOlderProgramIsReadAndToldAnew() throws {
        let path = try Self.dumped(4)
        defer { try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent) }
        func texts(_ sql: String) throws -> [String?] {
            try SQLiteConnection(path, .readOnly).texts(sql)
        }
        let before = try texts("SELECT attributes || ifnull(events, '') FROM span_payload ORDER BY key")
        #expect(try texts("SELECT tokens_input || ' ' || model_calls FROM trace") == ["4 2"])
        let writer = try TraceWriter(path: path, clock: { 0 })
        #expect(try texts("PRAGMA user_version") == ["5"])
        #expect(try texts("SELECT sources || ifnull(provider, '-') FROM spans") == ["1-", "1-", "1-", "1-"])
        #expect(try texts("SELECT attributes || ifnull(events, '') FROM span_payload ORDER BY key") == before)
        #expect(try writer.reanalyze(onlyOutdated: true) { _, _ in } == 1)
        #expect(
            try texts("SELECT tokens_input || ' ' || tokens_input_stated || provider FROM spans WHERE provider <> ''")
                == ["1504 4acme"])
        #expect(
            try texts("SELECT calls || ' ' || calls_without_cache || ' ' || ifnull(input, '-') FROM trace_usage")
                .contains("1 1 1504"))
        // What another record adds is added to the span that it belongs to, and found by its words.
        guard var span = try writer.reader.span(StoreKey.span(trace: 1, number: 2)) else {
            Issue.record("no span")
            return
        }
        span.attributes.append(Attribute("gen_ai.completion", .string("quaggaword")))
        let counts = try writer.write(spans: [PreparedSpan(span)])
        #expect(counts.spansNew == 0 && counts.spansRevised == 1)
        #expect(try texts("SELECT rowid FROM span_text WHERE span_text MATCH 'quaggaword'").count == 1)
        #expect(try texts("SELECT rowid FROM span_text WHERE span_text MATCH 'oslo'").count == 2)
    }

    /// The schema that a new file gets, statement by statement, is that of a migrated one.
    @Test func bothWaysLeadToTheSameSchema() throws {
        let select = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        let old = try Self.oldFile()
        try old.reopen()
        #expect(try old.texts(select) == TemporaryStore().texts(select))
    }

    /// Views may tell more of what is there; tables, indexes and rows stay as they were released.
    @Test(arguments: [
        (1, 3_135_485_964_445_011_858), (2, 7_472_918_198_928_671_093), (3, 8_218_493_730_617_650_577),
        (4, 7_493_788_923_604_773_939),
    ]) func releasedVersionsStayAsTheyAre(version: Int, digest: Int64) {
        var found = ContentDigest()
        for statement in Migration.all[version - 1].statements where !statement.contains("VIEW") {
            found.add(statement)
        }
        #expect(found.value == digest)
    }
}
