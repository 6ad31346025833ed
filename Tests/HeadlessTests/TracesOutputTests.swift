import Headless
import Testing
import TraceModel
import TraceQuery

@Suite struct TracesOutputTests {
    private var backend: FakeBackend {
        var unknown = TraceSummary(traceID: TraceID(high: 0x7f3a_0000_0000_0001, low: 3))
        unknown.spanCount = 12_345
        return FakeBackend(traces: [Fixture.summary, unknown])
    }

    private func written(_ format: OutputFormat, terminal: Int? = nil, pageSize: Int = 500) async throws -> String {
        try await Written.by(backend, format, terminal: terminal, pageSize: pageSize) {
            (reader) async throws(HeadlessError) in
            _ = try await reader.traces(TraceListRequest())
        }
    }

    @Test func ndjsonIsOneObjectALine() async throws {
        #expect(
            try await written(.ndjson) == """
                {"trace_id":"7f3a0000000000010000000000000002","name":"answer \\"ticket\\", 7",\
                "start_unix_nano":1795000000123456789,"duration_ns":8400000000,"span_count":4,"error_count":1,\
                "services":["desk","ledger"],"agents":["planner"],"models":["gpt-4.1-2025-04-14"],\
                "tokens_input":1210,"tokens_output":null,"session":"","findings":[]}
                {"trace_id":"7f3a0000000000010000000000000003","name":null,"start_unix_nano":null,"duration_ns":null,\
                "span_count":12345,"error_count":0,"services":[],"agents":[],"models":[],"tokens_input":null,\
                "tokens_output":null,"session":null,"findings":[]}

                """)
    }

    @Test func jsonIsOneArrayOfTheSameObjects() async throws {
        let lines = try await written(.ndjson).split(separator: "\n")
        #expect(try await written(.json) == "[\n" + lines.joined(separator: ",\n") + "\n]\n")
    }

    @Test func anEmptyListIsAnEmptyArray() async throws {
        let text = try await Written.by(FakeBackend(), .json) { (reader) async throws(HeadlessError) in
            _ = try await reader.traces(TraceListRequest())
        }
        #expect(text == "[]\n")
    }

    @Test func csvTellsUnknownFromEmpty() async throws {
        #expect(
            try await written(.csv) == """
                trace_id,name,start_unix_nano,duration_ns,span_count,error_count,services,agents,models,tokens_input,\
                tokens_output,session,findings
                7f3a0000000000010000000000000002,"answer ""ticket"", 7",1795000000123456789,8400000000,4,1,\
                "[""desk"",""ledger""]","[""planner""]","[""gpt-4.1-2025-04-14""]",1210,,"",[]
                7f3a0000000000010000000000000003,,,,12345,0,[],[],[],,,,[]

                """)
    }

    @Test func aTableAlignsItsColumns() async throws {
        #expect(
            try await written(.table) == """
                start                    duration  name                agents   models              spans  errors     in  \
                out  session  services  trace
                2026-11-18 11:06:40.123     8.40s  answer "ticket", 7  planner  gpt-4.1-2025-04-14      4       1  1.21k  \
                  –           desk+1    7f3a0000000000010000000000000002
                –                               –  –                   –        –                   12.3k       0      –  \
                  –  –        –         7f3a0000000000010000000000000003

                """)
    }

    @Test(arguments: [40, 60, 80, 120, 200]) func aTableFitsTheTerminal(width: Int) async throws {
        let text = try await written(.table, terminal: width)
        // The id alone takes 32 columns, so the narrowest terminals keep the columns that never go.
        let lines = text.split(separator: "\n")
        #expect(lines.count == 3)
        if width >= 100 { #expect(lines.allSatisfy { $0.count <= width }) }
        #expect(lines[0].contains("duration") && lines[0].contains("trace"))
    }

    @Test(arguments: OutputFormat.allCases) func pagesJoinSeamlessly(format: OutputFormat) async throws {
        #expect(try await written(format, pageSize: 1).count == (try await written(format)).count || format == .table)
        if format != .table { #expect(try await written(format, pageSize: 1) == (try await written(format))) }
    }

    @Test func aLimitCutsAndTellsWhereTheRestStarts() async throws {
        var next: PageCursor?
        let text = try await Written.by(backend, .ndjson) { (reader) async throws(HeadlessError) in
            next = try await reader.traces(TraceListRequest(), limit: 1)
        }
        #expect(text.split(separator: "\n").count == 1)
        #expect(next == PageCursor(text: "1"))
        let rest = try await Written.by(backend, .ndjson) { (reader) async throws(HeadlessError) in
            next = try await reader.traces(TraceListRequest(after: PageCursor(text: "1")), limit: 1)
        }
        #expect(rest.contains("0003\""))
        #expect(next == nil)
    }

    @Test func aFailedRequestWritesNothing() async throws {
        var failing = backend
        failing.failure = .locked(path: "x.db")
        await #expect(throws: HeadlessError.query(.locked(path: "x.db"))) {
            let text = try await Written.by(failing, .json) { (reader) async throws(HeadlessError) in
                _ = try await reader.traces(TraceListRequest())
            }
            #expect(text.isEmpty)
        }
    }
}
