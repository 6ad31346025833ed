import Testing
import TraceModel
import TraceQuery

@testable import SQLiteQuery

@Suite struct TraceListTests {
    @Test func rowsTellTheSummary() async throws {
        let backend = try await Shared.incidents.backend()
        let page = try await backend.run(TraceListRequest())
        let row = try #require(page.rows.first { $0.traceID.low == 1 })
        #expect(row.name == "answer_ticket" && row.spanCount == 3 && row.errorCount == 1)
        #expect(row.startUnixNano == QueryFixture.now - 3_600_000_000_000)
        #expect(row.durationNanos == 28_000_000_000)
        #expect(row.services == ["shop", "tools"] && row.agents == ["planner", "worker"])
        #expect(row.models == ["gpt-4o-2026"] && row.session == "s-1" && row.findings == ["latency.unattributed"])
        #expect(row.tokensInput == 12_000 && row.tokensOutput == 800)
        #expect(row.modelCallCount == 1 && row.modelCallsWithTokens == 1)
        let lost = try #require(page.rows.last)
        #expect(lost.startUnixNano == nil && lost.durationNanos == nil && lost.tokensInput == nil)
        #expect(lost.findings == ["structure.missing_parent"])
        #expect(page.next == nil && page.overview == nil)
    }

    @Test(arguments: [
        (TraceListRequest.SortKey.start, true, [3, 1, 2, 4, 5]), (.start, false, [4, 2, 1, 3, 5]),
        (.duration, true, [1, 3, 2, 4, 5]), (.duration, false, [4, 2, 3, 1, 5]), (.name, false, [1, 2, 5, 4, 3]),
        (.name, true, [3, 4, 5, 2, 1]), (.spans, true, [3, 1, 5, 4, 2]), (.errors, true, [3, 1, 5, 4, 2]),
        (.errors, false, [2, 4, 5, 1, 3]), (.tokens, true, [1, 2, 5, 4, 3]), (.tokens, false, [2, 1, 3, 4, 5]),
    ])
    func ordersAndPages(sort: TraceListRequest.SortKey, descending: Bool, expected: [Int]) async throws {
        let backend = try await Shared.incidents.backend()
        #expect(try await backend.kept("", sort, descending: descending) == expected)
        for filter in ["", "spans>0", "kind:llm or kind:other or kind:workflow", "scope:fixture"] {
            for limit in 1...6 {
                var found: [Int] = []
                var request = TraceListRequest(
                    filter: try FilterExpression.parse(filter), sort: sort, descending: descending, limit: limit)
                repeat {
                    let page = try await backend.run(request)
                    #expect(page.rows.count <= limit)
                    found += page.rows.map { Int($0.traceID.low) }
                    request.after = page.next
                } while request.after != nil
                #expect(found == expected, "\(filter) by \(limit)")
            }
        }
    }

    @Test func tiesAreStableOverManyPages() async throws {
        let fixture = try QueryFixture()
        try fixture.write((1...57).map { QueryFixture.span(1, trace: $0, $0 % 2 == 0 ? "b" : "a") })
        let backend = try fixture.backend()
        for sort in TraceListRequest.SortKey.allCases {
            for descending in [true, false] {
                var found: [UInt64] = []
                var request = TraceListRequest(sort: sort, descending: descending, limit: 5)
                repeat {
                    let page = try await backend.run(request)
                    found += page.rows.map(\.traceID.low)
                    request.after = page.next
                } while request.after != nil
                #expect(Set(found).count == 57 && found.count == 57)
                let whole = try await backend.kept("", sort, descending: descending)
                #expect(found.map { Int($0) } == whole)
            }
        }
    }

    @Test(arguments: ["", "x", "i.1", "i.x.1", "t.zz.1", "n.", "i.1.2.3", "n.1.2", "\u{202E}"])
    func strangeCursorsAreRefused(text: String) async throws {
        let backend = try await Shared.incidents.backend()
        var request = TraceListRequest()
        request.after = PageCursor(text: text)
        await #expect(throws: QueryError.self) { _ = try await backend.run(request) }
    }

    @Test func overviewCountsWithoutSpans() async throws {
        let backend = try await Shared.incidents.backend()
        let request = TraceListRequest(limit: 0, includesOverview: true, histogramBuckets: 4)
        let all = try await backend.run(request)
        #expect(all.rows.isEmpty && all.next == nil)
        let overview = try #require(all.overview)
        #expect(overview.matching == 5 && overview.totalTraces == 5 && overview.totalSpans == 9)
        #expect(overview.firstStartUnixNano == QueryFixture.now - 100_000_000_000_000)
        #expect(overview.lastStartUnixNano == QueryFixture.now - 3_600_000_000_000)
        #expect(overview.histogram == [1, 0, 0, 3])
    }

    @Test func anEmptySelectionHasNoTimes() async throws {
        let backend = try await Shared.incidents.backend()
        let request = TraceListRequest(
            filter: try FilterExpression.parse("kind:reranker"), includesOverview: true, histogramBuckets: 8)
        let page = try await backend.run(request)
        #expect(page.overview?.matching == 0 && page.overview?.firstStartUnixNano == nil)
        #expect(page.overview?.histogram == [] && page.overview?.totalTraces == 5)
    }
}
