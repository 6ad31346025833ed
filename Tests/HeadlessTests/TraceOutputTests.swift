import Headless
import Testing
import TraceModel
import TraceQuery

@Suite struct TraceOutputTests {
    private let backend = FakeBackend(structure: Fixture.structure, detail: Fixture.detail)

    private func trace(_ format: OutputFormat, terminal: Int? = nil, limit: Int? = nil) async throws -> String {
        try await Written.by(backend, format, terminal: terminal) { (reader) async throws(HeadlessError) in
            var request = TraceRowsRequest(.prefix("7f3a"))
            request.limit = limit
            _ = try await reader.trace(request)
        }
    }

    @Test func rowsComeInTreeOrderWithPlaceholders() async throws {
        #expect(
            try await trace(.ndjson) == """
                {"trace_id":"7f3a0000000000010000000000000002","span_id":"00000000000000a1","parent_span_id":null,\
                "depth":0,"name":"answer","kind":"agent","agent":"planner","agent_source":"declared",\
                "model_requested":null,"model_resolved":null,"status":"ok","start_unix_nano":1795000000000000000,\
                "end_unix_nano":1795000008000000000,"duration_ns":8000000000,"self_ns":6000000000,"tokens_input":null,\
                "tokens_output":null,"placeholder":false,\
                "agent_label":null,"agent_run":null,"attempt":null,"attempt_reason":null,"step":null}
                {"trace_id":"7f3a0000000000010000000000000002","span_id":"00000000000000a2",\
                "parent_span_id":"00000000000000a1","depth":1,"name":"chat","kind":"llm","agent":"planner",\
                "agent_source":"inherited","model_requested":"gpt-4.1","model_resolved":"gpt-4.1-2025-04-14",\
                "status":"error","start_unix_nano":1795000001000000000,"end_unix_nano":1795000003000000000,\
                "duration_ns":2000000000,"self_ns":2000000000,"tokens_input":1210,"tokens_output":0,"placeholder":false,\
                "agent_label":null,"agent_run":null,"attempt":null,"attempt_reason":null,"step":null}
                {"trace_id":"7f3a0000000000010000000000000002","span_id":"00000000000000ff","parent_span_id":null,\
                "depth":0,"name":null,"kind":null,"agent":null,"agent_source":"missing","model_requested":null,\
                "model_resolved":null,"status":null,"start_unix_nano":null,"end_unix_nano":null,"duration_ns":null,\
                "self_ns":null,"tokens_input":null,"tokens_output":null,"placeholder":true,\
                "agent_label":null,"agent_run":null,"attempt":null,"attempt_reason":null,"step":null}
                {"trace_id":"7f3a0000000000010000000000000002","span_id":"00000000000000b1",\
                "parent_span_id":"00000000000000ff","depth":1,"name":"fetch","kind":"tool","agent":null,\
                "agent_source":"missing","model_requested":null,"model_resolved":null,"status":"cancelled",\
                "start_unix_nano":1795000004000000000,"end_unix_nano":null,"duration_ns":null,"self_ns":null,\
                "tokens_input":null,"tokens_output":null,"placeholder":false,\
                "agent_label":null,"agent_run":null,"attempt":null,"attempt_reason":null,"step":null}
                {"trace_id":"7f3a0000000000010000000000000002","span_id":"00000000000000b2",\
                "parent_span_id":"00000000000000b1","depth":2,"name":"GET","kind":"other","agent":null,\
                "agent_source":"missing","model_requested":null,"model_resolved":null,"status":"unset",\
                "start_unix_nano":1795000005000000000,"end_unix_nano":1795000005000000250,"duration_ns":250,\
                "self_ns":250,"tokens_input":null,"tokens_output":null,"placeholder":false,\
                "agent_label":null,"agent_run":null,"attempt":null,"attempt_reason":null,"step":null}

                """)
    }

    @Test func aTableIndentsTheTree() async throws {
        #expect(
            try await trace(.table) == """
                name              kind   agent     model                         status     duration   self     in  out  span
                answer            agent  planner   –                             ok            8.00s  6.00s      –    –  \
                00000000000000a1
                  chat            llm    ~planner  gpt-4.1 → gpt-4.1-2025-04-14  error         2.00s  2.00s  1.21k    0  \
                00000000000000a2
                ┄ missing parent  –      –         –                             –                 –      –      –    –  \
                00000000000000ff
                  fetch           tool   –         –                             cancelled         –      –      –    –  \
                00000000000000b1
                    GET           other  –         –                             unset         250ns  250ns      –    –  \
                00000000000000b2

                """)
    }

    @Test func aLimitCutsTheRows() async throws {
        #expect(try await trace(.ndjson, limit: 2).split(separator: "\n").count == 2)
        #expect(try await trace(.json, limit: 0) == "[]\n")
    }

    /// The span ids that a request writes, and where it says that the rest starts.
    private func ids(
        keeping spans: [UInt64] = [], _ change: (inout TraceRowsRequest) -> Void
    ) async throws -> (ids: [String], next: LocalSpanID?) {
        var request = TraceRowsRequest(.prefix("7f3a"))
        change(&request)
        var backend = backend
        backend.matching = spans.map { LocalSpanID(SpanID($0)) }
        var next: LocalSpanID?
        let text = try await Written.by(backend, .csv) { (reader) async throws(HeadlessError) in
            next = try await reader.trace(request)
        }
        let fields = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1].suffix(2) }
        return (fields.map(String.init), next)
    }

    @Test func pagesGoOnAfterASpan() async throws {
        let first = try await ids { $0.limit = 2 }
        #expect(first.ids == ["a1", "a2"] && first.next == LocalSpanID(SpanID(0xa2)))
        let second = try await ids {
            $0.limit = 3
            $0.after = "00000000000000a2"
        }
        #expect(second.ids == ["ff", "b1", "b2"] && second.next == nil)
        await #expect(throws: HeadlessError.query(.notFound(what: "span 99 in the trace"))) {
            _ = try await ids { $0.after = "99" }
        }
    }

    @Test func aFilterKeepsSpansAndDropsPlaceholders() async throws {
        let filter = try #require(try FilterExpression.parse("kind:tool"))
        #expect(try await ids(keeping: [0xb1, 0xa1]) { $0.filter = filter }.ids == ["a1", "b1"])
        #expect(try await ids { $0.filter = filter }.ids.isEmpty)
    }

    @Test func rowsSortByTheirFigures() async throws {
        let byDuration = try await ids { $0.sort = .duration }
        #expect(byDuration.ids == ["a1", "a2", "b2", "ff", "b1"])
        let rising = try await ids {
            $0.sort = .selfTime
            $0.descending = false
        }
        #expect(rising.ids == ["b2", "a2", "a1", "ff", "b1"])
        #expect(try await ids { $0.sort = .tokens }.ids.first == "a2")
    }

    @Test func aSpanCarriesItsPayload() async throws {
        let text = try await Written.by(backend, .json) { (reader) async throws(HeadlessError) in
            try await reader.span(trace: "7f3a", span: "b1")
        }
        #expect(
            text == """
                {"trace_id":"7f3a0000000000010000000000000002","span_id":"00000000000000b1",\
                "parent_span_id":"00000000000000ff","depth":1,"name":"fetch","kind":"tool","agent":null,\
                "agent_source":"missing","model_requested":null,"model_resolved":null,"status":"cancelled",\
                "start_unix_nano":1795000004000000000,"end_unix_nano":null,"duration_ns":null,"self_ns":null,\
                "tokens_input":null,"tokens_output":null,"placeholder":false,\
                "attributes":{"gen_ai.tool.name":"fetch","n":9007199254740993,"n#2":"NaN","raw":{"base64":"+/8="},\
                "list":[true,null,{"k":0.5}]},\
                "events":[{"time_unix_nano":1795000004000000001,"name":"retry","origin":"span","attributes":{"n":1},\
                "body":null,"severity_number":null,"dropped_attributes_count":0}],\
                "links":[{"trace_id":"7f3a0000000000010000000000000002","span_id":"00000000000000a1",\
                "trace_state":null,"flags":null,"attributes":{},"dropped_attributes_count":0}],\
                "resource":{"attributes":{"service.name":"desk"},"schema_url":null,"dropped_attributes_count":0},\
                "scope":{"name":"lib","version":null,"attributes":{},"schema_url":null,"dropped_attributes_count":0},\
                "input_messages":[{"role":"user","name":null,"finish_reason":null,"parts":[{"type":"text",\
                "content":"hi \\u001b[31m\\u202e"}]},{"role":"assistant","name":null,"finish_reason":null,\
                "parts":[{"type":"tool_call","id":"call_9","name":"fetch","arguments":"{"}]}],"output_messages":[],\
                "tool":{"name":"fetch","call_id":"call_9","arguments":"{\\"q\\":\\"order\\"}","result":null},\
                "content_from":[],"context":null,"findings":[],"stream":null,\
                "agent_label":null,"agent_run":null,"attempt":null,"attempt_reason":null,"step":null}

                """)
    }

    @Test func aSpanAsAPageIsSafeForATerminal() async throws {
        let text = try await Written.by(backend, .table, terminal: 80) { (reader) async throws(HeadlessError) in
            try await reader.span(trace: "7f3a", span: "b1")
        }
        #expect(text.contains("gen_ai.tool.name = fetch"))
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && $0.value != 0x7F) })
        #expect(!text.unicodeScalars.contains("\u{202E}"))
    }

    @Test func depthHasNoLimit() async throws {
        var names = NameTable()
        let name = names.intern("call")
        let spans = (1...100_000).map { number in
            var row = SpanRow(
                arrival: Int32(number), spanID: SpanID(UInt64(number)),
                parentSpanID: number == 1 ? nil : SpanID(UInt64(number - 1)), name: name)
            row.startUnixNano = Int64(number)
            row.endUnixNano = 300_000 - Int64(number)
            return row
        }
        let deep = FakeBackend(structure: TraceStructure(summary: Fixture.summary, names: names, spans: spans))
        let text = try await Written.by(deep, .csv) { (reader) async throws(HeadlessError) in
            _ = try await reader.trace(TraceRowsRequest(.prefix("1")))
        }
        let lines = text.split(separator: "\n")
        #expect(lines.count == 100_001)
        #expect(lines.last?.split(separator: ",", omittingEmptySubsequences: false)[3] == "99999")
    }
}
