import Basics
import TestSupport
import Testing
import TraceModel
import TraceQuery

@testable import SQLiteQuery

@Suite struct StructureTests {
    private func structure(
        _ backend: SQLiteBackend, _ reference: TraceReference, limit: Int? = nil
    ) async throws -> TraceStructure {
        let structure = try await backend.run(StructureRequest(reference, limit: limit))
        return structure
    }

    @Test func rowsTellTheSpans() async throws {
        let backend = try await Shared.incidents.backend()
        let trace = try await structure(backend, .prefix("000000000000FEED0000000000000001"))
        #expect(trace.summary.name == "answer_ticket" && !trace.isPartial)
        #expect(trace.spans.map { trace.names[$0.name] } == ["answer_ticket", "chat gpt", "web_search"])
        let tool = try #require(trace.spans.last)
        #expect(tool.spanID == SpanID(0x13) && tool.parentSpanID == SpanID(0x12) && tool.kind == .tool)
        #expect(trace.names[tool.service] == "tools" && trace.names[tool.tool] == "web_search")
        #expect(trace.names[tool.agent] == "worker" && tool.agentSource == .declared)
        #expect(trace.names[tool.errorType] == "TimeoutError" && tool.isError && tool.status == .error)
        #expect(tool.durationNanos == 4_000_000_000 && tool.tokensInput == nil)
        let call = trace.spans[1]
        #expect(trace.names[call.agent] == "planner" && call.agentSource == .inherited)
        #expect(trace.names[call.modelRequested] == "gpt-4o" && trace.names[call.modelResolved] == "gpt-4o-2026")
        #expect(call.tokensInput == 12_000 && call.tokensOutput == 800)
        #expect(trace.names[call.errorType] == nil)
    }

    @Test(arguments: 0..<6) func orderIsByStartThenKey(seed: Int) async throws {
        var random = SplitMix64(seed: UInt64(seed))
        let fixture = try QueryFixture()
        var spans = (1...400).map { id in
            QueryFixture.span(UInt64(id), trace: 1, ago: Double(Int.random(in: 1...50, using: &random)))
        }
        for index in spans.indices where Int.random(in: 0..<20, using: &random) == 0 {
            spans[index].startUnixNano = nil
        }
        try fixture.write(spans)
        let backend = try fixture.backend()
        let all = try await structure(backend, .id(QueryFixture.traceID(1)))
        let sorted = all.spans.sorted {
            ($0.startUnixNano ?? .max, $0.arrival) < ($1.startUnixNano ?? .max, $1.arrival)
        }
        #expect(all.spans == sorted && all.spans.count == 400)
        for limit in [0, 1, 7, 395, 399, 400, 500] {
            let part = try await structure(backend, .id(QueryFixture.traceID(1)), limit: limit)
            #expect(part.spans == Array(all.spans.prefix(limit)))
            #expect(part.isPartial == (limit < 400))
        }
    }

    @Test func namesThatSwiftTakesForEqualKeepTheirRows() async throws {
        let fixture = try QueryFixture()
        try fixture.write([
            QueryFixture.span(1, trace: 1, "caf\u{E9}"), QueryFixture.span(2, trace: 1, "cafe\u{301}"),
            QueryFixture.span(3, trace: 1, "tea"),
        ])
        let trace = try await structure(try fixture.backend(), .id(QueryFixture.traceID(1)))
        #expect(trace.spans.map { trace.names[$0.name] } == ["café", "café", "tea"])
    }

    @Test func idsMayBeShortened() async throws {
        let backend = try await Shared.incidents.backend()
        let id = "000000000000feed0000000000000002"
        #expect(try await structure(backend, .prefix(id)).summary.traceID.hex == id)
        await #expect(throws: QueryError.notFound(what: "trace ffff")) {
            _ = try await structure(backend, .prefix("ffff"))
        }
        await #expect(throws: QueryError.notFound(what: "trace xyz")) {
            _ = try await structure(backend, .prefix("xyz"))
        }
        await #expect(throws: QueryError.notFound(what: "trace ")) { _ = try await structure(backend, .prefix("")) }
        await #expect(throws: QueryError.notFound(what: "trace " + QueryFixture.traceID(77).hex)) {
            _ = try await structure(backend, .id(QueryFixture.traceID(77)))
        }
        do {
            _ = try await structure(backend, .prefix("0"))
            Issue.record("an ambiguous prefix was taken")
        } catch QueryError.ambiguous(let what, let candidates) {
            #expect(what == "trace 0" && candidates.count == 5 && candidates.first?.hasSuffix("1") == true)
        }
    }

    @Test func spansByPrefixAndInFull() async throws {
        let backend = try await Shared.incidents.backend()
        let trace = "000000000000feed0000000000000003"
        let detail = try await backend.run(SpanRequest(.prefix(trace: trace, span: "0000000000000033")))
        #expect(detail.span.name == "chat" && detail.row.spanID == SpanID(0x33))
        #expect(detail.span.attributes.value(of: "stop") == .array([.string("a"), .string("b")]))
        #expect(detail.span.status == SpanStatus(.error, message: "it failed"))
        #expect(detail.span.resource.serviceName == "shop" && detail.span.scope.name == "fixture")
        #expect(detail.names[detail.row.agent] == "Planner" && detail.facts.agentSource == .inherited)
        #expect(detail.facts.agentName == "Planner")
        await #expect(throws: QueryError.self) {
            _ = try await backend.run(SpanRequest(.prefix(trace: trace, span: "000000000000003")))
        }
        await #expect(throws: QueryError.notFound(what: "span 44")) {
            _ = try await backend.run(SpanRequest(.prefix(trace: trace, span: "44")))
        }
        let byAddress = try await backend.run(SpanRequest(.address(detail.address)))
        #expect(byAddress == detail)
    }

    @Test func idsWithTheHighestBitSetHavePrefixesToo() async throws {
        let fixture = try QueryFixture()
        try fixture.write([QueryFixture.span(0xFFFF_0000_0000_0001, trace: .max), QueryFixture.span(1, trace: .max)])
        let backend = try fixture.backend()
        for prefix in ["f", "ffff", "ffff000000000001"] {
            let detail = try await backend.run(SpanRequest(.prefix(trace: "0", span: prefix)))
            #expect(detail.row.spanID.hex == "ffff000000000001")
        }
    }

    @Test func logRecordsAreEvents() async throws {
        let fixture = try QueryFixture()
        let span = QueryFixture.span(1, trace: 1)
        let event = SpanEvent(timeUnixNano: 7, name: "gen_ai.user.message", origin: .log, body: .string("hello"))
        let log = SpanLogRecord(
            traceID: span.traceID, spanID: span.spanID, event: event, resource: span.resource, scope: span.scope)
        try fixture.write([span], logs: [log])
        let detail = try await fixture.backend().run(SpanRequest(.prefix(trace: "0", span: "0")))
        #expect(detail.span.events == [event])
    }
}
