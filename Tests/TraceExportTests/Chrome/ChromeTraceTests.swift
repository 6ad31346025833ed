import Basics
import FastJSON
import TestSupport
import Testing
import TraceExport
import TraceModel

@Suite("Chrome trace export") struct ChromeTraceTests {
    private let trace = TraceID(high: 1, low: 2)

    private func span(_ id: UInt64, parent: UInt64? = nil, _ start: Int64?, _ end: Int64?, name: String = "s") -> Span {
        Span(
            traceID: trace, spanID: SpanID(id), parentSpanID: parent.map { SpanID($0) }, name: name,
            startUnixNano: start, endUnixNano: end)
    }

    private func file(_ spans: [Span], streams: [RecordedStream] = []) throws -> ChromeTraceFile {
        var exporter = ChromeTraceExporter()
        return try ChromeTraceFile(exporter.bytes(ExportFixture.traces(spans, streams: streams)))
    }

    @Test("draws the demo so that slices nest, arrows have two ends and each agent run has its lane")
    func demo() throws {
        let fixtures = ExportFixture.demo()
        var exporter = ChromeTraceExporter()
        let bytes = exporter.bytes(fixtures)
        let file = try ChromeTraceFile(bytes)
        #expect(file.faults == [])
        #expect(file.events("X").count == fixtures.reduce(0) { $0 + $1.spans.count })
        #expect(!file.events("s").isEmpty && !file.events("C").isEmpty && !file.events("i").isEmpty)
        let names = file.threadNames.sorted { $0.key < $1.key }.map(\.value)
        #expect(names.count == fixtures.count)
        for (fixture, names) in zip(fixtures, names) {
            for run in fixture.trace.agents.runs where fixture.spans.contains(where: { $0.row.agentRun == run.number })
            {
                #expect(names.count { $0 == run.label } >= 1)
            }
        }
        var again = ChromeTraceExporter()
        #expect(again.bytes(fixtures) == bytes)
    }

    @Test("draws what real programs sent")
    func recorded() throws {
        for folder in Recordings.entries("clients") {
            var exporter = ChromeTraceExporter()
            #expect(try ChromeTraceFile(exporter.bytes(try ExportFixture.shared(folder))).faults == [], "\(folder)")
        }
    }

    @Test("gives spans that overlap without nesting a lane of their own")
    func lanes() throws {
        let file = try file([
            span(1, 0, 100), span(2, parent: 1, 10, 50), span(3, parent: 1, 40, 60), span(4, parent: 3, 45, 55),
            span(5, parent: 1, 60, 90), span(6, parent: 1, 61, 95),
        ])
        #expect(file.faults == [])
        let slices = file.events("X").map { ($0["args"]?["span_id"]?.string?.last ?? " ", $0["tid"]?.int ?? 0) }
        let lanes = Dictionary(uniqueKeysWithValues: slices)
        let first = lanes["1"]
        #expect(lanes["2"] == first && lanes["5"] == first)
        #expect(lanes["3"] != first && lanes["4"] == lanes["3"] && lanes["6"] == lanes["3"])
        #expect(file.threadNames.values.first == ["no agent", "no agent (2)"])
    }

    @Test("states times to the nanosecond, from the start of the trace")
    func times() throws {
        let start: Int64 = 1_700_000_000_123_456_789
        var exporter = ChromeTraceExporter()
        let text = exporter.text(
            ExportFixture.traces([span(1, start, start + 1_000_001), span(2, start + 7, start + 8)]))
        #expect(text.contains(#""ts":0.000,"dur":1000.001"#))
        #expect(text.contains(#""ts":0.007,"dur":0.001"#))
    }

    @Test("says of spans without an end, or with one before their start, why they have no length")
    func odd() throws {
        var exporter = ChromeTraceExporter()
        let fixtures = ExportFixture.traces([span(1, 5, nil), span(2, 9, 6), span(3, nil, 7), span(4, nil, nil)])
        let file = try ChromeTraceFile(exporter.bytes(fixtures))
        let slices = file.events("X")
        #expect(slices.count == 3 && slices.allSatisfy { $0["dur"]?.double == 0 })
        func arguments(_ id: String) -> JSONValue? { slices.first { $0["args"]?["span_id"]?.string == id }?["args"] }
        #expect(arguments("0000000000000001")?["unfinished"]?.bool == true)
        #expect(arguments("0000000000000002")?["duration_ns"]?.int == -3)
        #expect(arguments("0000000000000003")?["missing_start"]?.bool == true)
        #expect(exporter.remarks == ["1 spans without any time were left out"])
        #expect(file.document["otherData"]?["remarks"]?[0]?.string == exporter.remarks[0])
        #expect(file.document["otherData"]?["redaction"]?.string == "secrets")
    }

    @Test("draws links as arrows, and says which lead out of the trace")
    func links() throws {
        var linking = span(2, 50, 60)
        linking.links = [
            SpanLink(traceID: trace, spanID: SpanID(1)), SpanLink(traceID: trace, spanID: SpanID(9)),
            SpanLink(traceID: TraceID(high: 3, low: 4), spanID: SpanID(1)),
        ]
        var exporter = ChromeTraceExporter()
        let file = try ChromeTraceFile(exporter.bytes(ExportFixture.traces([span(1, 0, 20), linking])))
        #expect(file.faults == [])
        #expect(file.events("s").map { $0["name"]?.string } == ["link"])
        #expect(exporter.remarks.count == 1 && exporter.remarks[0].hasPrefix("2 links"))
    }

    @Test("leaves out what is unknown, and never says 0 for it")
    func unknown() throws {
        let call = Span(
            traceID: trace, spanID: SpanID(1), name: "chat", startUnixNano: 1, endUnixNano: 2,
            attributes: [
                Attribute("gen_ai.operation.name", .string("chat")), Attribute("gen_ai.usage.output_tokens", .int(0)),
            ])
        let arguments = try file([call]).events("X").first?["args"]
        #expect(arguments?["tokens_output"]?.int == 0)
        #expect(arguments?.members?.contains { $0.key == "tokens_input" } == false)
        #expect(try file([call]).events("C").isEmpty)
    }

    @Test("writes strict JSON with valid lanes for any spans", arguments: 0..<12 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        func below(_ limit: Int64) -> Int64 { Int64.random(in: 0..<limit, using: &random) }
        let spans = (0..<300).map { _ -> Span in
            let start = below(100)
            // Parents may be anybody, so that there are cycles and orphans; ids stand twice.
            var span = span(
                UInt64(1 + below(250)), parent: below(4) == 0 ? nil : UInt64(1 + below(300)),
                below(20) == 0 ? nil : start, below(20) == 0 ? nil : start - 3 + below(60),
                name: "\u{202E}\"\n</script>")
            if below(5) == 0 { span.links = [SpanLink(traceID: trace, spanID: SpanID(UInt64(1 + below(260))))] }
            if below(3) == 0 { span.attributes = [Attribute("gen_ai.agent.name", .string("a\(below(3))"))] }
            return span
        }
        let file = try file(spans)
        #expect(file.faults == [])
        #expect(!file.events("X").isEmpty)
    }

    @Test("takes the largest and smallest times")
    func extremes() throws {
        _ = try file([
            span(1, .min, .max), span(2, parent: 1, .max, .min), span(3, parent: 2, 0, .max), span(4, -1, -1),
        ])
    }
}
