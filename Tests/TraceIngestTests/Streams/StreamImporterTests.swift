import Testing
import TraceDialect
import TraceIngest
import TraceModel

@Suite("Importers of recorded streams")
struct StreamImporterTests {
    private static func delta(_ text: String) -> String {
        #"{"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"\#(text)"}}]}"#
    }

    private static let body = "data: \(delta("a"))\n\ndata: \(delta("b"))\n\ndata: [DONE]\n\n"

    private func text(_ stream: RecordedStream) -> String {
        stream.chunks.filter { $0.kind == .text }.map(\.text).joined()
    }

    @Test("server-sent events: no time, ids out of the content")
    func serverSentEvents() throws {
        let first = try Decoded(Array(Self.body.utf8), name: "x.sse")
        let second = try Decoded(Array(Self.body.utf8), name: "other")
        let stream = try #require(first.streams.first)
        #expect(first.streams == second.streams && first.streams.count == 1 && first.rejects.isEmpty)
        #expect(text(stream) == "ab")
        #expect(stream.owner == .responseID("c1"))
        #expect(stream.info.timing == .none && stream.info.clock == nil && stream.info.source == "sse")
        #expect(stream.info.endCause == .finished && stream.info.wireProtocol == "openai.chat")
        #expect(stream.span.startUnixNano == nil && stream.span.marks.contains(.missingStart))
        #expect(stream.span.traceID.isValid && stream.span.spanID.isValid)
        let facts = Dialect.facts(of: stream.span)
        #expect(facts.kind == .llm && facts.responseID == "c1" && facts.modelResolved == "m")
        #expect(Dialect.content(of: stream.span).outputMessages.first?.parts == [.text("ab")])
        let cut = try Decoded(Array(Self.body.utf8.dropLast(20)), name: "x.sse")
        #expect(cut.streams.first?.info.endCause == .connectionDropped)
        #expect(cut.streams.first?.span.spanID != stream.span.spanID)
    }

    @Test("timed lines: offsets from the first, kept as measured, bad lines rejected by line")
    func timed() throws {
        let piece = { (text: String) in #""bytes":"data: \#(Self.delta(text).replacing("\"", with: "\\\""))\n\n""# }
        let lines = [
            #"{"t_unix_ns":1000,\#(piece("a"))}"#, #"{"t_unix_ns":3000,\#(piece("b"))}"#, "{broken", #"{"x":1}"#,
            #"{"t_unix_ns":2000,\#(piece("c"))}"#,
        ]
        let decoded = try Decoded(Array(lines.joined(separator: "\n").utf8), name: "x.jsonl")
        let stream = try #require(decoded.streams.first)
        #expect(stream.chunks.offsets == [0, 2000, 1000])
        #expect(stream.info.timing == .measured && stream.info.startUnixNano == 1000)
        #expect(!stream.info.isRequestTimeKnown)
        #expect(stream.info.durationNanos == 2000 && stream.span.endUnixNano == 3000)
        #expect(stream.info.remarks.contains { $0.contains("steps back") })
        #expect(stream.info.endCause == .connectionDropped)
        #expect(decoded.rejects.map(\.line) == [3, 4])
    }

    @Test("Ollama: the times it states, the request by the stated duration")
    func ollama() throws {
        let lines = [
            #"{"model":"m","created_at":"2026-08-07T06:08:14.5Z","message":{"role":"assistant","content":"a"},"done":false}"#,
            #"{"model":"m","created_at":"2026-08-07T06:08:15.25Z","message":{"role":"assistant","content":"b"},"done":true,"done_reason":"stop","total_duration":1000000000,"eval_count":2}"#,
        ]
        let decoded = try Decoded(Array(lines.joined(separator: "\n").utf8), name: "x.ndjson")
        let stream = try #require(decoded.streams.first)
        #expect(stream.info.isRequestTimeKnown)
        #expect(stream.chunks.offsets.prefix(2) == [250_000_000, 1_000_000_000])
        #expect(stream.info.durationNanos == 1_000_000_000 && stream.info.tokensBilled == 2)
        #expect(stream.info.source == "ollama" && text(stream) == "ab")
    }

    @Test("HAR: event sources and WebSockets with times, bodies without, others left alone")
    func har() throws {
        let data = Self.delta("a").replacing("\"", with: "\\\"")
        let request =
            #""request":{"method":"POST","url":"https://api.openai.com/v1/chat/completions","postData":{"text":"{\"model\":\"q\"}"}}"#
        let entries = [
            #"{"startedDateTime":"2026-01-01T00:00:00Z","time":2000,\#(request),"response":{"status":200,"content":{}},"_eventSourceMessages":[{"time":1767225601.5,"eventName":"","data":"\#(data)"}]}"#,
            #"{"startedDateTime":"2026-01-01T00:00:00Z",\#(request),"response":{},"_webSocketMessages":[{"type":"send","time":1767225601,"data":"x"},{"type":"receive","time":1767225602,"data":"\#(data)"}]}"#,
            #"{"startedDateTime":"2026-01-01T00:00:00Z","time":1,\#(request),"response":{"content":{"mimeType":"text/event-stream","text":"data: \#(data)\n\n"}}}"#,
            #"{"request":{"method":"GET","url":"https://example.com/"},"response":{"content":{"mimeType":"text/html","text":"<html></html>"}}}"#,
        ]
        let decoded = try Decoded("{\"log\":{\"entries\":[\(entries.joined(separator: ","))]}}", name: "x.har")
        #expect(decoded.streams.map { $0.chunks.offsets.first } == [1_500_000_000, 1_000_000_000, Int64.min])
        #expect(decoded.streams.map(\.info.timing) == [.measured, .measured, .none])
        #expect(decoded.streams.allSatisfy { $0.span.attributes.value(of: "gen_ai.request.model") == .string("q") })
        #expect(decoded.rejects.isEmpty)
        let foreign = try Decoded("{\"log\":{\"entries\":[\(entries[3])]}}", name: "x.har")
        #expect(
            foreign.streams.isEmpty
                && foreign.rejects.map(\.reason) == ["no response of a model among 1 HTTP exchanges"])
        let broken = try Decoded("{\"log\":{\"entries\":[", name: "x.har")
        #expect(broken.rejects.count == 1)
    }

    @Test("cassettes: text, binary and parsed bodies; faults by line")
    func cassette() throws {
        let yaml = """
            interactions:
            - request:
                method: POST
                parsed_body: {model: q, stream: true, temperature: 0.5}
                uri: https://api.openai.com/v1/chat/completions
              response:
                headers: {content-type: [text/event-stream]}
                body:
                  string: !!binary |
                    \(base64(Self.body))
                status: {code: 200}
            - request: {method: POST, body: '{"model":"q"}', uri: 'https://api.openai.com/v1/chat/completions'}
              response:
                headers: {content-type: [application/json]}
                parsed_body:
                  object: chat.completion
                  choices: [{index: 0, message: {role: assistant, content: hi}, finish_reason: stop}]
            version: 1
            """
        let decoded = try Decoded(yaml, name: "x.yaml")
        #expect(decoded.rejects.isEmpty)
        #expect(decoded.streams.count == 1 && decoded.spans.count == 1)
        #expect(decoded.streams.first.map(text) == "ab")
        #expect(decoded.streams.first?.span.attributes.value(of: "gen_ai.request.temperature") == .double(0.5))
        let broken = try Decoded("interactions:\n- [\n", name: "x.yaml")
        #expect(broken.rejects.first?.reason.hasPrefix("invalid YAML") == true)
    }

    private func base64(_ text: String) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let bytes = Array(text.utf8)
        var out = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 { out.append(place <= group.count ? digits[word >> (18 - 6 * place) & 63] : "=") }
        }
        return out
    }

    @Test("Claude's lines: a stream a message, agents side by side kept apart")
    func claude() throws {
        func line(_ agent: String, _ event: String) -> String {
            #"{"type":"stream_event","session_id":"s","parent_tool_use_id":\#(agent),"event":\#(event)}"#
        }
        func delta(_ text: String) -> String {
            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\#(text)"}}"#
        }
        let lines = [
            #"{"type":"system","subtype":"init","session_id":"s"}"#,
            line("null", #"{"type":"message_start","message":{"id":"m1","model":"c"}}"#), line("null", delta("a")),
            line("\"t\"", #"{"type":"message_start","message":{"id":"m2","model":"c"}}"#), line("\"t\"", delta("x")),
            line("null", delta("b")), line("null", #"{"type":"message_stop"}"#), line("\"t\"", delta("y")),
        ]
        let decoded = try Decoded(Array(lines.joined(separator: "\n").utf8), name: "x.jsonl")
        #expect(decoded.streams.map(text) == ["ab", "xy"])
        #expect(decoded.streams.map(\.owner) == [.responseID("m1"), .responseID("m2")])
        #expect(decoded.streams.map(\.info.endCause) == [.finished, .unknown])
        #expect(Dialect.facts(of: decoded.streams[0].span).session == "s")
        let bare = try Decoded(lines[0] + "\n", name: "x.jsonl")
        #expect(bare.rejects.count == 1 && bare.streams.isEmpty)
    }

    @Test("LangSmith, ADK, MLflow and Gemini's replay lines")
    func others() throws {
        let run =
            #"{"id":"r","run_type":"llm","start_time":"2026-01-01T00:00:00","end_time":"2026-01-01T00:00:02","events":[{"name":"start","time":"2026-01-01T00:00:00"},{"name":"new_token","time":"2026-01-01T00:00:00.5","kwargs":{"token":"a"}},{"name":"new_token","time":"2026-01-01T00:00:01","kwargs":{"token":"b"}}]}"#
        let langSmith = try #require(try Decoded(run).streams.first)
        #expect(langSmith.chunks.offsets == [500_000_000, 1_000_000_000] && text(langSmith) == "ab")
        #expect(langSmith.info.isRequestTimeKnown && langSmith.info.endCause == .finished)

        func event(_ partial: Bool, _ time: String, _ text: String) -> String {
            #"{"author":"agent","invocationId":"i","partial":\#(partial),"timestamp":\#(time),"content":{"role":"model","parts":[{"text":"\#(text)"}]}}"#
        }
        let adk = try Decoded(
            [event(true, "10.0", "a"), event(true, "10.25", "b"), event(false, "10.5", "ab")]
                .joined(separator: "\n"), name: "x.jsonl")
        #expect(adk.streams.map(text) == ["ab"])
        #expect(adk.streams.first?.chunks.offsets == [0, 250_000_000, 500_000_000])
        #expect(adk.streams.first?.info.endCause == .finished)

        let value = Self.delta("a").replacing("\"", with: "\\\"")
        let mlflow = try Decoded(
            #"{"info":{},"data":{"spans":[{"name":"x","start_time_unix_nano":1000,"end_time_unix_nano":5000,"events":[{"name":"mlflow.chunk.item.0","time_unix_nano":1500,"attributes":{"mlflow.chunk.value":"\#(value)"}}]}]}}"#
        )
        #expect(mlflow.streams.first?.chunks.offsets == [500] && mlflow.streams.first?.info.source == "mlflow")

        let gemini = try Decoded(
            #"{"method":"generateContentStream","response":[{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}]}]}"#
                + "\n{bad\n", name: "x.responses")
        #expect(gemini.streams.map(text) == ["a"] && gemini.rejects.map(\.line) == [2])
    }

    @Test(
        "formats by content",
        arguments: [
            ("data: {}\n\n", InputFormat.sse), (": hi\n\nevent: x\n", .sse),
            ("---\nversion: 1\ninteractions: []\n", .vcr),
            (#"{"type":"message_start","message":{}}"#, .chunks), (delta("a"), .chunks),
        ])
    func formats(_ text: String, _ expected: InputFormat) throws {
        let file = try TemporaryFile(Array(text.utf8), name: "x.unknown")
        let automatic = try Decoded(file.input)
        let forced = try Decoded(file.input, format: expected)
        #expect(automatic.streams == forced.streams && automatic.rejects == forced.rejects)
        #expect(!automatic.rejects.contains { $0.reason.hasPrefix("not OTLP") })
    }
}
