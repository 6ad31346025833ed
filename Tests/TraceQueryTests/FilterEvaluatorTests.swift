import Foundation
import Testing
import TraceModel

@testable import TraceQuery

@Suite struct FilterEvaluatorTests {
    /// A trace of a model call that states nothing, one that states 0 tokens, and a tool that failed.
    private static let trace: FilterableTrace = {
        var names = NameTable()
        var rows = (1...3 as ClosedRange<UInt64>).map { id in
            SpanRow(arrival: Int32(id), spanID: SpanID(id), parentSpanID: id == 1 ? nil : SpanID(1), name: 0)
        }
        for index in rows.indices { rows[index].name = names.intern(["ask", "Ñandú", "web_search"][index]) }
        (rows[0].kind, rows[1].kind, rows[2].kind) = (.llm, .llm, .tool)
        (rows[1].tokensInput, rows[1].startUnixNano, rows[1].endUnixNano) = (0, 100, 50)
        (rows[2].isError, rows[2].isCancelled) = (true, true)
        var summary = TraceSummary(traceID: TraceID(high: 1, low: 2))
        summary.spanCount = 3
        var structure = TraceStructure(summary: summary, names: names, spans: rows)
        structure.findings = [
            Finding(rule: "a.whole", severity: .error, certainty: .proven, message: "", spanID: nil),
            Finding(rule: "a.span", severity: .hint, certainty: .inferred, message: "", spanID: SpanID(3)),
        ]
        let spans = rows.map { row in
            let span = Span(
                traceID: summary.traceID, spanID: row.spanID, name: "", startUnixNano: nil, endUnixNano: nil,
                attributes: [
                    Attribute("id", .int(9_007_199_254_740_993)),
                    Attribute("list", .array([.double(.nan), .bool(true)])),
                ])
            return FilterableSpan(row, span, SpanFacts(), texts: ["the refund policy"], timing: nil)
        }
        return FilterableTrace(structure, spans)
    }()

    private func evaluator(_ text: String) throws -> FilterEvaluator {
        try FilterEvaluator(
            #require(try FilterExpression.parse(text)), FilterTime(now: 1_000, timeZone: .gmt))
    }

    @Test(arguments: [
        // What is missing is not 0, and compares with nothing.
        ("tokens>=0", [1]), ("tokens<1", [1]), ("tokens=0", [1]), ("tokens!=5", [1]), ("-tokens=0", [0, 2]),
        ("dur<1s", [1]), ("-dur<1s", [0, 2]), ("agent!=x", []), ("-agent:x", [0, 1, 2]), ("attempt>0", []),
        ("kind:llm", [0, 1]), ("kind!=llm", [2]), ("status:error", [2]), ("status:cancelled", [2]),
        ("status!=error", [0, 1]), ("name:Ñ*", [1]), ("name:ñandú", [1]), ("name=ñandú", []), ("name~NDÚ", [1]),
        ("name:*_s*", [2]), ("span:00000000000000", [0, 1, 2]), ("span!=0000000000000001", [1, 2]),
        ("attr.id=9007199254740993", [0, 1, 2]), ("attr.id=9007199254740992", []), ("attr.id>1e15", [0, 1, 2]),
        ("attr.list:NaN", [0, 1, 2]), ("attr.list:true", [0, 1, 2]), ("attr.none:*", []),
        ("refund", [0, 1, 2]), ("\"the pol\"", []), ("refund and -kind:llm", [2]), ("stream:no", [0, 1, 2]),
        ("finding:a.*", [2]), ("finding!=a.other", [2]), ("severity<error", [2]), ("since:now", []),
        ("spans:3", [0, 1, 2]), ("missing>=0", []), ("trace:0000000000000001", [0, 1, 2]),
    ])
    func spans(text: String, kept: [Int]) throws {
        #expect(try evaluator(text).spans(of: Self.trace) == kept, "\(text)")
    }

    @Test(arguments: [
        ("kind:llm status:error", false), ("kind:tool status:error", true), ("-kind:tool", false),
        ("kind:llm -name:nothing", true), ("kind:llm or kind:memory", true),
        ("(kind:tool or kind:memory) spans>2", true),
        // The trace as a whole stands as a span that has findings only.
        ("finding:a.whole", true), ("finding:a.whole severity:error", true), ("finding:a.whole kind:tool", false),
        ("finding:a.whole certainty:inferred", false), ("finding!=a.span", true), ("-finding:a.whole", false),
    ])
    func traces(text: String, isKept: Bool) throws {
        #expect(try evaluator(text).keeps(Self.trace) == isKept, "\(text)")
    }

    @Test(arguments: [
        ("kind:llm name~x spans>1", "kind:llm spans>1", "kind:llm name~x", "name~x"),
        ("kind:llm spans>1", "kind:llm spans>1", "", ""),
        ("-name:x kind:llm", "kind:llm", "not name:x", "not name:x"),
        ("name:x or kind:llm", "", "name:x or kind:llm", "name:x or kind:llm"),
        ("(name:x or kind:llm) tool:y", "tool:y", "(name:x or kind:llm) tool:y", "name:x or kind:llm"),
    ])
    func whatIsPushedDownAndWhatIsLeft(text: String, pushed: String, ofTraces: String, ofSpans: String) throws {
        let filter = try #require(try FilterExpression.parse(text))
        for (isOfTraces, residual) in [(true, ofTraces), (false, ofSpans)] {
            let split = filter.split(ofTraces: isOfTraces) { $0.field != "name" }
            #expect(split.pushed?.description ?? "" == pushed)
            #expect(split.residual?.description ?? "" == residual)
        }
    }

    @Test func whatNoParserMadeIsRefused() {
        var deep = FilterExpression.term(FilterTerm(field: "kind", comparison: .matches, value: "llm"))
        for _ in 0..<1000 { deep = .not(deep) }
        let terms = [
            FilterTerm(field: "nonsense", comparison: .matches, value: "x"),
            FilterTerm(field: "duration", comparison: .greater, value: "fast"),
            FilterTerm(field: "kind", comparison: .greater, value: "llm"),
        ]
        for filter in [deep] + terms.map(FilterExpression.term) {
            #expect(throws: QueryError.self) {
                _ = try FilterEvaluator(filter, FilterTime(now: 0, timeZone: .gmt))
            }
        }
    }
}
