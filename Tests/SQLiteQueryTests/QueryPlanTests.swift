import Foundation
import Testing
import TraceAnalysis
import TraceModel
import TraceQuery
import TraceStore

@testable import SQLiteQuery

/// Holds every list and search statement to the way that SQLite is to go.
@Suite struct QueryPlanTests {
    /// The steps of SQLite's plan for the statements that `make` gives.
    private func plans(
        of fixture: QueryFixture? = nil, _ make: @escaping @Sendable (ReadSession) throws -> [SQLFragment]
    ) async throws -> [[String]] {
        let fixture = try fixture ?? Incidents.fixture()
        let connection = try ReadOnlyFile.open(fixture.path)
        let result = await connection.run { session in
            try make(session).map { fragment -> [String] in
                let explain = try session.statement("EXPLAIN QUERY PLAN " + fragment)
                defer { explain.reset() }
                var steps: [String] = []
                while try explain.step() { steps.append(explain.text(3) ?? "") }
                return steps
            }
        }
        return try result.get()
    }

    /// No step reads a whole table that may be large.
    private func expectNoScan(_ steps: [String], _ sourceLocation: SourceLocation = #_sourceLocation) {
        for step in steps {
            let isScan = [
                "SCAN span", "SCAN trace", "SCAN facet", "SCAN span_payload", "SCAN log_record", "SCAN stream",
                "SCAN stream_block", "SCAN finding",
            ].contains {
                step == $0 || (step.hasPrefix($0 + " ") && !step.contains("USING") && !step.contains("VIRTUAL"))
            }
            #expect(!isScan, "\(steps)", sourceLocation: sourceLocation)
        }
        #expect(!steps.isEmpty, sourceLocation: sourceLocation)
    }

    @Test func listsWalkTheIndexOfTheirOrder() async throws {
        for sort in TraceListRequest.SortKey.allCases {
            for descending in [true, false] {
                let plans = try await plans { session in
                    let order = TraceOrder(sort, descending: descending)
                    let time = FilterTime(now: 0, timeZone: .gmt)
                    let all = try TraceSelection(nil, session, time)
                    let walk = try TraceSelection(try FilterExpression.parse("spans>0 or errors>0"), session, time)
                    let position = TracePosition(value: order.isText ? .text("x") : .integer(5), key: 3)
                    return [all, walk].flatMap { selection in
                        [TraceOrder.Phase.known(after: nil), .known(after: position)].map {
                            order.select($0, from: selection, limit: 50)
                        }
                            + (order.isNullable
                                ? [TraceOrder.Phase.unknown(afterKey: nil), .unknown(afterKey: 4)].map {
                                    order.select($0, from: selection, limit: 50)
                                } : [])
                    }
                }
                for steps in plans {
                    expectNoScan(steps)
                    #expect(steps[0].contains("USING INDEX trace_\(sort.rawValue)"), "\(steps)")
                    // Already in order.
                    #expect(!steps.contains { $0.contains("TEMP B-TREE") }, "\(steps)")
                }
            }
        }
    }

    @Test(arguments: [
        "kind:tool", "agent:planner", "model:gpt*", "session:s-1", "name:chat", "status:error", "error:*Limit",
        "mark:unfinished", "service:shop tool:web_search", "attr.http.status_code=429", "text:refund", "scope:fixture",
        "resource.host.name:web-1", "kind:tool or status:error", "-kind:tool", "dur>1s", "tokens>5 kind:llm",
        "refund kind:llm", "since:2h kind:llm", "trace:0", "finding:structure.*",
        "finding:structure.missing_parent status:ok", "finding!=stream.loop", "severity:error", "certainty:proven",
        "stream:measured",
        "stream:no", "attempt:3", "attempt>1 agent:planner", "reason:critic", "step:2", "layer:tool", "missing>0",
        "identifiable<90", "severity>=warning errors=0",
    ])
    func filtersReadNoSpanTableAsAWhole(filter: String) async throws {
        let plans = try await plans { session in
            let time = FilterTime(now: QueryFixture.now, timeZone: .gmt)
            let expression = try FilterExpression.parse(filter)
            let selection = try TraceSelection(expression, session, time)
            let order = TraceOrder(.start, descending: true)
            return [
                order.select(.known(after: nil), from: selection, limit: 50),
                OverviewReader.selectStarts(selection), StatisticsReader.selectTotals(selection),
                StatisticsReader.selectFacet(.kind, selection), StatisticsReader.selectUsage(selection),
            ]
        }
        for steps in plans {
            expectNoScan(steps)
            for step in steps where step.contains(" span ") || step.hasSuffix(" span") {
                #expect(step.contains("SEARCH span USING"), "\(steps)")
            }
        }
    }

    @Test func rareValuesLeadToTheirTraces() async throws {
        let plans = try await plans { session in
            let time = FilterTime(now: 0, timeZone: .gmt)
            return try ["tool:web_search", "refund"].map { filter in
                let selection = try TraceSelection(try FilterExpression.parse(filter), session, time)
                return TraceOrder(.start, descending: true).select(.known(after: nil), from: selection, limit: 50)
            }
        }
        #expect(plans[0].contains { $0.contains("SEARCH facet USING COVERING INDEX facet_value") }, "\(plans[0])")
        for steps in plans { #expect(steps.contains("SEARCH trace USING INTEGER PRIMARY KEY (rowid=?)"), "\(steps)") }
    }

    @Test func treesSpansAndReferences() async throws {
        let plans = try await plans { _ in
            [
                StructureReader.selectAll, StructureReader.selectFirst, StructureReader.selectTimeless,
                SpanDetailReader.selectRow, StoredSpanReader.selectSpan, StoredSpanReader.selectLogEvents,
                ReferenceResolver.selectTraces, ReferenceResolver.selectSpans, ReferenceResolver.selectSpan,
                ReferenceResolver.countSpans, ReferenceResolver.selectTrace, AnalysisReader.selectOrdinals,
                TraceListReader.selectOne,
            ].map { SQLFragment($0) }
        }
        for steps in plans { expectNoScan(steps) }
        #expect(plans[0] == ["SEARCH span USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"])
        #expect(plans[1] == ["SEARCH span USING INDEX span_start (trace=? AND start_ns>?)"])
        #expect(plans[2] == ["SEARCH span USING INDEX span_start (trace=? AND start_ns=?)"])
    }

    @Test func redactionReadsRowsOfTracesOnly() async throws {
        let plans = try await plans { session in
            let time = FilterTime(now: 0, timeZone: .gmt)
            let all = try TraceSelection(nil, session, time)
            let few = try TraceSelection(try FilterExpression.parse("tool:web_search"), session, time)
            return [
                RedactionReader.select(all), RedactionReader.select(few), SQLFragment(RedactionReader.selectTrace),
                SQLFragment(AuditReader.select), SQLFragment(WholeSpanReader.selectHasLogs),
                SQLFragment(StoredSpanReader.selectLogRecords),
            ]
        }
        for steps in plans { expectNoScan(steps) }
        for steps in plans[..<3] {
            #expect(steps.contains { $0.hasPrefix("SEARCH redaction USING INTEGER PRIMARY KEY") }, "\(steps)")
        }
        for steps in [plans[0], plans[2]] { #expect(!steps.contains { $0.contains(" span") }, "\(steps)") }
        // The log is walked from its end, without sorting.
        #expect(plans[3] == ["SCAN audit_log"])
        #expect(plans[4][0].contains("INDEX log_record_identity (trace_id=?)"), "\(plans[4])")
        #expect(plans[5][0].contains("INDEX log_record_identity (trace_id=? AND span_id=?)"), "\(plans[5])")
    }

    @Test(arguments: ["finding:stream.loop status:unset", "finding:stream.*", "finding!=stream.stall", "-finding:*"])
    func findingsLeadToTheirSpans(filter: String) async throws {
        let plans = try await plans(of: StreamQueryTests.fixture()) { session in
            let time = FilterTime(now: QueryFixture.now, timeZone: .gmt)
            let expression = try FilterExpression.parse(filter)
            let traces = try TraceSelection(expression, session, time)
            let spans = try SpanSelection(expression, session, time)
            return [
                TraceOrder(.start, descending: true).select(.known(after: nil), from: traces, limit: 50),
                FacetReader.countSpans(.finding, where: spans), FacetReader.countSpans(.stream, where: spans),
            ]
        }
        expectNoScan(plans[0])
        // Spans are counted trace by trace.
        for steps in plans.dropFirst() {
            let isScan = steps.contains { step in
                ["SCAN span", "SCAN finding", "SCAN stream", "SCAN facet"].contains { step.hasPrefix($0) }
            }
            #expect(!isScan, "\(steps)")
        }
    }

    @Test func streamsAndFindingsAreFoundByTheirSpan() async throws {
        let plans = try await plans { _ in
            [
                StoredStreamReader.selectHead, StoredStreamReader.selectBlocks, StoredStreamReader.selectBlockAt,
                StoredStreamReader.selectSpanFindings, StoredStreamReader.selectTraceFindings,
            ].map { SQLFragment($0) }
        }
        for steps in plans { expectNoScan(steps) }
        #expect(plans[0].first?.hasPrefix("SEARCH stream USING INDEX") == true, "\(plans[0])")
        #expect(plans[1] == ["SEARCH stream_block USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"])
        #expect(
            plans[2] == ["SEARCH stream_block USING COVERING INDEX stream_block_time (stream=? AND latest_ns>?)"])
        #expect(plans[3].first?.contains("finding_span") == true, "\(plans[3])")
        #expect(plans[4].first?.contains("finding_trace") == true, "\(plans[4])")
    }

    @Test func partsOfAnAnalysisAreReadByTheirTrace() async throws {
        let plans = try await plans { _ in
            AnalysisReader.Part.allCases.map { SQLFragment(AnalysisReader.select($0)) }
                + [SQLFragment(AnalysisReader.selectCounts)]
        }
        for steps in plans { #expect(steps == ["SEARCH analysis USING INTEGER PRIMARY KEY (rowid=?)"]) }
    }

    @Test func listsOverManyTracesReadNoSpanTableAsAWhole() async throws {
        let plans = try await plans { session in
            let time = FilterTime(now: QueryFixture.now, timeZone: .gmt)
            let filter = try #require(try FilterExpression.parse("kind:llm reason:critic"))
            let selection = try TraceSelection(filter, session, time)
            let request = FindingListRequest(filter: filter, limit: 5)
            let conditions = try FindingReader.Conditions(filter, session, time)
            return [
                SQLFragment(FindingReader.selectTraces), SQLFragment(FindingReader.selectTimelessTraces),
                FindingReader.select(ofTrace: 1, request, conditions, offset: 0, limit: 5),
                PhaseReader.select(selection), ModelReader.select(selection),
            ]
        }
        for steps in plans {
            for table in ["span", "finding", "analysis"] {
                #expect(!steps.contains { $0.hasPrefix("SCAN \(table)") }, "\(steps)")
            }
        }
        // The list of traces is walked in its order and left when the page is full.
        #expect(plans[0].first?.contains("trace_start") == true, "\(plans[0])")
        #expect(!plans[0].contains { $0.contains("TEMP B-TREE") }, "\(plans[0])")
    }

    @Test func findingsAreCountedInOneWalk() async throws {
        let plans = try await plans { session in
            let filter = try #require(try FilterExpression.parse("kind:llm reason:critic"))
            let time = FilterTime(now: 0, timeZone: .gmt)
            let conditions = try FindingReader.Conditions(filter, session, time)
            let request = FindingListRequest()
            return [FindingRuleReader.select(request, nil), FindingRuleReader.select(request, conditions)]
        }
        for steps in plans {
            #expect(steps.first == "SCAN finding USING INDEX finding_trace", "\(steps)")
            #expect(!steps.contains { $0.contains("TEMP B-TREE") }, "\(steps)")
            #expect(!steps.dropFirst().contains { $0.hasPrefix("SCAN") && !$0.contains("CONSTANT ROW") }, "\(steps)")
        }
    }

    @Test func searchesAskTheTextIndex() async throws {
        let plans = try await plans { session in
            let time = FilterTime(now: 0, timeZone: .gmt)
            let compiler = FilterCompiler(session: session, time: time)
            let filter = try #require(try FilterExpression.parse("kind:llm -status:error spans>1"))
            return [
                SQLFragment(SearchReader.selectKeys), SQLFragment(SearchReader.selectSpanOfLog),
                SQLFragment(SearchReader.selectOwn), SQLFragment(SearchReader.selectLastLog),
                SpanFilter.select(try compiler.spans(filter)), SQLFragment(TextVocabulary.selectNext),
            ]
        }
        for steps in plans { expectNoScan(steps) }
        #expect(plans[0].count == 1 && plans[0][0].contains("VIRTUAL TABLE INDEX"), "\(plans[0])")
        #expect(plans[4].first == "SEARCH span USING INTEGER PRIMARY KEY (rowid=?)", "\(plans[4])")
    }

    @Test func facetsReadTheirIndex() async throws {
        let plans = try await plans { session in
            let time = FilterTime(now: 0, timeZone: .gmt)
            let filter = try #require(try FilterExpression.parse("kind:llm"))
            let traces = try TraceSelection(filter, session, time)
            let spans = try SpanSelection(filter, session, time)
            let shapes = AttributeFacetReader.shapes(with: "http.status_code")
            let attribute = try SpanSelection(
                nil, demanding: [.init(fields: [.shape], values: shapes)], session, time)
            return TraceFacet.Field.allCases.flatMap { field in
                [
                    FacetReader.countSpans(field), FacetReader.countTraces(field),
                    FacetReader.countTraces(field, of: traces), FacetReader.countSpans(field, where: spans),
                    ObjectFacetReader.selectPairs(field, of: traces),
                ]
            } + [AttributeFacetReader.select(attribute, shapes: shapes)]
        }
        for steps in plans {
            for step in steps where step.contains(" span ") || step.hasSuffix(" span") {
                #expect(step.contains("SEARCH span USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"), "\(steps)")
            }
            #expect(!steps.contains("SCAN facet"), "\(steps)")
        }
        #expect(plans[0] == ["SEARCH facet USING COVERING INDEX facet_value (field=?)"])
    }
}
