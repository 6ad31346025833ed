import Headless
import Testing
import TraceAnalysis
import TraceExport
import TraceModel
import TraceQuery

@Suite struct StreamOutputTests {
    private func written(
        _ detail: StreamDetail, _ format: OutputFormat, chunks: Bool = false, pace: Double? = nil
    ) async throws -> String {
        let pace = pace.flatMap { StreamPace(chunksPerSecond: $0) }
        return try await Written.by(FakeBackend(stream: detail), format) { (reader) async throws(HeadlessError) in
            if chunks {
                try await reader.chunks(trace: "7f3a", span: "a2", pace: pace)
            } else {
                try await reader.stream(trace: "7f3a", span: "a2", pace: pace)
            }
        }
    }

    @Test func figuresAreOneObject() async throws {
        #expect(
            try await written(StreamFixture.measured, .ndjson) == """
                {"trace_id":"7f3a0000000000010000000000000002","span_id":"00000000000000a2","chunks":8,\
                "dropped_chunks":0,"duration_ns":2000000000,"time_to_first_chunk_ns":100000000,\
                "time_to_first_visible_chunk_ns":220000000,"time_per_output_chunk_ns":390000000,\
                "inter_chunk_ns":{"p50":20000000,"p95":1500000000,"p99":1500000000,"max":1500000000},\
                "stalls":[{"class":"mid_text","start_ns":240000000,"duration_ns":1500000000}],"loops":[],\
                "end_cause":"finished","finish_reason":"stop","timing_quality":"measured","tokens_billed":7,\
                "tokens_delivered":null}

                """)
    }

    @Test func unknownFiguresAreNull() async throws {
        #expect(
            try await written(StreamFixture.untimed, .json) == """
                {"trace_id":"7f3a0000000000010000000000000002","span_id":"00000000000000a2","chunks":3,\
                "dropped_chunks":0,"duration_ns":null,"time_to_first_chunk_ns":null,"time_to_first_visible_chunk_ns":null,\
                "time_per_output_chunk_ns":null,"inter_chunk_ns":null,"stalls":[],"loops":[],\
                "end_cause":"unknown","finish_reason":null,"timing_quality":"none","tokens_billed":null,\
                "tokens_delivered":null}

                """)
    }

    @Test func loopsNameTheirOnset() async throws {
        let text = try await written(StreamFixture.looping, .ndjson)
        #expect(
            text.contains(
                """
                "loops":[{"onset_ns":66000000,"onset_character":65,"period_characters":65,"repeats":4,\
                "looped_share":1.0,"near":false}]
                """))
    }

    @Test func valuesInCSVAreNestedJSON() async throws {
        let text = try await written(StreamFixture.measured, .csv)
        let lines = text.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix("trace_id,span_id,chunks,dropped_chunks,duration_ns,time_to_first_chunk_ns,"))
        #expect(lines[1].contains(#","{""p50"":20000000,""p95"":1500000000,"#))
    }

    @Test func chunksAreRows() async throws {
        #expect(
            try await written(StreamFixture.measured, .ndjson, chunks: true) == """
                {"sequence":0,"offset_ns":100000000,"kind":"other","text":""}
                {"sequence":1,"offset_ns":200000000,"kind":"reasoning","text":"Hm."}
                {"sequence":2,"offset_ns":220000000,"kind":"text","text":"Hi \\u001b[31m, 👩"}
                {"sequence":3,"offset_ns":240000000,"kind":"text","text":"\\u200d💻\\n"}
                {"sequence":4,"offset_ns":1740000000,"kind":"text","text":"so, \\"x\\""}
                {"sequence":5,"offset_ns":1760000000,"kind":"tool_arguments","text":"{\\"q\\":1}"}
                {"sequence":6,"offset_ns":1780000000,"kind":"usage","text":""}
                {"sequence":7,"offset_ns":1800000000,"kind":"terminal","text":""}

                """)
        #expect(
            try await written(StreamFixture.untimed, .csv, chunks: true)
                == "sequence,offset_ns,kind,text\n0,,text,One \n1,,text,two \n2,,text,three.\n")
        #expect(try await written(StreamFixture.detail([], StreamInfo(source: "x")), .json, chunks: true) == "[]\n")
    }

    @Test func tablesAreSafe() async throws {
        let chunks = try await written(StreamFixture.measured, .table, chunks: true)
        #expect(chunks.contains("2   220ms  text            Hi ␛[31m, 👩"))
        let figures = try await written(StreamFixture.measured, .table)
        #expect(figures.contains("per chunk            390ms  (last − first) / (n − 1)"))
        #expect(figures.contains("== stalls\n  mid_text  1.50s from 240ms\n"))
        #expect(!chunks.contains("\u{1B}") && !figures.contains("\u{1B}"))
    }

    @Test func aMadeUpClockIsLabelledEverywhere() async throws {
        let figures = try await written(StreamFixture.untimed, .ndjson, pace: 2)
        #expect(figures.contains(#""timing_quality":"synthetic""#))
        #expect(figures.contains(#""time_per_output_chunk_ns":500000000"#))
        let chunks = try await written(StreamFixture.untimed, .ndjson, chunks: true, pace: 2)
        #expect(
            chunks.hasPrefix(
                #"{"sequence":0,"offset_ns":500000000,"kind":"text","text":"One ","timing_quality":"synthetic"}"#))
        #expect(try await written(StreamFixture.untimed, .table, chunks: true, pace: 2).contains("offset (synthetic)"))
        #expect(try await written(StreamFixture.untimed, .table, pace: 2).contains("500ms (synthetic)"))
        await #expect(throws: HeadlessError.hasClock) {
            try await written(StreamFixture.measured, .ndjson, pace: 2)
        }
    }

    @Test func exportsNeedAClockButForTheBareEvents() async throws {
        func exported(_ format: StreamExportFormat) async throws -> String {
            try await Written.by(FakeBackend(stream: StreamFixture.untimed), .table) {
                (reader) async throws(HeadlessError) in
                try reader.write(try await reader.exported(trace: "7f", span: "a2", as: format))
            }
        }
        await #expect(throws: HeadlessError.hasNoClock) { try await exported(.asciicast) }
        #expect(try await exported(.sse).contains(#""delta":{"content":"One "}"#))
    }

    @Test func aSpanWithoutAStreamIsToldApart() async throws {
        await #expect(throws: HeadlessError.query(.notFound(what: "stream"))) {
            try await Written.by(FakeBackend(), .json) { (reader) async throws(HeadlessError) in
                try await reader.stream(trace: "7f", span: "a2")
            }
        }
    }
}
