import Testing
import TraceAnalysis
import TraceModel

@testable import TraceStore

@Suite struct ReanalysisTests {
    /// All that an analysis writes, without the numbers of findings.
    private func written(_ store: TemporaryStore) throws -> [[String?]] {
        try [
            "SELECT hex(key || data) FROM span_evidence ORDER BY key",
            """
            SELECT trace || ' ' || version || ' ' || hex(agents) || hex(steps) || hex(joints) || hex(ledger) || hex(clocks)
            FROM analysis ORDER BY trace
            """,
            "SELECT hex(packed) || ifnull(attempt, '-') FROM span ORDER BY key",
            "SELECT trace || ' ' || ifnull(span, '-') || ' ' || rule || message || evidence FROM finding ORDER BY 1",
            "SELECT trace || ' ' || field || ' ' || value || ' ' || spans FROM facet ORDER BY trace, field, value",
            "SELECT findings FROM trace ORDER BY key",
        ].map { try store.texts($0) }
    }

    private func reanalyze(_ store: TemporaryStore, all: Bool = false) throws -> Int {
        try store.writer.reanalyze(onlyOutdated: !all) { _, _ in }
    }

    /// A trace in which two snapshots answer to one name, which is a finding.
    private func flipped() throws -> TemporaryStore {
        let store = try TemporaryStore()
        var spans = [Fixture.prepare(Fixture.span(1))]
        for (id, model) in [(UInt64(2), "large-2025-01-01"), (3, "large-2025-06-01")] {
            var span = Fixture.span(
                id, parent: 1, name: "chat",
                attributes: [
                    Attribute("gen_ai.operation.name", .string("chat")),
                    Attribute("gen_ai.request.model", .string("support")),
                    Attribute("gen_ai.response.model", .string(model)),
                ])
            span.droppedAttributesCount = 3
            spans.append(PreparedSpan(span))
        }
        _ = try store.writer.write(spans: spans)
        return store
    }

    @Test func anOlderFileGetsItsAnalysis() throws {
        let store = try MigrationTests.oldFile()
        try store.reopen()
        #expect(try store.integer("SELECT count(*) FROM analysis") == 0)
        var steps: [[Int]] = []
        #expect(try store.writer.reanalyze(onlyOutdated: true) { steps.append([$0, $1]) } == 1)
        #expect(steps == [[1, 1]])
        #expect(try store.integer("SELECT version FROM analysis") == Int64(TraceAnalyzer.version))
        #expect(try store.integer("SELECT spans FROM analysis") == 2)
        #expect(try reanalyze(store) == 0)
    }

    @Test func againIsTheSame() throws {
        let store = try flipped()
        let before = try written(store)
        #expect(try store.integer("SELECT count(*) FROM finding") == 1)
        #expect(try store.integer("SELECT count(*) FROM span_evidence") == 2)
        #expect(try reanalyze(store) == 0)
        #expect(try reanalyze(store, all: true) == 1)
        #expect(try reanalyze(store, all: true) == 1)
        #expect(try written(store) == before)
    }

    @Test func whatWasLostIsReadAgainFromPayloads() throws {
        let store = try flipped()
        let before = try written(store)
        try store.execute("DELETE FROM span_evidence")
        try store.execute("INSERT INTO span_evidence (key, data) SELECT min(key), x'01' FROM span")
        try store.execute("UPDATE analysis SET version = version - 1, agents = x'', steps = x''")
        try store.execute("DELETE FROM finding")
        try store.reopen()
        #expect(try reanalyze(store) == 1)
        #expect(try written(store) == before)
    }

    @Test func everyPageIsReached() throws {
        let store = try TemporaryStore()
        try store.write((1...300).map { Fixture.span(1, trace: $0) })
        try store.execute("UPDATE analysis SET version = 0")
        var last = 0
        #expect(try store.writer.reanalyze(onlyOutdated: true) { done, _ in last = done } == 300)
        #expect(last == 300)
        #expect(try store.integer("SELECT count(*) FROM analysis WHERE version = 0") == 0)
    }
}
