import Foundation
import TestSupport
import Testing
import TraceDialect
import TraceModel

@testable import TraceIngest

/// What the real programs write: Phoenix 20.26, opik 2.2, OpenHands 1.21.
@Suite("Exports that the real programs made")
struct ExportRecordingTests {
    private func decoded(_ name: String) throws -> Decoded {
        try Decoded(InputFile(path: Recordings.ownPath("exports/" + name)))
    }

    private func facts(_ decoded: Decoded, _ kind: SpanKind) -> [SpanFacts] {
        decoded.spans.map { Dialect.facts(of: $0) }.filter { $0.kind == kind }
    }

    @Test(
        "Phoenix: spans of its API, the same as OTLP, rows of its data frame",
        arguments: ["phoenix-spans.json", "phoenix-otlp.json", "phoenix-frame.jsonl"])
    func phoenix(file: String) throws {
        let decoded = try decoded(file)
        #expect(decoded.rejects == [] && decoded.spans.count == 3, "\(decoded.rejects)")
        #expect(Set(decoded.spans.map(\.traceID.hex)) == ["0478273624746cb52c2fdec28a9ed26e"])
        let call = try #require(facts(decoded, .llm).first)
        #expect(call.tokens.input == 11 && call.tokens.output == 7 && call.modelRequested == "gpt-4o-mini")
        #expect(facts(decoded, .agent).map(\.agentName) == ["weather"])
        let tool = try #require(decoded.spans.first { Dialect.facts(of: $0).kind == .tool })
        #expect(tool.status == SpanStatus(.error, message: "ValueError: no such city"))
        #expect(tool.events.map(\.name) == ["exception"] && tool.parentSpanID?.hex == "73dacb2c209fd793")
        let span = try #require(decoded.spans.first { Dialect.facts(of: $0).kind == .llm })
        let content = Dialect.content(of: span)
        #expect(content.inputMessages.map(\.parts) == [[.text("What is the weather in Oslo?")]])
        #expect(
            content.outputMessages.first?.parts == [
                .toolCall(id: "call_1", name: "get_weather", arguments: #"{"city":"Oslo"}"#)
            ])
    }

    @Test(
        "Opik: what has no error has not failed, and parts of the sums are told",
        arguments: [
            ("opik-trace.json", 4), ("opik-spans.json", 3),
        ])
    func opik(file: String, spans: Int) throws {
        let decoded = try decoded(file)
        #expect(decoded.rejects == [] && decoded.spans.count == spans)
        #expect(decoded.spans.filter { $0.status.code == .error }.map(\.name) == ["get_weather"])
        let call = try #require(facts(decoded, .llm).first)
        #expect(call.tokens == TokenUsage(input: 11, output: 7, cacheRead: 4, reasoning: 2))
        #expect(call.timeToFirstChunkNanos == 180_500_000)
        #expect(facts(decoded, .tool).map(\.errorType) == ["ValueError"])
    }

    @Test("OpenHands: a folder with a file for each event is one trace, with the tokens beside it")
    func openHands() throws {
        let discovery = InputDiscovery(arguments: [Recordings.ownPath("exports/openhands")])
        #expect(discovery.problems == [] && discovery.skippedCount == 0)
        #expect(discovery.inputs.map(\.name) == ["event-00000-1792bcba-9772-4775-be03-ea926b1676dd.json"])
        let input = try #require(discovery.inputs.first)
        #expect(input.parts.count == 7 && input.parts.last?.hasSuffix("base_state.json") == true)
        let decoded = try Decoded(input)
        #expect(decoded.rejects == [] && Set(decoded.spans.map(\.traceID)).count == 1)
        let calls = facts(decoded, .llm)
        #expect(calls.map(\.tokens.input) == [12_726, 12_827] && calls.map(\.tokens.output) == [46, 47])
        #expect(calls.map(\.tokens.cacheRead) == [12_600, 12_700])
        #expect(calls.allSatisfy { $0.modelRequested == "openai/gpt-4o" })
        #expect(facts(decoded, .tool).map(\.toolName) == ["add", "boom"])
        let call = try #require(decoded.spans.first { Dialect.facts(of: $0).kind == .llm })
        // The state tells how long the model took.
        let duration = try #require(call.endUnixNano.flatMap { end in call.startUnixNano.map { end - $0 } })
        #expect(abs(duration - 3_614_591_360) < 1_000)
        #expect(facts(decoded, .agent).map(\.session) == ["41c290ce-3f04-48c2-8fea-94a5fbe0a0b1"])
    }

    @Test("OpenHands before: numbered files in the order of their numbers, pages of the same left out")
    func numberedEvents() throws {
        func event(_ number: Int, _ rest: String) -> String {
            #"{"id":\#(number),"timestamp":"2026-11-24T10:00:0\#(number % 10)","source":"agent",\#(rest)}"#
        }
        let folder = try InputDiscoveryTests.Folder([
            "s1/events/10.json": event(10, #""action":"message","args":{"content":"last"}"#),
            "s1/events/2.json": event(2, #""observation":"run","cause":1,"content":"out","extras":{"exit_code":0}"#),
            "s1/events/1.json": event(1, #""action":"run","args":{"command":"ls","thought":"first"}"#),
            "s1/event_cache/0-25.json": "[" + event(1, #""action":"run","args":{}"#) + "]",
            "s2/events/0.json": event(0, #""action":"message","args":{"content":"hi"}"#),
            // Others number their files too: those stay files of their own.
            "other/events/0.json": #"{"resourceSpans":[]}"#, "other/events/1.json": #"{"resourceSpans":[]}"#,
        ])
        let discovery = InputDiscovery(arguments: [folder.path])
        #expect(
            folder.names(discovery) == [
                "other/events/0.json", "other/events/1.json", "s1/events/1.json", "s2/events/0.json",
            ])
        #expect(discovery.skippedCount == 1)
        let input = try #require(discovery.inputs.first { $0.displayName.contains("s1") })
        #expect(input.parts.map { $0.suffix(7) } == ["/2.json", "10.json"])
        let decoded = try Decoded(input)
        #expect(decoded.rejects == [] && Set(decoded.spans.map(\.traceID)).count == 1 && decoded.spans.count == 4)
        // A file that went away in between is an error of reading.
        try FileManager.default.removeItem(atPath: folder.path + "/s1/events/10.json")
        #expect(throws: IngestError.self) { try Decoded(input) }
    }

    @Test("keys of a value that are not meant are null, before and behind the one that is")
    func nullsBesideAValue() throws {
        func value(_ members: String) throws -> AttributeValue? {
            let text = """
                {"data":[{"trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331","name":"n",
                "start_time_unix_nano":1,"end_time_unix_nano":2,
                "attributes":[{"key":"k","value":{\(members)}}]}],"next_cursor":null}
                """
            let decoded = try Decoded(text)
            #expect(decoded.rejects == [])
            return decoded.spans.first?.attributes.value(of: "k")
        }
        #expect(try value(#""string_value":null,"int_value":7,"double_value":null"#) == .int(7))
        #expect(try value(#""int_value":null,"string_value":"","bool_value":null"#) == .string(""))
        let nested = #""array_value":{"values":[{"int_value":1,"string_value":null}]},"string_value":null"#
        #expect(try value(nested) == .array([.int(1)]))
        #expect(try value(#""int_value":null,"string_value":null"#) == .empty)
    }

    @Test("a list within a list of answers is no span, however deep")
    func nestedAnswers() throws {
        let deep = String(repeating: #"{"data":["#, count: 400) + String(repeating: "]}", count: 400)
        #expect(try Decoded(deep).spans == [])
    }
}
