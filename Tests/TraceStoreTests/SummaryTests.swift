import Testing
import TraceModel

@testable import TraceStore

@Suite struct SummaryTests {
    @Test func rootServicesAgentsModelsAndSession() throws {
        let store = try TemporaryStore()
        var late = Fixture.span(
            3, parent: 1, name: "chat", start: 500, duration: 9_000,
            attributes: [
                Attribute("kind", .string("llm")), Attribute("model", .string("m-1")), Attribute("in", .int(5)),
                Attribute("session", .string("late")),
            ])
        late.resource = Resource(attributes: [Attribute("service.name", .string("models"))])
        let spans = [
            late,
            Fixture.span(
                2, parent: 1, name: "look up", start: 200, attributes: [Attribute("session", .string("early"))]),
            Fixture.span(1, name: "answer", start: 100, attributes: [Attribute("agent", .string("planner"))]),
        ]
        try store.write(spans)
        let row = try store.texts(
            """
            SELECT value FROM (SELECT json_array(name, start_ns, duration_ns, span_count, services, agents, models,
                tokens_input, tokens_output, tokens_total, model_calls, model_calls_with_tokens, session) AS j
                FROM trace), json_each(j)
            """)
        #expect(
            row == [
                "answer", "100", "9400", "3", "[\"shop\",\"models\"]", "[\"planner\"]", "[\"m-1\"]", "5", nil, "5", "1",
                "1", "early",
            ])
    }

    @Test func withoutARootTheEarliestSpanLendsItsName() throws {
        let store = try TemporaryStore()
        try store.write([Fixture.span(3, parent: 9, name: "late"), Fixture.span(2, parent: 9, name: "early")])
        #expect(try store.texts("SELECT name FROM trace") == ["early"])
        #expect(try store.texts("SELECT findings FROM trace") == ["[\"structure.missing_parent\"]"])
    }

    @Test func tokensOfOuterModelCallsAreNotCountedTwice() throws {
        let store = try TemporaryStore()
        func call(_ id: UInt64, _ parent: UInt64?, _ tokens: Int64?) -> Span {
            var attributes = [Attribute("kind", .string("llm"))]
            if let tokens { attributes.append(Attribute("in", .int(tokens))) }
            return Fixture.span(id, parent: parent, attributes: attributes)
        }
        // 1 holds 3 through 2, which is no model call; 4 states nothing.
        try store.write([call(1, nil, 100), Fixture.span(2, parent: 1), call(3, 2, 60), call(4, 1, nil)])
        let sums = "SELECT tokens_input || ' ' || model_calls || ' ' || model_calls_with_tokens FROM trace"
        #expect(try store.texts(sums) == ["60 2 1"])
        #expect(try store.texts("SELECT tokens_output FROM trace") == [nil])
        #expect(try store.integer("SELECT most_span_tokens FROM trace") == 100)
    }

    @Test func hugeTokenCountsDoNotOverflow() throws {
        let store = try TemporaryStore()
        let spans = (1...3).map { id in
            Fixture.span(
                UInt64(id),
                attributes: [
                    Attribute("kind", .string("llm")), Attribute("in", .int(.max)), Attribute("out", .int(.max)),
                ])
        }
        try store.write(spans)
        #expect(try store.integer("SELECT tokens_total FROM trace") == .max)
    }

    @Test func agentsAreInheritedFromTheNearestAncestor() throws {
        let store = try TemporaryStore()
        func named(_ id: UInt64, _ parent: UInt64?, _ agent: String?) -> Span {
            Fixture.span(id, parent: parent, attributes: agent.map { [Attribute("agent", .string($0))] } ?? [])
        }
        let query = """
            SELECT printf('%d', id) || ' ' || ifnull((SELECT text FROM name WHERE name.id = agent), '-') || ' '
                || agent_source FROM span ORDER BY id
            """
        // Children first, as exporters send them.
        try store.write([named(4, 3, nil), named(3, 2, nil)])
        #expect(try store.texts(query) == ["3 - 0", "4 - 0"])
        try store.write([named(2, 1, "worker"), named(1, nil, "planner"), named(5, 1, nil)])
        try store.writer.finish()
        #expect(try store.texts(query) == ["1 planner 1", "2 worker 1", "3 worker 2", "4 worker 2", "5 planner 2"])
        let facets = """
            SELECT n.text || ' ' || f.spans FROM facet AS f JOIN name AS n ON n.id = f.value
            WHERE f.field = 2 ORDER BY 1
            """
        #expect(try store.texts(facets) == ["planner 2", "worker 3"])
    }

    @Test func marksFollowTheTree() throws {
        let store = try TemporaryStore()
        try store.write([
            Fixture.span(1, parent: 1), Fixture.span(2, parent: 3), Fixture.span(3, parent: 4),
            Fixture.span(4, parent: 2), Fixture.span(5, parent: 4), Fixture.span(6, parent: 99),
        ])
        #expect(
            try store.texts("SELECT id || ' ' || marks FROM span ORDER BY id") == [
                "1 4", "2 8", "3 8", "4 8", "5 0", "6 16",
            ])
        // What was missing arrives: the mark goes, in the row and in the summary.
        try store.write([Fixture.span(99)])
        try store.writer.finish()
        #expect(try store.texts("SELECT id || ' ' || marks FROM span WHERE id > 5 ORDER BY id") == ["6 0", "99 0"])
        #expect(
            try store.texts("SELECT findings FROM trace") == [
                "[\"structure.self_parent\",\"structure.parent_cycle\"]"
            ])
        #expect(try store.integer("SELECT count(*) FROM facet WHERE field = 14 AND value = 16") == 0)
    }

    @Test func packedRowsAgreeWithTheColumns() throws {
        let store = try TemporaryStore()
        try store.write([Fixture.span(2, parent: 1), Fixture.span(3, parent: 2, name: "x")])
        try store.write([
            Fixture.span(1, attributes: [Attribute("agent", .string("planner"))]), Fixture.span(3, name: "twin"),
        ])
        try store.writer.finish()
        let columns = try store.texts(
            "SELECT id || ' ' || marks || ' ' || ifnull(agent, 0) || ' ' || agent_source FROM span ORDER BY key")
        let packed = try store.packed().map {
            "\($0.id.rawValue) \($0.marks.rawValue) \($0.agent) \($0.agentSource.rawValue)"
        }
        #expect(columns == packed)
    }

    @Test func aDeepChainIsSummedUpWithoutRecursion() throws {
        let store = try TemporaryStore()
        let count: UInt64 = 100_000
        var spans = (1...count).map { Fixture.span($0, parent: $0 == 1 ? nil : $0 - 1) }
        spans[0].attributes = [Attribute("agent", .string("root"))]
        for part in stride(from: 0, to: spans.count, by: 20_000) {
            try store.write(Array(spans[part..<min(part + 20_000, spans.count)].reversed()))
        }
        try store.writer.finish()
        #expect(try store.integer("SELECT count(*) FROM span WHERE agent_source = 2") == Int64(count) - 1)
        #expect(try store.integer("SELECT count(*) FROM span WHERE marks") == 0)
    }

    @Test func summariesOfALargeTraceCostLittle() throws {
        let store = try TemporaryStore()
        let count = 6_000
        for first in stride(from: 1, through: count, by: 20) {
            try store.write((first..<first + 20).map { Fixture.span(UInt64($0), parent: $0 == 1 ? nil : 1) })
        }
        try store.writer.finish()
        #expect(try store.integer("SELECT span_count FROM trace") == Int64(count))
        // Three hundred batches; reading the trace anew for each would be 900,000 spans.
        #expect(store.writer.summarizedSpanCount < 6 * count)
    }
}
