import Ingest
import SQLiteQuery
import Testing
import TraceIngest
import TraceModel
import TraceQuery
import TraceStore

/// Streams on their way through an import of OTLP.
@Suite struct StreamImportTests {
    private static let trace = "00000000000000000000000000000001"
    private static let span = "0000000000000001"

    private func attribute(_ key: String, _ value: String) -> String { #"{"key":"\#(key)","value":\#(value)}"# }

    private func array(_ values: [String]) -> String {
        #"{"arrayValue":{"values":[\#(values.joined(separator: ","))]}}"#
    }

    /// A span that received the response `resp-9`.
    private func call(_ more: [String] = []) -> String {
        let attributes = [attribute("gen_ai.response.id", #"{"stringValue":"resp-9"}"#)] + more
        let kind = attribute("gen_ai.operation.name", #"{"stringValue":"chat"}"#)
        return Documents.span(
            span: 1, start: 1_000, end: 5_000_000_000,
            more: #","attributes":[\#(([kind] + attributes).joined(separator: ","))]"#)
    }

    private func run(
        _ folder: TemporaryFolder, _ texts: [String], owner: StreamOwner? = nil
    ) throws -> (report: ImportReport, database: String) {
        let database = folder.path + "/t.db"
        let paths = try texts.enumerated().map { try folder.file("in-\($0.offset).json", $0.element) }
        let writer = try TraceWriter(path: database, clock: { 0 })
        let report = try Importer(writer: writer, redactor: nil, stopwatch: { 0 }).run(
            InputDiscovery(arguments: paths), owner: owner)
        return (report, database)
    }

    private func detail(_ database: String) async throws -> StreamDetail? {
        let backend = try SQLiteBackend(path: database)
        return try await backend.run(StreamRequest(.prefix(trace: Self.trace, span: Self.span)))
    }

    @Test func arraysOnASpanBecomeItsStream() async throws {
        let folder = try TemporaryFolder()
        let texts = ["Once ", "upon ", "a time."]
        let document = call([
            attribute("gen_ai.response.chunks.text", array(texts.map { #"{"stringValue":"\#($0)"}"# })),
            attribute(
                "gen_ai.response.chunks.offset_ns",
                array(["400000000", "420000000", "4420000000"].map { #"{"intValue":"\#($0)"}"# })),
        ])
        let first = try run(folder, [document])
        #expect(first.report.streams == 1 && first.report.streamsJoined == 0)
        let stream = try #require(try await detail(first.database))
        #expect(stream.chunks.map(\.text) == texts && stream.figures.timeToFirstChunkNanos == 400_000_000)
        #expect(stream.figures.stalls.count == 1 && stream.findings.map(\.rule).contains("stream.stall"))
        let again = try run(folder, [document])
        #expect(again.report.streams == 1 && again.report.spansNew == 0)
        #expect(try await detail(again.database) == stream)
    }

    @Test func logsOfALaterFileAreItsStreamToo() async throws {
        let folder = try TemporaryFolder()
        let logs = ["b", "a"].enumerated().map { place, text in
            #"{"timeUnixNano":"\#(900 - place)000000","eventName":"gen_ai.response.chunk","traceId":"\#(Self.trace)","#
                + #""spanId":"\#(Self.span)","body":{"stringValue":"\#(text)"}}"#
        }
        let document = #"{"resourceLogs":[{"scopeLogs":[{"logRecords":[\#(logs.joined(separator: ","))]}]}]}"#
        let imported = try run(folder, [call(), document])
        #expect(imported.report.streams == 1)
        let stream = try #require(try await detail(imported.database))
        #expect(stream.chunks.map(\.text) == ["a", "b"] && stream.info.timing == .measured)
    }

    @Test func aRecordingThatCameFirstJoinsTheImportedSpan() async throws {
        let folder = try TemporaryFolder()
        let own = Span(
            traceID: TraceID(high: 9, low: 9), spanID: SpanID(9), name: "chat", startUnixNano: 1, endUnixNano: 2,
            attributes: [Attribute("gen_ai.response.id", .string("resp-9"))])
        let chunks = StreamChunks([StreamChunk(offsetNanos: 5, kind: .text, text: "hello")])
        let recording = Preparation(nil).stream(
            RecordedStream(
                span: own, info: StreamInfo(timing: .measured, source: "sse"), chunks: chunks,
                owner: .responseID("resp-9")))
        let database = folder.path + "/t.db"
        do {
            let writer = try TraceWriter(path: database, clock: { 0 })
            _ = try writer.write(spans: [], streams: [recording])
            try writer.finish()
        }
        let imported = try run(folder, [call()])
        #expect(imported.report.streamsJoined == 1 && imported.report.streams == 0)
        #expect(try await detail(database)?.info.source == "sse")
        let backend = try SQLiteBackend(path: database)
        let statistics = try await backend.run(StatisticsRequest())
        #expect(statistics.traces == 1 && statistics.spans == 1 && statistics.streams == 1)
    }
}
