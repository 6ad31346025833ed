import DemoIncidents
import Testing
import TraceModel

@Suite struct DemoIncidentsTests {
    private static let end: Int64 = 1_795_000_000_000_000_000

    private let data = DemoIncidents.build(endingAt: end)

    private var traces: [TraceID: [Span]] { Dictionary(grouping: data.spans, by: \.traceID) }

    @Test func sameSeedGivesTheSameTraces() {
        #expect(DemoIncidents.build(endingAt: Self.end) == data)
        #expect(DemoIncidents.build(endingAt: Self.end, seed: 2) != data)
    }

    @Test func aDayHoldsAFewHundredTraces() {
        #expect((200...400).contains(traces.count))
    }

    @Test func theRunOfManyAgentsHas340SpansOfFewNames() {
        let largest = traces.values.max { $0.count < $1.count } ?? []
        #expect(largest.count == 340)
        #expect(Set(largest.map(\.name)) == ["answer_ticket", "agent.run", "llm.invoke", "tool.call"])
        let retries = largest.filter { $0.attributes.value(of: "agent.attempt.reason")?.stringValue == "critic" }
        #expect(retries.compactMap { $0.attributes.value(of: "agent.attempt")?.intValue } == [2, 3])
    }

    @Test func theAliasMovesOnce() {
        let answers =
            data.spans
            .filter { $0.attributes.value(of: "gen_ai.request.model")?.stringValue == "support-large" }
            .sorted { ($0.startUnixNano ?? 0) < ($1.startUnixNano ?? 0) }
            .compactMap { $0.attributes.value(of: "gen_ai.response.model")?.stringValue }
        let flips = zip(answers, answers.dropFirst()).filter { $0 != $1 }
        #expect(flips.count == 1)
    }

    @Test func spansLieInTheDayBeforeTheEnd() {
        let day: Int64 = 26 * 3600 * 1_000_000_000
        for span in data.spans {
            let start = span.startUnixNano ?? 0
            #expect(start > Self.end - day && start < Self.end)
        }
    }

    @Test func identifiersAreValidAndUniqueButForTheMadeUpTwins() {
        var twins = 0
        for spans in traces.values {
            #expect(spans.allSatisfy { $0.traceID.isValid && $0.spanID.isValid })
            twins += spans.count - Set(spans.map(\.spanID)).count
        }
        #expect(twins == 1)
    }

    @Test func logsBelongToSpansOfTheirTraces() {
        let known = Set(data.spans.map(\.spanID))
        #expect(!data.logs.isEmpty)
        #expect(data.logs.allSatisfy { known.contains($0.spanID) })
    }

    @Test func eightOfFortySevenCallsAreLeft() {
        let calls = data.spans.filter { $0.name == "execute_tool fetch_page" && $0.attributes.value(of: "step") != nil }
        #expect(calls.count == 8)
        let known = Set(data.spans.map(\.spanID))
        #expect(calls.allSatisfy { $0.parentSpanID.map { !known.contains($0) } ?? false })
    }
}
