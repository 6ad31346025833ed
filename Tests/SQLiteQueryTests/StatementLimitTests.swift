import Testing
import TraceQuery
import TraceStore

@testable import SQLiteQuery

@Suite("Limits of a statement of one's own") struct StatementLimitTests {
    private func run(_ statement: String, timeout: Double = 30) async throws -> SQLTable {
        try await Shared.incidents.backend().run(SQLRequest(statement, limit: 100_000, timeout: timeout))
    }

    @Test(
        "One that does not end is ended",
        arguments: [
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n",
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x FROM n WHERE x > 1",
            "SELECT count(*) FROM span a, span b, span c, span d, span e, span f, span g, span h, span i, span j",
            "WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT hex(zeroblob(100)) FROM n) SELECT max(x) FROM n",
        ])
    func time(statement: String) async throws {
        let error = await #expect(throws: QueryError.self) { try await run(statement, timeout: 0.05) }
        guard case .exhausted(let message) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(message == "the statement took longer than 0.05 s, and was ended; --timeout allows more")
    }

    @Test(
        "One that fills the memory is ended",
        arguments: [
            "SELECT zeroblob(1000000000)", "SELECT randomblob(500000000)",
            "SELECT hex(zeroblob(60000000))", "SELECT replace(hex(zeroblob(30000000)), '0', '000')",
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT randomblob(60000000) FROM n",
            "SELECT group_concat(hex(zeroblob(20000000))) FROM (SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)",
        ])
    func memory(statement: String) async throws {
        let error = await #expect(throws: QueryError.self) { try await run(statement) }
        guard case .exhausted(let message) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(message.contains("MiB"), "\(message)")
    }

    @Test("A connection that ended one answers the next, without its limits")
    func afterwards() async throws {
        let backend = try await Shared.incidents.backend()
        for _ in 0..<3 {
            let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
            await #expect(throws: QueryError.self) {
                try await backend.run(SQLRequest(endless, limit: 1, timeout: 0.01))
            }
            #expect(try await backend.run(SQLRequest("SELECT count(*) FROM span", limit: 1)).rows == [[.integer(9)]])
            #expect(try await backend.run(RejectsRequest(limit: 1)).isEmpty)
        }
    }

    @Test(
        "What sets something or loads code is refused, what asks is not",
        arguments: [
            ("SELECT LOAD_EXTENSION('/tmp/x.so')", false), ("SELECT load_extension('a', 'b')", false),
            ("SELECT * FROM pragma_journal_mode('delete')", false), ("SELECT * FROM pragma_user_version(9)", false),
            ("SELECT name FROM pragma_table_info('span')", true), ("SELECT value FROM json_each('[1, 2]')", true),
            ("SELECT rowid FROM span_text WHERE span_text MATCH 'search' LIMIT 1", true),
            ("SELECT \"no such column\"", false),
        ])
    func doors(statement: String, isAllowed: Bool) async throws {
        if isAllowed {
            _ = try await run(statement)
        } else {
            await #expect(throws: QueryError.self) { try await run(statement) }
        }
    }
}

@Suite("Opening a database that others made") struct ForeignDatabaseTests {
    @Test(
        "What could run is refused before anything is read",
        arguments: [
            "CREATE TRIGGER t AFTER INSERT ON span BEGIN SELECT 1; END", "CREATE VIEW evil AS SELECT randomblob(9)",
            "CREATE INDEX i ON span (hex(packed))",
        ])
    func refused(sql: String) throws {
        let fixture = try QueryFixture()
        try SQLiteConnection(fixture.path, .readWrite).execute(sql)
        let error = #expect(throws: QueryError.self) { try fixture.backend() }
        guard case .altered(let path, let part) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(path == fixture.path && part.contains("'"))
    }
}
