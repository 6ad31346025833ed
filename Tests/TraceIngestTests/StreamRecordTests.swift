import TestSupport
import Testing
import TraceIngest
import TraceModel

/// Streams that travel as log records of our own scope.
@Suite("Streams carried by log records")
struct StreamRecordTests {
    private let trace = TraceID(high: 1, low: 2)
    private let span = SpanID(3)

    private let info = StreamInfo(
        startUnixNano: 5, durationNanos: 9, timing: .measured, clock: "c", endCause: .finished, finishReason: "stop",
        tokensBilled: 2, source: "record", droppedChunks: 1, remarks: ["odd"])
    private let chunks = StreamChunks([
        StreamChunk(offsetNanos: 1, kind: .text, text: "hi"), StreamChunk(offsetNanos: nil, kind: .terminal, text: ""),
    ])

    /// The scope stands where the records are known only when it comes, as OTLP/JSON allows.
    private func document(scope: String, event: String = "spandrel.stream") -> String {
        func string(_ key: String, _ text: String) -> String {
            #"{"key":"\#(key)","value":{"stringValue":"\#(text)"}}"#
        }
        func int(_ key: String, _ number: Int) -> String { #"{"key":"\#(key)","value":{"intValue":"\#(number)"}}"# }
        func array(_ key: String, _ values: String) -> String {
            #"{"key":"\#(key)","value":{"arrayValue":{"values":[\#(values)]}}}"#
        }
        let whole = "gen_ai.response.stream."
        let attributes = [
            int(whole + "start_unix_nano", 5), int(whole + "duration_ns", 9), string(whole + "timing", "measured"),
            string(whole + "clock", "c"), string(whole + "end_cause", "finished"),
            string(whole + "finish_reason", "stop"), int(whole + "tokens_billed", 2),
            string(whole + "source", "record"), int(whole + "dropped_chunks", 1),
            array(whole + "remarks", #"{"stringValue":"odd"}"#),
            array("gen_ai.response.chunks.offset_ns", #"{"intValue":"1"},{}"#),
            array("gen_ai.response.chunks.kind", #"{"stringValue":"text"},{"stringValue":"terminal"}"#),
            array("gen_ai.response.chunks.text", #"{"stringValue":"hi"},{"stringValue":""}"#),
        ]
        return """
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"\(trace.hex)","spanId":"\(span.hex)",
            "eventName":"\(event)","attributes":[\(attributes.joined(separator: ","))]}],"scope":{"name":"\(scope)"}}]}]}
            """
    }

    @Test("become the stream again, whole, with the span that it belongs to")
    func json() throws {
        let decoded = try Decoded(document(scope: "spandrel"))
        let stream = try #require(decoded.streams.first)
        #expect(decoded.logs.isEmpty && decoded.rejects.isEmpty && decoded.summary.streams == 1)
        #expect(stream.info == info && stream.chunks == chunks && stream.owner == .span(trace, span))
    }

    @Test("become streams from protobuf too")
    func protobuf() throws {
        func attribute(_ log: inout WireWriter, _ key: String, _ value: (inout WireWriter) -> Void) {
            log.message(6) { pair in
                pair.text(1, key)
                pair.message(2, value)
            }
        }
        let body = WireWriter { body in
            body.message(1) { group in
                group.message(2) { scoped in
                    scoped.message(1) { $0.text(1, "spandrel") }
                    scoped.message(2) { log in
                        log.fixed64(1, 7)
                        log.data(9, Array(repeating: 0, count: 7) + [1] + Array(repeating: 0, count: 7) + [2])
                        log.data(10, Array(repeating: 0, count: 7) + [3])
                        log.text(12, "spandrel.stream")
                        attribute(&log, "gen_ai.response.stream.source") { $0.text(1, "record") }
                        attribute(&log, "gen_ai.response.chunks.kind") { value in
                            value.message(5) { $0.message(1) { $0.text(1, "text") } }
                        }
                        attribute(&log, "gen_ai.response.chunks.text") { value in
                            value.message(5) { $0.message(1) { $0.text(1, "hi") } }
                        }
                    }
                }
            }
        }
        let decoded = try Decoded(body.bytes, name: "x_logs.pb")
        let stream = try #require(decoded.streams.first)
        #expect(decoded.logs.isEmpty && decoded.rejects.isEmpty)
        #expect(stream.owner == .span(trace, span) && stream.info == StreamInfo(source: "record"))
        #expect(stream.chunks == StreamChunks([StreamChunk(offsetNanos: nil, kind: .text, text: "hi")]))
    }

    @Test(
        "are log records where another program wrote them",
        arguments: [("other", "spandrel.stream"), ("spandrel", "x")])
    func foreign(scope: String, event: String) throws {
        let decoded = try Decoded(document(scope: scope, event: event))
        #expect(decoded.streams.isEmpty && decoded.logs.map(\.event.name) == [event])
    }

    @Test("stand in for a span that is not there under ids of their own, the same each time")
    func standIn() throws {
        let first = try #require(try Decoded(document(scope: "spandrel")).streams.first)
        let second = try #require(try Decoded(document(scope: "spandrel")).streams.first)
        #expect(first.span == second.span)
        #expect(first.span.traceID != trace && first.span.spanID != span)
        #expect(first.span.startUnixNano == 5 && first.span.endUnixNano == 14)
    }
}
