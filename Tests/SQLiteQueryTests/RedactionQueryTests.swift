import Testing
import TraceModel
import TraceQuery
import TraceStore

@testable import SQLiteQuery

@Suite struct RedactionQueryTests {
    /// Three traces: redacted, half raw, and one of which nothing is known.
    private static func fixture() throws -> QueryFixture {
        let fixture = try QueryFixture()
        var spans = (1...3 as ClosedRange<UInt64>).map {
            QueryFixture.prepare(QueryFixture.span($0, trace: 1, with: [Attribute("kind", .string("tool"))]))
        }
        for index in spans.indices {
            spans[index].redaction = SpanRedaction(policy: "secrets", counts: RedactionCounts(["JWT": 2]))
        }
        var half = QueryFixture.prepare(QueryFixture.span(1, trace: 2))
        half.redaction = SpanRedaction(policy: "all", counts: RedactionCounts(["JWT": 1, "IBAN": 1]))
        let raw = QueryFixture.prepare(QueryFixture.span(2, trace: 2))
        let unknown = QueryFixture.prepare(QueryFixture.span(1, trace: 3))
        _ = try fixture.writer.write(spans: spans + [half, raw, unknown])
        try SQLiteConnection(fixture.path, .readWrite).execute("DELETE FROM trace_redaction WHERE trace = 3")
        try fixture.writer.finish()
        return fixture
    }

    private static let all = TraceRedaction(
        policies: ["all", "secrets"], spansRedacted: 4, spansRaw: 1, spansUnknown: 1,
        counts: RedactionCounts(["JWT": 7, "IBAN": 1]))
    private static let first = TraceRedaction(
        policies: ["secrets"], spansRedacted: 3, counts: RedactionCounts(["JWT": 6]))

    @Test func selectionsAreSummedUp() async throws {
        let fixture = try Self.fixture()
        let backend = try fixture.backend()
        let all = try await backend.run(RedactionRequest())
        let tools = try await backend.run(RedactionRequest(try FilterExpression.parse("kind:tool")))
        let statistics = try await backend.run(StatisticsRequest())
        #expect(all == Self.all)
        #expect(tools == Self.first)
        #expect(statistics.redaction == Self.all)
    }

    @Test func tracesTellTheirOwn() async throws {
        let fixture = try Self.fixture()
        let backend = try fixture.backend()
        for (number, expected) in [(1, Self.first), (3, TraceRedaction(spansUnknown: 1))] as [(UInt64, TraceRedaction)]
        {
            let structure = try await backend.run(StructureRequest(.id(QueryFixture.traceID(number))))
            #expect(structure.redaction == expected)
        }
    }

    @Test func theAuditLogComesNewestFirst() async throws {
        let fixture = try Self.fixture()
        let records = (1...3).map { number in
            AuditRecord(
                timeUnixNano: Int64(number), user: "ada", action: .export, traceIDs: ["t\(number)"], format: "html",
                policy: "unredacted", selection: "--all")
        }
        for record in records { try fixture.writer.append(audit: record) }
        let backend = try fixture.backend()
        let found = try await backend.run(AuditLogRequest(limit: 2))
        #expect(found == [records[2], records[1]])
    }

    @Test func wholeSpansComeInTheOrderAskedFor() async throws {
        let fixture = try Self.fixture()
        let span = QueryFixture.span(1, trace: 1, with: [Attribute("kind", .string("tool"))])
        let log = SpanLogRecord(
            traceID: span.traceID, spanID: span.spanID,
            event: SpanEvent(timeUnixNano: 3, name: "log", origin: .log, body: .string("hi")),
            resource: Resource(attributes: [Attribute("service.name", .string("logger"))]),
            scope: InstrumentationScope(name: "logs"))
        try fixture.write([], logs: [log])
        let backend = try fixture.backend()
        let structure = try await backend.run(StructureRequest(.id(span.traceID)))
        let spans = structure.spans.map(\.local).sorted(by: >)
        let lost = [
            SpanAddress(trace: span.traceID, span: SpanID(0x99)),
            SpanAddress(trace: span.traceID, span: span.spanID, ordinal: 1),
            SpanAddress(trace: QueryFixture.traceID(77), span: span.spanID),
        ]
        let whole = try await backend.run(
            WholeSpanRequest(spans.map { SpanAddress(span.traceID, $0) } + lost, includesStreams: true))
        #expect(whole.spans.map(\.row.local) == spans)
        #expect(whole.spans.last?.span == span)
        #expect(whole.spans.last?.logs == [log])
        #expect(whole.spans.dropLast().allSatisfy { $0.logs.isEmpty && $0.stream == nil })
    }
}
