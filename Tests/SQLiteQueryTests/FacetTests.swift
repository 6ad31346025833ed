import Testing
import TraceQuery

@testable import SQLiteQuery

@Suite struct FacetTests {
    @Test(arguments: [
        ("kind", "", ["llm 3", "other 3", "tool 2", "workflow 1"]),
        ("status", "", ["unset 6", "error 2", "cancelled 1"]),
        ("agent", "", ["- 3", "Planner 3", "planner 2", "worker 1"]),
        ("model", "", ["- 6", "claude 1", "gpt-4o-2026 1", "gpt-4o-mini 1"]),
        ("model.requested", "", ["- 6", "claude 1", "gpt-4o 1", "gpt-4o-mini 1"]),
        ("model.resolved", "", ["- 8", "gpt-4o-2026 1"]),
        ("tool", "kind:tool", ["lookup 1", "web_search 1"]), ("tool", "kind:llm", ["- 3"]),
        ("service", "", ["shop 7", "gateway 1", "tools 1"]), ("service", "status:error", ["shop 1", "tools 1"]),
        ("session", "", ["- 6", "s-1 2", "s-2 1"]), ("error", "", ["- 7", "RateLimit 1", "TimeoutError 1"]),
        ("scope", "", ["fixture 9"]),
        (
            "name", "",
            [
                "chat 2", "answer_ticket 1", "chat gpt 1", "lookup 1", "lost 1",
                "nightly 1", "route 1", "web_search 1",
            ]
        ),
        ("mark", "", ["missing_parent 1", "missing_start 1", "unfinished 1"]),
        ("mark", "kind:other", ["missing_parent 1", "missing_start 1", "unfinished 1"]), ("mark", "kind:llm", []),
        ("attr.http.status_code", "", ["- 6", "429 2", "504 1"]), ("attr.http.status_code", "kind:tool", ["504 1"]),
        ("attr.stop", "", ["- 8", "a 1", "b 1"]), ("attr.nothing", "", ["- 9"]),
        ("resource.host.name", "", ["web-1 9"]), ("resource.", "", ["host.name 9", "service.name 9"]),
        (
            "attr.", "status:error",
            [
                "error 2", "http.status_code 2", "kind 2", "said 2", "agent 1", "model 1", "stop 1",
                "tool 1",
            ]
        ),
    ])
    func spans(field: String, filter: String, values: [String]) async throws {
        let backend = try await Shared.incidents.backend()
        #expect(try await backend.facets(field, filter) == values)
    }

    @Test(arguments: [
        ("kind", "", ["llm 3", "other 3", "tool 2", "workflow 1"]),
        ("kind", "kind:tool", ["llm 2", "other 2", "tool 2"]),
        ("agent", "", ["- 3", "Planner 1", "planner 1", "worker 1"]), ("service", "kind:tool", ["shop 2", "tools 1"]),
        ("scope", "", ["fixture 5"]), ("resource.host.name", "", ["web-1 5"]),
        ("session", "-kind:llm", ["- 1", "s-1 1"]),
        ("attr.http.status_code", "", ["- 2", "429 2", "504 1"]),
        (
            "attr.", "kind:workflow",
            [
                "cancelled 1",
                "http.status_code 1", "kind 1", "ratio 1", "session 1",
            ]
        ),
        ("status", "", ["unset 4", "error 2", "cancelled 1"]),
    ])
    func traces(field: String, filter: String, values: [String]) async throws {
        let backend = try await Shared.incidents.backend()
        #expect(try await backend.facets(field, filter, traces: true) == values)
    }

    @Test func limitsAndErrors() async throws {
        let backend = try await Shared.incidents.backend()
        #expect(try await backend.facets("kind", limit: 1) == ["llm 3"])
        #expect(try await backend.facets("kind", limit: 0) == [])
        await #expect(throws: QueryError.self) { _ = try await backend.facets("nonsense") }
        await #expect(throws: QueryError.self) { _ = try await backend.facets("duration") }
    }

    @Test func statisticsSumUpWhatIsKept() async throws {
        let backend = try await Shared.incidents.backend()
        let all = try await backend.run(StatisticsRequest())
        #expect(all.traces == 5 && all.spans == 9 && all.errors == 2 && all.rejected == 0)
        #expect(all.tokensInput == 12_900 && all.tokensOutput == 800)
        #expect(all.modelCalls == 3 && all.modelCallsWithTokens == 2)
        #expect(all.firstStartUnixNano == QueryFixture.now - 100_000_000_000_000)
        #expect(
            all.spansByKind.map { "\($0.value ?? "-") \($0.count)" } == ["other 3", "llm 3", "tool 2", "workflow 1"])
        #expect(all.spansByMark.count == 3 && (all.databaseBytes ?? 0) > 8192)
        let filter = try FilterExpression.parse("kind:workflow")
        let some = try await backend.run(StatisticsRequest(filter))
        #expect(some.traces == 1 && some.spans == 1 && some.tokensInput == nil)
        #expect(some.spansByKind.map(\.value) == ["workflow"] && some.spansByMark.isEmpty)
        let none = try await backend.run(StatisticsRequest(try FilterExpression.parse("kind:memory")))
        #expect(none.traces == 0 && none.spans == 0 && none.firstStartUnixNano == nil)
    }
}
