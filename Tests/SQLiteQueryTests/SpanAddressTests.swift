import SQLiteQuery
import Testing
import TraceModel
import TraceQuery
import TraceStore

/// Spans that carry one id and contradict each other are named by `#1`, `#2` and so on.
@Suite struct SpanAddressTests {
    /// Three spans with the id 2, of which the last stored is the earliest, and one of their children.
    private static func fixture() throws -> QueryFixture {
        let fixture = try QueryFixture()
        try fixture.write([
            QueryFixture.span(1, trace: 1, "root", ago: 100, seconds: 50),
            QueryFixture.span(2, trace: 1, parent: 1, "first", ago: 90, with: [Attribute("said", .string("needle"))]),
            QueryFixture.span(2, trace: 1, parent: 1, "second", ago: 80, with: [Attribute("kind", .string("tool"))]),
        ])
        try fixture.write([QueryFixture.span(2, trace: 1, parent: 1, "third", ago: 95)])
        try fixture.writer.finish()
        return fixture
    }

    private let trace = QueryFixture.traceID(1)

    @Test(arguments: [("2", "first"), ("2#1", "first"), ("2#2", "second"), ("2#3", "third")])
    func eachRecordIsReachedByItsNumber(text: String, name: String) async throws {
        let backend = try Self.fixture().backend()
        let span = text.replacing("2", with: "0000000000000002", maxReplacements: 1)
        let detail = try await backend.run(SpanRequest(.prefix(trace: "0", span: span)))
        #expect(detail.span.name == name && detail.namesakes == 3)
        #expect(try await backend.run(SpanRequest(.address(detail.address))) == detail)
        let number = text.split(separator: "#").last.map(String.init)
        #expect(
            detail.row.local.text == "0000000000000002"
                + (number == "2" && text == "2" || number == "1" ? "" : "#\(number ?? "")"))
    }

    @Test(arguments: [
        ("0000000000000002#4", "span 0000000000000002#4: 3 spans carry this id"),
        ("0000000000000001#2", "span 0000000000000001#2: one span carries this id"),
        ("0000000000000009#2", "span 0000000000000009#2"), ("0000000000000002#0", "span 0000000000000002#0"),
        ("0000000000000002#x", "span 0000000000000002#x"), ("0000000000000002#", "span 0000000000000002#"),
        ("0000000000000002#99999999999", "span 0000000000000002#99999999999"),
    ])
    func whatIsNotThereSaysHowManyThereAre(text: String, what: String) async throws {
        let backend = try Self.fixture().backend()
        await #expect(throws: QueryError.notFound(what: what)) {
            _ = try await backend.run(SpanRequest(.prefix(trace: "0", span: text)))
        }
    }

    @Test func rowsMatchesHitsAndFindingsCarryTheNumber() async throws {
        let backend = try Self.fixture().backend()
        let structure = try await backend.run(StructureRequest(.id(trace)))
        #expect(structure.spans.map { structure.names[$0.name] } == ["root", "third", "first", "second"])
        #expect(structure.spans.map(\.ordinal) == [0, 2, 0, 1])
        #expect(structure.spans.map(\.arrival).sorted() == structure.spans.map(\.arrival).sorted(by: <))
        let filter = try #require(try FilterExpression.parse("name:second"))
        let kept = try await backend.run(MatchesRequest(.id(trace), filter))
        #expect(kept == [LocalSpanID(SpanID(2), ordinal: 1)])
        let hits = try await backend.run(SearchRequest(text: "needle")).hits
        #expect(hits.map(\.address) == [SpanAddress(trace: trace, span: SpanID(2))])
        let page = try await backend.run(FindingListRequest(trace: .id(trace)))
        #expect(page.rows.contains { $0.span?.span == SpanID(2) })
        #expect(page.rows.allSatisfy { $0.span?.span == $0.finding.spanID })
        for row in structure.spans {
            let whole = try await backend.run(WholeSpanRequest([SpanAddress(trace, row.local)], includesStreams: false))
            #expect(whole.spans.first?.row.local == row.local)
            #expect(whole.spans.first?.span.name == structure.names[row.name])
        }
    }

    @Test func textIsReadBack() throws {
        let address = SpanAddress(trace: trace, span: SpanID(2), ordinal: 1)
        #expect(address.text == trace.hex + "/0000000000000002#2")
        #expect(SpanAddress(trace: trace, span: SpanID(2)).text == trace.hex + "/0000000000000002")
        let prefix = try #require(SpanPrefix("00000000#2"))
        #expect(prefix.matches(address.local) && !prefix.matches(LocalSpanID(SpanID(2))))
        #expect(SpanPrefix("EE")?.digits == "ee")
    }
}
