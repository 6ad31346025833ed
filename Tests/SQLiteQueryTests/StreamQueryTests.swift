import Foundation
import Testing
import TraceModel
import TraceQuery
import TraceStore

@testable import SQLiteQuery

@Suite struct StreamQueryTests {
    /// Trace 1 has a looping stream that ended well, trace 2 one without times, trace 3 none but an orphan.
    static func fixture() throws -> QueryFixture {
        let fixture = try QueryFixture()
        try fixture.write([
            QueryFixture.span(0x11, trace: 1, "chat", with: [Attribute("kind", .string("llm"))]),
            QueryFixture.span(0x12, trace: 1, parent: 0x11, "tool", error: true),
            QueryFixture.span(0x21, trace: 2, "chat", ago: 1800, with: [Attribute("kind", .string("llm"))]),
            QueryFixture.span(0x31, trace: 3, parent: 0x77, "chat", ago: 900),
        ])
        _ = try fixture.writer.write(
            spans: [],
            streams: [
                stream(0x11, trace: 1, timing: .measured, found: ["stream.loop", "stream.stall", "stream.stall"]),
                stream(0x21, trace: 2, timing: .none, found: ["stream.truncated"]),
            ])
        try fixture.writer.finish()
        return fixture
    }

    static func stream(_ span: UInt64, trace: UInt64, timing: TimingQuality, found: [String]) -> PreparedStream {
        let own = QueryFixture.span(span, trace: trace, "chat")
        let chunks = StreamChunks(
            (0..<3).map { StreamChunk(offsetNanos: timing == .none ? nil : $0 * 1000, kind: .text, text: "w\($0)") })
        var stream = PreparedStream(
            RecordedStream(
                span: own, info: StreamInfo(timing: timing, source: "test"), chunks: chunks,
                owner: .span(own.traceID, own.spanID)), of: QueryFixture.prepare(own), isFromSpan: true)
        stream.findings = found.map {
            Finding(
                rule: $0, severity: $0 == "stream.loop" ? .error : .warning,
                certainty: $0 == "stream.truncated" ? .inferred : .proven, message: "found \($0)", spanID: own.spanID)
        }
        return stream
    }

    @Test func aStreamComesWhole() async throws {
        let backend = try Self.fixture().backend()
        let detail = try await backend.run(
            StreamRequest(.prefix(trace: "000000000000feed0000000000000001", span: "0000000000000011")))
        #expect(detail.chunks.map(\.text) == ["w0", "w1", "w2"] && detail.info.timing == .measured)
        #expect(detail.findings.map(\.rule) == ["stream.loop", "stream.stall", "stream.stall"])
        #expect(detail.traceID == TraceID(high: 0xFEED, low: 1) && detail.row.spanID == SpanID(0x11))
        await #expect(throws: QueryError.self) {
            try await backend.run(StreamRequest(.prefix(trace: "000000000000feed0000000000000003", span: "31")))
        }
    }

    @Test func spansAndTreesTellWhatWasFound() async throws {
        let backend = try Self.fixture().backend()
        let detail = try await backend.run(
            SpanRequest(.prefix(trace: "000000000000feed0000000000000001", span: "0000000000000011")))
        #expect(detail.stream?.info.source == "test" && detail.findings.count == 3)
        let structure = try await backend.run(StructureRequest(.prefix("000000000000feed0000000000000001")))
        #expect(structure.findings.map(\.rule) == ["stream.loop", "stream.stall", "stream.stall"])
        #expect(structure.findings.allSatisfy { $0.spanID == SpanID(0x11) })
        #expect(structure.summary.findings == ["stream.loop", "stream.stall"])
    }

    @Test(arguments: [
        ("finding:stream.loop", [1]), ("finding:stream.*", [2, 1]), ("finding:*", [3, 2, 1]),
        ("-finding:stream.*", [3]),
        ("finding:stream.loop status:unset", [1]), ("finding:stream.loop status:error", []),
        ("finding:stream.loop status:ok", []), ("finding:structure.*", [3]), ("finding!=stream.stall", [3, 2]),
        ("finding:nothing", []), ("severity:error", [1]), ("severity:warning", [3, 2, 1]), ("severity:hint", []),
        ("severity!=warning", []), ("certainty:inferred", [2]), ("certainty:proven severity:error", [1]),
        ("stream:yes", [2, 1]), ("stream:no", [3, 1]), ("stream:measured", [1]), ("stream:none", [2]),
        ("stream!=measured", [3, 2, 1]), ("ttft<1ms", [1]), ("stream:yes kind:llm", [2, 1]),
        ("stream:synthetic or severity:error", [1]),
    ])
    func filters(filter: String, traces: [Int]) async throws {
        let backend = try Self.fixture().backend()
        #expect(try await backend.kept(filter) == traces, "\(filter)")
    }

    private func facet(
        _ backend: SQLiteBackend, _ field: String, _ filter: String? = nil, traces: Bool = false
    ) async throws -> [String] {
        let expression = try filter.flatMap { try FilterExpression.parse($0) }
        let page = try await backend.run(FacetRequest(field: field, filter: expression, countsTraces: traces))
        return page.values.map { "\($0.value ?? "-") \($0.count)" }
    }

    @Test(arguments: ["traces", "spans", "streams", "findings"]) func viewsAreReadByUntrustingReaders(
        view: String
    ) async throws {
        let fixture = try Self.fixture()
        let table = try await fixture.backend().run(SQLRequest("SELECT * FROM \(view)", limit: 9))
        #expect(!table.rows.isEmpty)
        let documented = try #require(SchemaDocumentation.all.first { $0.name == view })
        #expect(table.columns == documented.columns.map(\.name))
    }

    @Test func facetsCountSpansAndTraces() async throws {
        let backend = try Self.fixture().backend()
        let all = ["stream.loop 1", "stream.stall 1", "stream.truncated 1", "structure.missing_parent 1"]
        #expect(try await facet(backend, "finding") == all)
        #expect(try await facet(backend, "finding", traces: true) == all)
        #expect(try await facet(backend, "finding", "name:chat") == all)
        #expect(try await facet(backend, "finding", "kind:llm since:31m") == ["stream.truncated 1"])
        #expect(try await facet(backend, "severity") == ["warning 3", "error 1"])
        #expect(try await facet(backend, "severity", "kind:llm") == ["warning 2", "error 1"])
        #expect(try await facet(backend, "certainty", traces: true) == ["proven 2", "inferred 1"])
        #expect(try await facet(backend, "stream") == ["measured 1", "none 1"])
        #expect(try await facet(backend, "stream", "name:chat") == ["measured 1", "none 1"])
    }

    @Test func statisticsCountStreamsAndFindings() async throws {
        let backend = try Self.fixture().backend()
        let all = try await backend.run(StatisticsRequest())
        #expect(all.streams == 2 && all.streamsByTiming.map(\.value) == ["none", "measured"])
        #expect(all.spansByFinding.count == 4)
        let one = try FilterExpression.parse("stream:measured")
        let kept = try await backend.run(StatisticsRequest(one))
        #expect(kept.streams == 1 && Set(kept.spansByFinding.map(\.value)) == ["stream.loop", "stream.stall"])
    }

    @Test func onlyFirstAndLastKnown() async throws {
        let fixture = try QueryFixture()
        try fixture.write([
            QueryFixture.span(
                1, trace: 1, "chat", seconds: 2, with: [Attribute("gen_ai.response.time_to_first_chunk", .double(0.5))])
        ])
        let backend = try fixture.backend()
        let detail = try await backend.run(SpanRequest(.prefix(trace: "0", span: "0")))
        #expect(detail.stream?.info.timing == .firstAndLastOnly && detail.stream?.figures.chunkCount == 0)
        #expect(detail.stream?.figures.timeToFirstChunkNanos == 500_000_000)
        #expect(detail.stream?.figures.durationNanos == 2_000_000_000)
    }

    @Test func filesOfTheFirstVersionAreReadWithoutStreams() async throws {
        let fixture = try Self.fixture()
        let database = try SQLiteConnection(fixture.path, .readWrite)
        try database.transaction {
            for view in ["streams", "findings"] { try database.execute("DROP VIEW \(view)") }
            for table in ["stream", "stream_block", "finding", "response"] {
                try database.execute("DROP TABLE \(table)")
            }
            try database.execute("DELETE FROM facet WHERE field > 15")
            try database.execute("PRAGMA user_version = 1")
        }
        let backend = try fixture.backend()
        #expect(try await backend.kept("finding:structure.*") == [3])
        #expect(try await backend.kept("finding:stream.*") == [])
        #expect(try await backend.kept("stream:no") == [3, 2, 1])
        #expect(try await backend.kept("severity:error") == [])
        #expect(try await facet(backend, "finding") == [])
        let all = try await backend.run(StatisticsRequest())
        #expect(all.streams == 0 && all.spans == 4)
        let tree = try await backend.run(StructureRequest(.id(QueryFixture.traceID(1))))
        #expect(tree.findings.isEmpty)
        await #expect(throws: QueryError.self) { try await backend.run(StreamRequest(.prefix(trace: "0", span: "11"))) }
    }

    @Test func completionKnowsTheWords() {
        let severity = FilterCompletion(text: "severity:", position: 9)
        #expect(severity.candidates == ["hint", "warning", "error"])
        let finding = FilterCompletion(text: "finding:str", position: 11)
        #expect(finding.valueField == "finding" && finding.prefix == "str")
    }
}
