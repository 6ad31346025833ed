import DemoIncidents
import FastJSON
import Foundation
import TestSupport
import Testing
import TraceDialect
import TraceExport
import TraceIngest
import TraceModel

@Suite("OTLP/JSON export") struct OTLPRoundTripTests {
    /// Equal to the last bit: a NaN is no difference, and 0 and -0 are one.
    private func isSame<Value>(_ a: Value, _ b: Value) -> Bool { String(reflecting: a) == String(reflecting: b) }

    private func unmarked(_ span: Span) -> Span {
        var span = span
        span.marks = []
        return span
    }

    @Test("gives back random spans, log records and streams", arguments: 0..<40 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var random = RandomRecords(seed: seed)
        // Ids are drawn from few, so that spans of a trace may share one; a reader tells their records apart by order.
        let traces = (0..<3).map { _ in random.trace() }
        let (bytes, remarks) = OTLPFile.write(traces)
        let read = try OTLPFile.Contents(bytes)
        let records = traces.flatMap { $0 }
        #expect(read.rejects.isEmpty && remarks.isEmpty)
        #expect(read.spans.count == records.count)
        for (record, span) in zip(records, read.spans) {
            var span = span
            span.marks = []
            #expect(isSame(record.span, span))
        }
        #expect(isSame(records.flatMap(\.logs), read.logs))
        let streams = records.filter { $0.stream?.isFromSpan == false }
        #expect(read.streams.count == streams.count)
        for (record, stream) in zip(streams, read.streams) {
            #expect(isSame(record.stream?.info, stream.info))
            #expect(record.stream?.chunks == stream.chunks)
            #expect(stream.owner == .span(record.span.traceID, record.span.spanID))
        }
    }

    @Test("gives the same bytes once more after they were read", arguments: 100..<120 as Range<UInt64>)
    func bytesAgain(seed: UInt64) throws {
        var random = RandomRecords(seed: seed)
        var traces = (0..<3).map { _ in random.trace() }
        // Of spans with one id nothing tells whose a log record is.
        for trace in traces.indices {
            for index in traces[trace].indices {
                let id = SpanID(UInt64(index + 1))
                traces[trace][index].span.spanID = id
                for log in traces[trace][index].logs.indices { traces[trace][index].logs[log].spanID = id }
            }
        }
        let first = OTLPFile.write(traces).bytes
        let second = OTLPFile.write(try OTLPFile.Contents(first).traces).bytes
        #expect(first == second)
    }

    @Test("gives back the demo with its log records and streams")
    func demo() throws {
        let data = DemoIncidents.build(endingAt: 1_795_000_000_000_000_000)
        let traces = OTLPFile.Contents(spans: data.spans, logs: data.logs, streams: data.streams).traces
        let first = OTLPFile.write(traces)
        let read = try OTLPFile.Contents(first.bytes)
        #expect(first.remarks.isEmpty && read.rejects.isEmpty)
        // Two spans of the demo have one id on purpose.
        #expect(read.spans.count == data.spans.count)
        #expect(read.logs.count == data.logs.count && read.streams.count == data.streams.count)
        // A decoder marks more than the demo does.
        #expect(isSame(traces.flatMap { $0 }.map { unmarked($0.span) }, read.spans.map(unmarked)))
        let streams = Dictionary(grouping: read.streams, by: { "\($0.owner)" })
        for stream in data.streams {
            let again = try #require(streams["\(stream.owner)"]?.first)
            #expect(again.info == stream.info && again.chunks == stream.chunks)
        }
        #expect(OTLPFile.write(read.traces).bytes == first.bytes)
    }

    @Test("gives back what real programs sent")
    func recorded() throws {
        for folder in Recordings.entries("clients") + ["otlp", "otlp/proto-examples"] {
            var read = OTLPFile.Contents(spans: [], logs: [], streams: [])
            // Log records are in files of their own.
            for path in Recordings.documents(folder) {
                let more = try OTLPFile.Contents(InputFile(path: path))
                read.spans += more.spans
                read.logs += more.logs
                read.streams += more.streams
            }
            #expect(!read.spans.isEmpty, "\(folder)")
            let first = OTLPFile.write(read.traces).bytes
            let again = try OTLPFile.Contents(first)
            #expect(again.rejects.isEmpty)
            #expect(isSame(read.traces.flatMap { $0 }.map(\.span), again.spans), "\(folder)")
            #expect(isSame(read.traces.flatMap { $0 }.flatMap(\.logs), again.logs), "\(folder)")
            #expect(OTLPFile.write(again.traces).bytes == first, "\(folder)")
        }
    }

    @Test("begins a line where resource, scope or trace change, and where it is full")
    func lines() throws {
        func span(_ id: Int, _ service: String, _ scope: String) -> ExportRecord {
            ExportRecord(
                span: Span(
                    traceID: TraceID(high: 1, low: 2), spanID: SpanID(UInt64(id)), name: "n", startUnixNano: 1,
                    endUnixNano: 2, resource: Resource(attributes: [Attribute("service.name", .string(service))]),
                    scope: InstrumentationScope(name: scope)))
        }
        let trace = [span(1, "a", "x"), span(2, "a", "x"), span(3, "b", "x"), span(4, "b", "y")]
        #expect(lineCounts(OTLPFile.write([trace, trace]).bytes) == [2, 1, 1, 2, 1, 1])
        let many = (1...600).map { span($0, "a", "x") }
        #expect(lineCounts(OTLPFile.write([many]).bytes) == [256, 256, 88])
        var large = (1...5).map { span($0, "a", "x") }
        for index in large.indices {
            large[index].span.attributes = [Attribute("k", .string(String(repeating: "t", count: 600_000)))]
        }
        #expect(lineCounts(OTLPFile.write([large]).bytes) == [2, 2, 1])
    }

    private func lineCounts(_ bytes: [UInt8]) -> [Int] {
        bytes.split(separator: 0x0A).map { line in
            let json = try? JSONValue(parsing: String(decoding: line, as: UTF8.self))
            return json?["resourceSpans"]?[0]?["scopeSpans"]?[0]?["spans"]?.elements?.count ?? -1
        }
    }

    @Test("writes the records of proto3's JSON form, and nothing for what is unset")
    func form() throws {
        let span = Span(
            traceID: TraceID(high: 1, low: 0xABC), spanID: SpanID(16), name: "n", otelKind: .client,
            startUnixNano: nil, endUnixNano: 5, status: SpanStatus(.error),
            attributes: [
                Attribute("i", .int(.min)), Attribute("e", .empty), Attribute("b", .bytes([255, 254])),
                Attribute("d", .double(-.infinity)), Attribute("a", .array([.map([Attribute("k", .bool(true))])])),
                Attribute("none", .map([])),
            ])
        #expect(
            String(decoding: OTLPFile.write([[ExportRecord(span: span)]]).bytes, as: UTF8.self)
                == #"{"resourceSpans":[{"resource":{},"scopeSpans":[{"scope":{},"spans":["#
                + #"{"traceId":"00000000000000010000000000000abc","spanId":"0000000000000010","name":"n","kind":3,"#
                + #""endTimeUnixNano":"5","attributes":[{"key":"i","value":{"intValue":"-9223372036854775808"}},"#
                + #"{"key":"e","value":{}},{"key":"b","value":{"bytesValue":"//4="}},"#
                + #"{"key":"d","value":{"doubleValue":"-Infinity"}},"#
                + #"{"key":"a","value":{"arrayValue":{"values":[{"kvlistValue":{"values":["#
                + #"{"key":"k","value":{"boolValue":true}}]}}]}}},"#
                + #"{"key":"none","value":{"kvlistValue":{"values":[]}}}],"status":{"code":2}}]}]}]}"# + "\n")
    }

    @Test("says what OTLP cannot: times before the epoch, links to nothing, unknown numbers, parts")
    func losses() {
        var span = Span(
            traceID: TraceID(high: 1, low: 2), spanID: SpanID(3), name: "n", startUnixNano: -1, endUnixNano: 0,
            links: [SpanLink(traceID: TraceID(high: 0, low: 0), spanID: SpanID(1))])
        span.marks = .unknownEnum
        let (bytes, remarks) = OTLPFile.write([[ExportRecord(span: span)]], part: "one span")
        #expect(remarks.count == 4)
        #expect(!String(decoding: bytes, as: UTF8.self).contains("Time"))
    }

    @Test("writes a stream as the attributes that the convention has for it", arguments: 0..<20 as Range<UInt64>)
    func streamAttributes(seed: UInt64) throws {
        var random = RandomRecords(seed: seed)
        var stream = random.stream()
        stream.isFromSpan = false
        let span = Span(
            traceID: TraceID(high: 1, low: 2), spanID: SpanID(3), name: "n", startUnixNano: 4, endUnixNano: 5)
        let written = OTLPFile.write([[ExportRecord(span: span, stream: stream)]]).bytes
        // The same record with another event name is an ordinary log record.
        let renamed = String(decoding: written, as: UTF8.self).replacing("spandrel.stream", with: "other")
        let log = try #require(try OTLPFile.Contents(Array(renamed.utf8)).logs.first)
        let recorded = RecordedStream(span: span, info: stream.info, chunks: stream.chunks)
        let expected = StreamAttributes.attributes(of: recorded)
        #expect(
            isSame(log.event.attributes.filter { $0.value != .array([]) }, expected.filter { $0.value != .array([]) }))
    }
}
