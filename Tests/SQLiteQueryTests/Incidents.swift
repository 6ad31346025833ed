import TraceModel
import TraceQuery
import TraceStore

@testable import SQLiteQuery

/// The traces that query tests ask for.
///
/// 1 `answer_ticket`: a planner whose tool fails; the model call is long and takes many tokens.
/// 2 `chat`: a model call in Chinese, one service only.
/// 3 `route`: a tool that works beside a model call that fails; same start as 1.
/// 4 `nightly`: yesterday, cancelled, an attribute of numbers.
/// 5 a trace without a start whose only span names a parent that is not there.
enum Incidents {
    static func fixture() throws -> QueryFixture {
        let fixture = try QueryFixture()
        for spans in [first, second, third, fourth, fifth] { try fixture.write(spans) }
        try fixture.writer.finish()
        return fixture
    }

    private static let first = [
        QueryFixture.span(
            0x11, trace: 1, "answer_ticket", ago: 3600, seconds: 28, with: text("agent", "planner", "session", "s-1")),
        QueryFixture.span(
            0x12, trace: 1, parent: 0x11, "chat gpt", ago: 3599, seconds: 3,
            with: text(
                "kind", "llm", "model", "gpt-4o", "resolved", "gpt-4o-2026", "said", "What is the refund policy?")
                + [Attribute("in", .int(12_000)), Attribute("out", .int(800))]),
        QueryFixture.span(
            0x13, trace: 1, parent: 0x12, "web_search", ago: 3590, seconds: 4, service: "tools", error: true,
            with: text(
                "kind", "tool", "tool", "web_search", "error", "TimeoutError", "agent", "worker", "said", "policy")
                + [Attribute("http.status_code", .int(504))]),
    ]

    private static let second = [
        QueryFixture.span(
            0x21, trace: 2, "chat", ago: 7200, seconds: 1.5, service: "gateway",
            with: text("kind", "llm", "model", "claude", "session", "s-2", "said", "我们查询订单号的状态")
                + [Attribute("in", .int(900))])
    ]

    private static let third = [
        QueryFixture.span(0x31, trace: 3, "route", ago: 3600, seconds: 2, with: text("agent", "Planner")),
        QueryFixture.span(
            0x32, trace: 3, parent: 0x31, "lookup", ago: 3599, with: text("kind", "tool", "tool", "lookup")),
        QueryFixture.span(
            0x33, trace: 3, parent: 0x31, "chat", ago: 3598, error: true,
            with: text("kind", "llm", "model", "gpt-4o-mini", "error", "RateLimit", "said", "refund the policy holder")
                + [
                    Attribute("http.status_code", .string("429")),
                    Attribute("stop", .array([.string("a"), .string("b")])),
                ]),
    ]

    private static let fourth = [
        QueryFixture.span(
            0x41, trace: 4, "nightly", ago: 100_000, seconds: 0.5,
            with: text("kind", "workflow", "session", "s-1")
                + [
                    Attribute("cancelled", .bool(true)), Attribute("http.status_code", .int(429)),
                    Attribute("ratio", .double(0.5)),
                ])
    ]

    private static var fifth: [Span] {
        var span = QueryFixture.span(0x51, trace: 5, parent: 0x99, "lost")
        span.startUnixNano = nil
        span.endUnixNano = nil
        span.marks = [.missingStart, .unfinished]
        return [span]
    }

    private static func text(_ pairs: String...) -> [Attribute] {
        stride(from: 0, to: pairs.count, by: 2).map { Attribute(pairs[$0], .string(pairs[$0 + 1])) }
    }
}

extension SQLiteBackend {
    /// The last digits of the traces that a filter keeps, latest first.
    func kept(_ filter: String, _ sort: TraceListRequest.SortKey = .start, descending: Bool = true) async throws
        -> [Int]
    {
        let request = TraceListRequest(
            filter: try FilterExpression.parse(filter), sort: sort, descending: descending, includesOverview: true)
        let page = try await run(request)
        // The count goes another way than the rows.
        if page.overview?.matching != page.rows.count { return [-1] }
        return page.rows.map { Int($0.traceID.low) }
    }

    func facets(
        _ field: String, _ filter: String = "", traces: Bool = false, limit: Int = 100
    ) async throws -> [String] {
        let request = FacetRequest(
            field: field, filter: try FilterExpression.parse(filter), countsTraces: traces, limit: limit)
        let page = try await run(request)
        return page.values.map { "\($0.value ?? "-") \($0.count)" }
    }

    func search(_ text: String, _ filter: String = "") async throws -> [SearchPage.Hit] {
        let request = SearchRequest(text: text, filter: try FilterExpression.parse(filter))
        let page = try await run(request)
        return page.hits
    }

    func sql(_ text: String, limit: Int = 100) async throws -> SQLTable {
        let table = try await run(SQLRequest(text, limit: limit))
        return table
    }
}
