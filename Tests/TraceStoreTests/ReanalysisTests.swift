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

    /// Streams of a call that states no time to its first chunk: one whole, one whose beginning was lost.
    private func streamed(isWhole: Bool) throws -> TemporaryStore {
        let store = try TemporaryStore()
        var stream = StreamFixture.recording()
        if !isWhole {
            stream.info.droppedChunks = 3
            stream.info.remark(.first)
            stream.figures = StreamReading.figures(stream.chunks, stream.info)
        }
        _ = try store.writer.write(spans: [StreamFixture.call(1)], streams: [stream])
        try store.writer.finish()
        return store
    }

    private func firstChunk(_ store: TemporaryStore) throws -> (column: Int64?, packed: Int64?, isOfStream: Bool) {
        let key = try #require(try store.integer("SELECT key FROM span"))
        let packed = try #require(try store.writer.packedSpan(key))
        return (try store.integer("SELECT first_chunk_ns FROM span"), packed.firstChunk, packed.isFirstChunkOfStream)
    }

    @Test func theFirstChunkOfAStreamIsAFactOfItsSpan() throws {
        let store = try streamed(isWhole: true)
        #expect(try firstChunk(store) == (20_000_000, 20_000_000, true))
        // It goes with the stream, and a span that states another time is believed.
        try store.execute("DELETE FROM stream")
        #expect(try reanalyze(store, all: true) == 1)
        #expect(try firstChunk(store) == (nil, nil, false))
        let stated = try TemporaryStore()
        var call = StreamFixture.call(1)
        call.facts.timeToFirstChunkNanos = 7
        _ = try stated.writer.write(spans: [call], streams: [StreamFixture.recording()])
        try stated.writer.finish()
        #expect(try firstChunk(stated) == (7, 7, false))
    }

    @Test func theFirstChunkIsUnknownWhereTheBeginningWasLost() throws {
        #expect(try firstChunk(streamed(isWhole: false)) == (nil, nil, false))
    }

    @Test(arguments: [true, false]) func streamsAreJudgedAgain(isWhole: Bool) throws {
        let store = try streamed(isWhole: isWhole)
        let queries = [
            "SELECT figures || analysis_version || remarks || dropped_chunks || timing FROM stream",
            "SELECT ifnull(first_chunk_ns, '-') || hex(packed) FROM span",
            "SELECT rule || message || evidence FROM finding ORDER BY 1",
        ]
        let figures = try store.texts(queries[0])
        // The fixture states facts that no payload holds.
        _ = try reanalyze(store, all: true)
        let before = try queries.map { try store.texts($0) }
        #expect(before[0] == figures)
        // As a build with other rules left it.
        try store.execute("UPDATE stream SET figures = '{\"time_to_first_chunk_ns\":3}', analysis_version = 1")
        try store.execute("UPDATE analysis SET version = version - 1")
        try store.execute("UPDATE span SET first_chunk_ns = NULL")
        try store.reopen()
        #expect(try reanalyze(store) == 1)
        #expect(try queries.map { try store.texts($0) } == before)
    }
}
