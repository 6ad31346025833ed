import Foundation
import GRDB
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
        try DatabaseQueue(path: store.path).write { database in
            for view in ["streams", "findings", "spans"] { try database.execute(sql: "DROP VIEW \(view)") }
            for table in [
                "stream", "stream_block", "finding", "response", "span_evidence", "analysis", "trace_redaction",
                "audit_log", "provenance", "span_source", "trace_usage",
            ] {
                try database.execute(sql: "DROP TABLE \(table)")
            }
            for index in ["span_attempt", "span_alias"] { try database.execute(sql: "DROP INDEX \(index)") }
            for column in [
                "agent_run", "attempt", "attempt_reason", "step", "clock", "provider", "tokens_input_stated", "sources",
            ] {
                try database.execute(sql: "ALTER TABLE span DROP COLUMN \(column)")
            }
            try database.execute(sql: "ALTER TABLE log_record DROP COLUMN redaction")
            for view in Migration.views where view.contains("VIEW spans") { try database.execute(sql: view) }
            try database.execute(sql: "DELETE FROM facet WHERE field > 15")
            try database.execute(sql: "DELETE FROM facet_field WHERE id > 15")
            try database.execute(sql: "PRAGMA user_version = 1")
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

    /// The schema that a new file gets, statement by statement, is that of a migrated one.
    @Test func bothWaysLeadToTheSameSchema() throws {
        let select = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        let old = try Self.oldFile()
        try old.reopen()
        #expect(try old.texts(select) == TemporaryStore().texts(select))
    }

    /// Views may tell more of what is there; tables, indexes and rows stay as they were released.
    @Test(arguments: [
        (1, 3_135_485_964_445_011_858), (2, 0), (3, 0), (4, 0),
    ]) func releasedVersionsStayAsTheyAre(version: Int, digest: Int64) {
        var found = ContentDigest()
        for statement in Migration.all[version - 1].statements where !statement.contains("VIEW") {
            found.add(statement)
        }
        #expect(found.value == digest)
    }
}
