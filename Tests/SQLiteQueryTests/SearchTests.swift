import Testing
import TraceModel
import TraceQuery
import TraceStore

@testable import SQLiteQuery

@Suite struct SearchTests {
    @Test func hitsWithExcerpts() async throws {
        let backend = try await Shared.incidents.backend()
        let hits = try await backend.search("refund pol")
        #expect(hits.map(\.row.spanID.rawValue) == [0x12])
        #expect(hits.first?.traceID.low == 1)
        // The dialect indexes what it knows; the texts of this fixture stand in plain attributes.
        let newest = try await backend.search("policy")
        #expect(newest.map(\.row.spanID.rawValue) == [0x33, 0x13, 0x12])
        #expect(try await backend.search("订单").map(\.row.spanID.rawValue) == [0x21])
        #expect(try await backend.search("").isEmpty)
        #expect(try await backend.search("!?").isEmpty)
        #expect(try await backend.search("NEAR(refund").isEmpty)
    }

    @Test func filtersHoldOnTheSpan() async throws {
        let backend = try await Shared.incidents.backend()
        #expect(try await backend.search("policy", "kind:tool").map(\.row.spanID.rawValue) == [0x13])
        #expect(try await backend.search("policy", "-kind:tool").map(\.row.spanID.rawValue) == [0x33, 0x12])
        #expect(try await backend.search("policy", "errors>0 service:shop").map(\.row.spanID.rawValue) == [0x33, 0x12])
        #expect(try await backend.search("policy", "refund").map(\.row.spanID.rawValue) == [0x33, 0x12])
        #expect(try await backend.search("policy", "attr.http.status_code=429").map(\.row.spanID.rawValue) == [0x33])
        #expect(try await backend.search("policy", "since:1m").isEmpty)
    }

    @Test func pagesFollowEachOther() async throws {
        let fixture = try QueryFixture()
        try fixture.write(
            (1...25).map { QueryFixture.span($0, trace: $0 % 4, with: [.init("said", .string("needle"))]) })
        let backend = try fixture.backend()
        var found: [SpanID] = []
        var request = SearchRequest(text: "needle", limit: 4)
        repeat {
            let page = try await backend.run(request)
            #expect(page.hits.count <= 4)
            found += page.hits.map(\.row.spanID)
            request.after = page.next
        } while request.after != nil
        // Written in one go, the traces by their first spans and the spans of each after each other.
        let written = [4, 3, 2, 1].flatMap { trace in (1...25).filter { $0 % 4 == trace % 4 }.reversed() }
        #expect(found == written.map { SpanID(UInt64($0)) })
        request.after = PageCursor(text: "k.x")
        await #expect(throws: QueryError.self) { _ = try await backend.run(request) }
    }

    @Test func excerptsComeFromTheTextThatIsIndexed() async throws {
        let fixture = try QueryFixture()
        let words = (0..<60).map { "word\($0)" }.joined(separator: " ")
        let span = QueryFixture.span(
            1, trace: 1,
            with: [
                Attribute("gen_ai.operation.name", .string("execute_tool")),
                Attribute("gen_ai.tool.call.result", .string(words + "\n\tThe Café\u{202E} needle " + words)),
            ])
        try fixture.write([span])
        _ = try fixture.writer.write(spans: [
            .init(
                span: QueryFixture.span(2, trace: 1, with: span.attributes), facts: SpanFacts(),
                searchText: words + " the cafe needle " + words)
        ])
        let hit = try #require(try await fixture.backend().search("cafe needle").first)
        let excerpt = try #require(hit.excerpt)
        let start = excerpt.index(excerpt.startIndex, offsetBy: hit.matchStart)
        let end = excerpt.index(start, offsetBy: hit.matchLength)
        #expect(excerpt[start..<end] == "Café\u{202E} needle")
        #expect(excerpt.hasPrefix("…") && excerpt.hasSuffix("…") && !excerpt.contains("\n"))
        #expect(excerpt.count < 250)
    }

    @Test func aSpanFoundThroughItsLogRecordsComesOnce() async throws {
        let fixture = try QueryFixture()
        let span = QueryFixture.span(1, trace: 1, with: [Attribute("said", .string("needle"))])
        let silent = QueryFixture.span(2, trace: 1)
        func log(_ span: Span, _ time: Int64) -> SpanLogRecord {
            let body = AttributeValue.map([Attribute("content", .string("a needle in hay"))])
            return SpanLogRecord(
                traceID: span.traceID, spanID: span.spanID,
                event: SpanEvent(timeUnixNano: time, name: "gen_ai.user.message", origin: .log, body: body),
                resource: span.resource, scope: span.scope)
        }
        try fixture.write([span, silent], logs: [log(span, 1), log(span, 2), log(silent, 1), log(silent, 2)])
        let backend = try fixture.backend()
        #expect(try await backend.search("needle").map(\.row.spanID.rawValue).sorted() == [1, 2])
        #expect(try await backend.search("needle").last?.excerpt != nil)
        #expect(try await backend.kept("needle hay") == [1])
        #expect(try await backend.search("hay", "needle span:0000000000000002").map(\.row.spanID.rawValue) == [2])
    }
}
