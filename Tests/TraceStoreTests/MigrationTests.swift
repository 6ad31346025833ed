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
                "audit_log", "provenance",
            ] {
                try database.execute("DROP TABLE \(table)")
            }
            for index in ["span_attempt", "span_alias"] { try database.execute("DROP INDEX \(index)") }
            for column in ["agent_run", "attempt", "attempt_reason", "step", "clock"] {
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
        #expect(try store.integer("PRAGMA user_version") == 4)
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

    @Test func theFirstVersionStaysAsItWasReleased() {
        var digest = ContentDigest()
        for statement in Migration.version1 where !statement.contains("VIEW") { digest.add(statement) }
        #expect(digest.value == 3_135_485_964_445_011_858)
    }
}
