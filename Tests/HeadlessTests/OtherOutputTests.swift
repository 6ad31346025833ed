import Foundation
import Headless
import Testing
import TraceModel
import TraceQuery

@Suite struct OtherOutputTests {
    @Test func facetsCountWhatHasNoValue() async throws {
        let backend = FakeBackend(facets: [.init(value: "gpt-4o", count: 1200), .init(value: nil, count: 3)])
        func written(_ format: OutputFormat) async throws -> String {
            try await Written.by(backend, format) { (reader) async throws(HeadlessError) in
                try await reader.facets(FacetRequest(field: "model"))
            }
        }
        #expect(
            try await written(.ndjson) == """
                {"value":"gpt-4o","count":1200}
                {"value":null,"count":3}

                """)
        #expect(try await written(.table) == "count  value\n 1200  gpt-4o\n    3  –\n")
    }

    @Test func searchNamesTheSpanAndTheMatch() async throws {
        let structure = Fixture.structure
        let hit = SearchPage.Hit(
            traceID: Fixture.traceID, row: structure.spans[1], excerpt: "the refund policy of",
            matchStart: 4, matchLength: 13)
        var hidden = hit
        hidden.excerpt = nil
        let backend = FakeBackend(hits: [hit, hidden], names: structure.names)
        let text = try await Written.by(backend, .ndjson, pageSize: 1) { (reader) async throws(HeadlessError) in
            _ = try await reader.search(SearchRequest(text: "refund policy"))
        }
        #expect(
            text == """
                {"trace_id":"7f3a0000000000010000000000000002","span_id":"00000000000000a2","name":"chat","kind":"llm",\
                "agent":"planner","model_requested":"gpt-4.1","model_resolved":"gpt-4.1-2025-04-14","status":"error",\
                "start_unix_nano":1795000001000000000,"duration_ns":2000000000,"excerpt":"the refund policy of",\
                "match_start":4,"match_length":13}
                {"trace_id":"7f3a0000000000010000000000000002","span_id":"00000000000000a2","name":"chat","kind":"llm",\
                "agent":"planner","model_requested":"gpt-4.1","model_resolved":"gpt-4.1-2025-04-14","status":"error",\
                "start_unix_nano":1795000001000000000,"duration_ns":2000000000,"excerpt":null,"match_start":null,\
                "match_length":null}

                """)
    }

    @Test func statisticsAreOneObject() async throws {
        var statistics = SelectionStatistics(traces: 2, spans: 9, errors: 1, rejected: 0)
        statistics.modelCalls = 4
        statistics.modelCallsWithTokens = 3
        statistics.tokensInput = 1210
        statistics.spansByKind = [.init(value: "llm", count: 4), .init(value: "other", count: 5)]
        let backend = FakeBackend(statistics: statistics)
        let text = try await Written.by(backend, .json) { (reader) async throws(HeadlessError) in
            try await reader.statistics(nil)
        }
        #expect(
            text == """
                {"traces":2,"spans":9,"errors":1,"rejected":0,"model_calls":4,"model_calls_with_tokens":3,\
                "tokens_input":1210,"tokens_output":null,"first_start_unix_nano":null,"last_start_unix_nano":null,\
                "database_bytes":null,"spans_by_kind":{"llm":4,"other":5},"spans_by_mark":{},\
                "streams":0,"streams_by_timing":{},"spans_by_finding":{},"spans_redacted":null,"spans_raw":null,\
                "redactions_by_rule":null,"usage":null}

                """)
        let table = try await Written.by(backend, .table) { (reader) async throws(HeadlessError) in
            try await reader.statistics(nil)
        }
        #expect(table.contains("tokens in    1210 (from 3/4 model calls)\ntokens out   –\n"))
        #expect(table.contains("redacted     –\n"))
        var redacted = statistics
        redacted.redaction = TraceRedaction(
            policies: ["secrets"], spansRedacted: 7, spansRaw: 2, counts: RedactionCounts(["STRIPE_KEY": 3]))
        let known = try await Written.by(FakeBackend(statistics: redacted), .json) {
            (reader) async throws(HeadlessError) in
            try await reader.statistics(nil)
        }
        #expect(
            known.contains(#""spans_redacted":7,"spans_raw":2,"redactions_by_rule":{"STRIPE_KEY":3},"#), "\(known)")
    }

    @Test func rejectsTellThePlace() async throws {
        let backend = FakeBackend(rejects: [
            RejectedRecord(file: "a,b.json", byteOffset: 12, line: nil, reason: "cut \"short\"", timeUnixNano: 7)
        ])
        let text = try await Written.by(backend, .csv) { (reader) async throws(HeadlessError) in
            try await reader.rejects(limit: 10)
        }
        #expect(text == "file,byte_offset,line,reason,time_unix_nano\n\"a,b.json\",12,,\"cut \"\"short\"\"\",7\n")
    }

    @Test func sqlKeepsItsTypesAndItsColumnsApart() async throws {
        let table = SQLTable(
            columns: ["n", "n", "x"],
            rows: [[.integer(1), .real(0.5), .blob(bytes: [0, 255])], [.null, .text(""), .text("a\tb")]],
            isPartial: true)
        let backend = FakeBackend(table: table)
        var isCut = false
        let text = try await Written.by(backend, .ndjson) { (reader) async throws(HeadlessError) in
            isCut = try await reader.sql("SELECT", limit: 2)
        }
        #expect(text == "{\"n\":1,\"n#2\":0.5,\"x\":\"00ff\"}\n{\"n\":null,\"n#2\":\"\",\"x\":\"a\\tb\"}\n")
        #expect(isCut)
    }

    /// Rows stay what they are; what must be known beside them goes elsewhere.
    @Test func anotherVersionOfTheAnalysisIsToldBesideTheRows() async throws {
        func notices(_ analysis: AnalysisState) async throws -> [String] {
            var structure = Fixture.structure
            structure.summary.analysis = analysis
            let backend = FakeBackend(structure: structure)
            var notices: [String] = []
            _ = try await Written.by(backend, .ndjson, notify: { notices.append($0) }) {
                (reader) async throws(HeadlessError) in
                _ = try await reader.trace(TraceRowsRequest(.prefix("7f3a")))
            }
            return notices
        }
        #expect(try await notices(.current).isEmpty)
        #expect(
            try await notices(.other(version: 3)) == [
                "trace \(Fixture.traceID.hex): analysed by version 3; `spandrel analyze` re-runs it"
            ])
        #expect(try await notices(.missing).first?.hasSuffix(": not analysed; `spandrel analyze` does it") == true)
    }

    @Test func aClosedPipeIsToldApart() async throws {
        let output = ByteOutput(capacity: 8) { _ in .failure(.closed) }
        let reader = HeadlessReader(
            backend: FakeBackend(traces: [Fixture.summary]), presentation: Presentation(format: .json), output: output)
        await #expect(throws: HeadlessError.output(.closed)) {
            try await reader.traces(TraceListRequest())
        }
    }

    @Test func bytesAreGatheredAndNoneIsLost() throws {
        let written = Collected()
        let output = ByteOutput(capacity: 10) { bytes in
            let count = min(3, bytes.count)
            written.bytes.append(contentsOf: bytes.prefix(count))
            return .success(count)
        }
        for number in 0..<50 { try output.write("\(number),") }
        try output.flush()
        #expect(String(decoding: written.bytes, as: UTF8.self) == (0..<50).map { "\($0)," }.joined())
    }

    private final class Collected {
        var bytes: [UInt8] = []
    }
}
