import Testing
import TraceModel
import TraceQuery

@testable import SQLiteQuery

@Suite struct FilterSemanticsTests {
    /// A filter with the traces it keeps, latest first, those without a start last.
    @Test(arguments: [
        ("", [3, 1, 2, 4, 5]), ("kind:tool", [3, 1]), ("kind:llm", [3, 1, 2]), ("kind:l*", [3, 1, 2]),
        ("kind!=llm", [3, 1, 4, 5]), ("kind:other", [3, 1, 5]), ("KIND:TOOL", [3, 1]),
        ("status:error", [3, 1]), ("status:cancelled", [4]), ("status:unset", [3, 1, 2, 5]), ("status:ok", []),
        ("status!=unset", [3, 1, 4]),
        // Terms joined by `and` hold on one span.
        ("kind:tool status:error", [1]), ("kind:llm status:error", [3]), ("kind:tool kind:llm", []),
        ("kind:tool (kind:llm or status:error)", [1]), ("kind:tool and -kind:workflow", [3, 1]),
        ("(kind:tool or kind:workflow) dur<1s", [4]), ("kind:tool or kind:workflow", [3, 1, 4]),
        // `not` means that no span matches.
        ("-status:error", [2, 4, 5]), ("not kind:llm", [4, 5]), ("-(kind:tool status:error)", [3, 2, 4, 5]),
        ("not not kind:tool", [3, 1]), ("kind:llm -status:error", [2]),
        ("agent:planner", [3, 1]), ("agent=planner", [1]), ("agent=Planner", [3]), ("agent:worker", [1]),
        ("agent:w*r", [1]), ("agent~LANN", [3, 1]), ("agent!=planner", [3, 1]), ("agent:*", [3, 1]),
        ("agent:nobody", []),
        ("model:gpt-4o", [1]), ("model:gpt-4*", [3, 1]), ("model:gpt-4o-2026", [1]), ("model.requested:gpt-4o", [1]),
        ("model.resolved:gpt-4o", []), ("model.resolved:*2026", [1]), ("model!=claude", [3, 1]),
        ("tool:web_search", [1]), ("tool:web%search", []), ("tool:*_*", [1]), ("tool~_SEARCH", [1]),
        ("service:shop", [3, 1, 4, 5]), ("-service:shop", [2]), ("service:tools", [1]), ("service!=shop", [1, 2]),
        ("session:s-1", [1, 4]), ("session:s-?", []), ("name~chat", [3, 1, 2]), ("name:chat", [3, 2]),
        ("root:chat", [2]),
        ("root:r*", [3]), ("root!=chat", [3, 1, 4, 5]), ("name:\"chat gpt\"", [1]),
        ("error:*limit*", [3]), ("error:timeouterror", [1]), ("error!=RateLimit", [1]),
        ("dur>2s", [1]), ("dur>=2s", [3, 1]), ("dur:1s..2s", [3, 2]), ("dur<1s", [4]), ("dur:..500ms", [4]),
        ("dur!=1s", [3, 1, 2, 4]), ("dur=1.5s", [2]), ("kind:llm dur>2s", [1]), ("kind:tool dur>5s", []),
        ("-dur>2s", [3, 2, 4, 5]),
        ("tokens>10k", [1]), ("tokens:800..1k", [2]), ("tokens.input=900", [2]), ("tokens.output>0", [1]),
        ("tokens.output=0", []), ("tokens.reasoning>=0", []), ("ttft>0s", []),
        ("mark:missing_parent", [5]), ("mark:missing_*", [5]), ("mark!=unfinished", []), ("mark:unfinished dur>0s", []),
        ("finding:structure.missing_parent", [5]), ("finding:structure.*", [5]), ("-finding:*", [2, 4]),
        ("finding!=structure.missing_parent", [3, 1]),
        ("scope:fixture", [3, 1, 2, 4, 5]), ("scope:other", []), ("scope!=other", [3, 1, 2, 4, 5]),
        ("trace:0000", [3, 1, 2, 4, 5]), ("trace:000000000000feed0000000000000001", [1]), ("trace!=0", []),
        ("span:0000000000000012", [1]), ("span:00000000000000", [3, 1, 2, 4, 5]), ("span:8", []),
        ("attr.http.status_code=429", [3, 4]), ("attr.http.status_code:4*", [3, 4]), ("attr.http.status_code>500", [1]),
        ("attr.http.status_code!=429", [1]), ("attr.cancelled:true", [4]), ("attr.ratio<0.6", [4]),
        ("attr.ratio=0.50", [4]), ("attr.stop:b", [3]), ("attr.nothing:*", []), ("attr.said~REFUND", [3, 1]),
        ("attr.http.status_code:* kind:tool", [1]), ("-attr.http.status_code:*", [2, 5]),
        ("resource.host.name:web*", [3, 1, 2, 4, 5]), ("resource.host.name=web-2", []),
        ("resource.service.name:tools", [1]),
        ("status!=error", [3, 1, 2, 4, 5]), ("finding~PARENT", [5]),
        ("refund", [3, 1]), ("text:\"refund policy\"", [1]), ("\"the policy\"", [3]), ("refund kind:tool", []),
        ("policy kind:tool", [1]), ("refund or 订单", [3, 1, 2]), ("text:订单号", [2]), ("-refund", [2, 4, 5]),
        ("refund policy", [3, 1]), ("\"??\"", []), ("text~polic", [3, 1]),
        ("since:2h", [3, 1, 2]), ("since:90m", [3, 1]), ("until:90m", [2, 4]), ("since:today", [3, 1, 2]),
        ("until:yesterday", [4]), ("since:10:30", [3, 1]), ("since:90m until:now", [3, 1]), ("-since:2h", [4, 5]),
        ("spans>2", [3, 1]), ("spans:1", [2, 4, 5]), ("errors>0", [3, 1]), ("errors=0", [2, 4, 5]),
        ("trace.dur>20s", [1]), ("trace.tokens>10k", [1]), ("trace.dur<1s or spans>2", [3, 1, 4]),
    ])
    func keeps(filter: String, traces: [Int]) async throws {
        let backend = try await Shared.incidents.backend()
        #expect(try await backend.kept(filter) == traces, "\(filter)")
        // What is withheld from SQL is evaluated; the texts of the fixture are its own, so that only the index has them.
        guard try FilterExpression.parse(filter)?.terms.contains(where: { $0.field == "text" }) == false else { return }
        for withheld in [Set(FilterField.all.map(\.name)), ["kind", "root", "attr."]] {
            let evaluating = try await Shared.incidents.backend(withholding: withheld)
            #expect(try await evaluating.kept(filter) == traces, "\(filter) evaluated")
        }
    }

    @Test func tracesBeingWrittenAreFound() async throws {
        let fixture = try QueryFixture()
        try fixture.write([QueryFixture.span(1, trace: 1, "root"), QueryFixture.span(9, trace: 1, "other")])
        // Grown, and too early for a new summary.
        for id in 2...4 as ClosedRange<UInt64> {
            let tool = QueryFixture.span(id, trace: 1, parent: 1, "late", with: [.init("kind", .string("tool"))])
            try fixture.write([tool])
        }
        let backend = try fixture.backend()
        #expect(try await backend.kept("kind:tool") == [1])
        #expect(try await backend.kept("name:late") == [1])
        #expect(try await backend.kept("-kind:tool") == [])
    }

    @Test func filtersThatNoParserMadeFailCleanly() async throws {
        let backend = try await Shared.incidents.backend()
        func refuses(_ filter: FilterExpression) async {
            await #expect(throws: QueryError.self) {
                _ = try await backend.run(TraceListRequest(filter: filter))
            }
        }
        await refuses(.term(FilterTerm(field: "nonsense", comparison: .matches, value: "x")))
        await refuses(.term(FilterTerm(field: "duration", comparison: .greater, value: "fast")))
        await refuses(.term(FilterTerm(field: "trace", comparison: .matches, value: "xyz")))
        var deep = FilterExpression.term(FilterTerm(field: "kind", comparison: .matches, value: "llm"))
        for _ in 0..<1000 { deep = .not(deep) }
        await refuses(deep)
    }

    @Test(arguments: ["'", "\"", "%", "_", "\\", "*", "' OR 1=1 --", "\0", "\u{202E}", "(", "1; DROP TABLE span"])
    func valuesAreData(value: String) async throws {
        let backend = try await Shared.incidents.backend()
        for field in [
            "agent", "name", "text", "attr.said", "resource.host.name", "root", "scope", "finding", "session",
        ] {
            for comparison in [FilterTerm.Comparison.matches, .equal, .contains] {
                let term = FilterTerm(field: field, comparison: comparison, value: value)
                _ = try await backend.run(TraceListRequest(filter: .term(term), includesOverview: true))
            }
        }
    }
}

/// Fixtures that many tests read and none changes.
enum Shared {
    static let incidents = Cache { try Incidents.fixture() }

    /// A fixture that is made once.
    actor Cache {
        private let make: @Sendable () throws -> QueryFixture
        private var fixture: QueryFixture?

        init(_ make: @escaping @Sendable () throws -> QueryFixture) {
            self.make = make
        }

        func backend(withholding fields: Set<String> = []) throws -> SQLiteBackend {
            let fixture = try self.fixture ?? make()
            self.fixture = fixture
            return try fixture.backend(withholding: fields)
        }
    }
}
