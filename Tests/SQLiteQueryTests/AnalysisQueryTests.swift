import Testing
import TraceModel
import TraceQuery
import TraceStore

@testable import SQLiteQuery

/// What is asked of the analysis of traces.
struct AnalysisQueryTests {
    /// Two traces a day apart in which the same name is answered by different models.
    private func aliases() throws -> QueryFixture {
        let fixture = try QueryFixture()
        for (trace, model, ago) in [(UInt64(1), "m-1", 7200.0), (2, "m-2", 3600)] {
            try fixture.write([
                QueryFixture.span(
                    1, trace: trace, "chat", ago: ago,
                    with: [
                        Attribute("kind", .string("llm")), Attribute("model", .string("m")),
                        Attribute("resolved", .string(model)),
                    ])
            ])
        }
        try fixture.writer.finish()
        return fixture
    }

    @Test func everyRequestOfATraceIsAnsweredWithItsSummary() async throws {
        let fixture = try aliases()
        let backend = try fixture.backend()
        let reference = TraceReference.id(QueryFixture.traceID(1))
        let agents = try await backend.run(AgentsRequest(reference))
        let steps = try await backend.run(StepsRequest(reference))
        let joints = try await backend.run(JointsRequest(reference))
        let ledger = try await backend.run(LedgerRequest(reference))
        let structure = try await backend.run(StructureRequest(reference))
        for summary in [agents.summary, steps.summary, joints.summary, ledger.summary] {
            #expect(summary.traceID == QueryFixture.traceID(1))
        }
        #expect(steps.topology == agents.topology)
        #expect(joints.topology == agents.topology)
        #expect(structure.agents == agents.topology)
        #expect(structure.coverage != nil)
        #expect(structure.coverage == structure.summary.coverage)
        #expect(structure.coverage?.expectedAtLeast == ledger.ledger.expectedAtLeast)
    }

    @Test func aTraceThatIsNotThereIsToldSo() async throws {
        let backend = try aliases().backend()
        await #expect(throws: QueryError.self) { try await backend.run(LedgerRequest(.id(QueryFixture.traceID(99)))) }
    }

    @Test func severitiesAreOrdered() throws {
        for text in ["severity>=warning", "severity<error errors=0", "attempt:3 reason:critic", "missing>0 layer:tool"]
        {
            let filter = try #require(try FilterExpression.parse(text))
            #expect(try FilterExpression.parse(filter.description) == filter)
        }
        #expect(throws: QueryError.self) { try FilterExpression.parse("severity>=terrible") }
        #expect(throws: QueryError.self) { try FilterExpression.parse("reason:boredom") }
    }

    @Test func aNameThatAnotherModelAnswersToIsMarked() async throws {
        let found = try await aliases().backend().run(ModelsRequest())
        #expect(found.map(\.requested) == ["m", "m"])
        #expect(found.map(\.resolved) == ["m-1", "m-2"])
        #expect(found.map(\.isFlip) == [false, true])
        #expect(found.map(\.calls) == [1, 1])
        #expect(found.map(\.firstUnixNano) == found.map(\.lastUnixNano))
    }

    @Test func attributesTellHowManyValuesTheyHave() async throws {
        let fixture = try aliases()
        let found = try await fixture.backend().run(AttributesRequest(limit: 10))
        let resolved = try #require(found.first { $0.key == "resolved" })
        #expect(resolved.distinctValues == 2)
        #expect(resolved.spans == 2)
        #expect(!resolved.isLowerBound)
        #expect(found.first { $0.key == "model" }?.distinctValues == 1)
    }

    @Test(arguments: [nil, "service:gateway", "kind:tool or root:nightly", "severity>=warning"])
    func findingsAreCountedByRule(text: String?) async throws {
        let backend = try Incidents.fixture().backend()
        let filter = try text.flatMap { try FilterExpression.parse($0) }
        for severity in FindingSeverity.allCases {
            let request = FindingListRequest(filter: filter, minimumSeverity: severity, limit: .max / 2)
            let page = try await backend.run(request)
            let counts = try await backend.run(FindingRulesRequest(request))
            let traces = try await backend.run(TraceListRequest(limit: 100))
            if text == nil, severity == .hint { #expect(counts.count > 1) }
            let listed = Dictionary(grouping: page.rows, by: \.finding.rule)
            #expect(Set(counts.map(\.rule)) == Set(listed.keys))
            for count in counts {
                let rows = listed[count.rule] ?? []
                #expect(count.findingCount == rows.count)
                #expect(count.traceCount == Set(rows.map(\.traceID)).count)
                #expect(count.severity == rows.map(\.finding.severity).max())
                // Findings are listed with those of the newest trace first.
                let start = traces.rows.first { $0.traceID == rows.first?.traceID }?.startUnixNano
                #expect(count.newestStartUnixNano == start)
            }
            let order = counts.map { [-$0.severity.rawValue, -$0.traceCount] }
            #expect(zip(order, order.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) || $0 == $1 })
        }
    }

    @Test func positionsInTheListOfFindingsReadBack() throws {
        let position = FindingPosition(trace: 7, offset: 12)
        #expect(try FindingPosition(position.cursor) == position)
        for text in ["", "f.1", "f.1.-2", "i.1.2"] {
            #expect(throws: QueryError.self) { try FindingPosition(PageCursor(text: text)) }
        }
    }
}
