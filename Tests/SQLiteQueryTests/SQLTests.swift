import Testing
import TraceQuery

@testable import SQLiteQuery

@Suite struct SQLTests {
    @Test func valuesKeepTheirTypes() async throws {
        let backend = try await Shared.incidents.backend()
        let table = try await backend.sql(
            "SELECT 1 AS a, 2.5 AS b, 'x' || char(0) || 'y' AS c, x'00ff' AS d, NULL AS e")
        #expect(table.columns == ["a", "b", "c", "d", "e"])
        #expect(table.rows == [[.integer(1), .real(2.5), .text("x\0y"), .blob(bytes: [0, 255]), .null]])
        #expect(!table.isPartial)
    }

    @Test func viewsAreFriendly() async throws {
        let backend = try await Shared.incidents.backend()
        let spans = try await backend.sql(
            "SELECT trace_id, span_id, parent_span_id, name, kind, agent, agent_source, service, status FROM spans "
                + "WHERE tool = 'web_search'")
        #expect(
            spans.rows == [
                [
                    .text("000000000000feed0000000000000001"), .text("0000000000000013"), .text("0000000000000012"),
                    .text("web_search"), .text("tool"), .text("worker"), .text("declared"), .text("tools"),
                    .text("error"),
                ]
            ])
        let traces = try await backend.sql(
            "SELECT name, span_count FROM traces ORDER BY start_unix_nano DESC, key DESC")
        #expect(traces.rows.first == [.text("route"), .integer(3)] && traces.rows.count == 5)
        let attribute = try await backend.sql(
            "SELECT attributes ->> '$.\"http.status_code\"' FROM spans WHERE name = 'nightly'")
        #expect(attribute.rows == [[.integer(429)]])
    }

    @Test func limitsAreSaid() async throws {
        let backend = try await Shared.incidents.backend()
        let some = try await backend.sql("SELECT key FROM span", limit: 3)
        #expect(some.rows.count == 3 && some.isPartial)
        let all = try await backend.sql("SELECT key FROM span", limit: 9)
        #expect(all.rows.count == 9 && !all.isPartial)
        let none = try await backend.sql("SELECT key FROM span", limit: 0)
        #expect(none.rows.isEmpty && none.isPartial && none.columns == ["key"])
    }

    @Test(arguments: [
        "", "  ; -- nothing", "DELETE FROM span", "INSERT INTO name VALUES (1, 'x')", "UPDATE span SET kind = 0",
        "PRAGMA query_only = 0", "PRAGMA table_info(span)", "ATTACH '/tmp/x.db' AS x", "DETACH main",
        "VACUUM INTO '/tmp/x'",
        "BEGIN", "COMMIT", "CREATE TABLE t (x)", "DROP TABLE span", "CREATE TEMP TABLE t (x)", "SELECT 1; SELECT 2",
        "SELECT 1; DELETE FROM span", "WITH x AS (SELECT 1) DELETE FROM span", "SELECT", "SELECT no_such FROM span",
        "SELECT load_extension('x')", "/* x */ REINDEX", "ANALYZE", "SELECT 1\0; DROP TABLE span",
        "EXPLAIN ATTACH 'x' AS y; SELECT 1",
        "INSERT INTO span_text (span_text) VALUES ('optimize')", "SELECT * FROM no_such_table",
    ])
    func onlyReadingIsAllowed(text: String) async throws {
        let backend = try await Shared.incidents.backend()
        do {
            let table = try await backend.sql(text)
            Issue.record("\(text) gave \(table)")
        } catch QueryError.sql(let message) {
            #expect(!message.isEmpty)
        }
        #expect(try await backend.sql("SELECT count(*) FROM span").rows == [[.integer(9)]])
    }

    @Test(arguments: [
        "select 1", " \n-- note\n/* more */ WITH x AS (SELECT 1) SELECT * FROM x;", "VALUES (1)", "EXPLAIN SELECT 1",
        "EXPLAIN QUERY PLAN SELECT * FROM span", "SELECT 1;;  -- end",
    ])
    func readingIsAllowed(text: String) async throws {
        #expect(try await Shared.incidents.backend().sql(text).rows.isEmpty == false)
    }
}
