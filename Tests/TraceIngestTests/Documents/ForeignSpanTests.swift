import Testing
import TraceDialect
import TraceIngest
import TraceModel

@Suite("Spans in the forms of other products")
struct ForeignSpanTests {
    private let trace = "0af7651916cd43dd8448eb211c80319c"
    private let id = "b7ad6b7169203331"

    @Test("Jaeger: tags, logs, references, processes, status")
    func jaeger() throws {
        let decoded = try Decoded(
            """
            {"data":[{"traceID":"\(trace)","spans":[{"traceID":"\(trace)","spanID":"\(id)","operationName":"chat m-1",
            "references":[{"refType":"CHILD_OF","traceID":"\(trace)","spanID":"00f067aa0ba902b7"},
            {"refType":"FOLLOWS_FROM","traceID":"\(trace)","spanID":"00f067aa0ba902b8"}],
            "startTime":1795500000000000,"duration":1500,"processID":"p1",
            "tags":[{"key":"span.kind","type":"string","value":"client"},{"key":"error","type":"bool","value":true},
            {"key":"otel.status_description","type":"string","value":"too slow"},
            {"key":"otel.scope.name","type":"string","value":"lib"},
            {"key":"gen_ai.operation.name","type":"string","value":"chat"},
            {"key":"gen_ai.usage.input_tokens","type":"int64","value":12}],
            "logs":[{"timestamp":1795500000000700,"fields":[{"key":"event","type":"string","value":"first"},
            {"key":"n","type":"int64","value":3}]}]}],
            "processes":{"p1":{"serviceName":"svc","tags":[{"key":"host.name","type":"string","value":"h"}]}}}]}
            """)
        let span = try #require(decoded.spans.first)
        #expect(decoded.rejects == [] && decoded.spans.count == 1)
        #expect(span.traceID.hex == trace && span.spanID.hex == id && span.parentSpanID?.hex == "00f067aa0ba902b7")
        #expect(span.links.map(\.spanID.hex) == ["00f067aa0ba902b8"])
        #expect(span.startUnixNano == 1_795_500_000_000_000_000 && span.endUnixNano == 1_795_500_000_001_500_000)
        #expect(span.otelKind == .client && span.status == SpanStatus(.error, message: "too slow"))
        #expect(span.scope.name == "lib" && span.resource.serviceName == "svc")
        #expect(span.resource.attributes.value(of: "host.name")?.stringValue == "h")
        #expect(span.events.first?.name == "first" && span.events.first?.attributes == [Attribute("n", .int(3))])
        #expect(Dialect.facts(of: span).kind == .llm && Dialect.facts(of: span).tokens.input == 12)
    }

    @Test("Zipkin: short ids, microseconds, shared lists of lists")
    func zipkin() throws {
        let span = """
            {"traceId":"8448eb211c80319c","id":"b7ad6b7169203331","parentId":"00f067aa0ba902b7","name":"get",
            "kind":"SERVER","timestamp":1795500000000000,"duration":250,"localEndpoint":{"serviceName":"svc"},
            "annotations":[{"timestamp":1795500000000100,"value":"retry"}],
            "tags":{"error":"boom","gen_ai.operation.name":"execute_tool","gen_ai.tool.name":"t"}}
            """
        for text in ["[\(span)]", "[[\(span)]]", span.split(separator: "\n").joined() + "\n"] {
            let decoded = try Decoded(text)
            let span = try #require(decoded.spans.first)
            #expect(decoded.rejects == [] && decoded.spans.count == 1)
            #expect(
                span.traceID.hex == "00000000000000008448eb211c80319c" && span.endUnixNano == 1_795_500_000_000_250_000)
            #expect(span.otelKind == .server && span.status == SpanStatus(.error, message: "boom"))
            #expect(span.events.map(\.name) == ["retry"] && Dialect.facts(of: span).kind == .tool)
        }
    }

    @Test("Zipkin: a span without ids is told with its place")
    func zipkinFault() throws {
        let decoded = try Decoded(
            #"[{"traceId":"8448eb211c80319c","name":"n","id":"a1b2c3d4e5f60718","localEndpoint":{}},{"traceId":7,"id":1}]"#
        )
        #expect(decoded.spans.count == 1 && decoded.rejects.map(\.line) == [1])
    }

    @Test("the console exporter: NaN, log lines between, log records")
    func console() throws {
        let decoded = try Decoded(
            """
            2026-11-24 INFO start
            {
                "name": "chat",
                "context": {"trace_id": "0x\(trace)", "span_id": "0x\(id)", "trace_state": "[]"},
                "kind": "SpanKind.CLIENT",
                "parent_id": null,
                "start_time": "2026-11-24T10:00:00.000000Z",
                "end_time": null,
                "status": {"status_code": "ERROR", "description": "why"},
                "attributes": {"a": [NaN, -Infinity], "m": {"k": [1, {"x": true}]}},
                "events": [{"name": "e", "timestamp": "2026-11-24T10:00:00.500000Z", "attributes": {}}],
                "links": [], "resource": {"attributes": {"service.name": "svc"}, "schema_url": "s"}
            }
            another line
            {"body": "hello", "severity_number": 9, "attributes": {}, "timestamp": "2026-11-24T10:00:00.600000Z",
             "trace_id": "0x\(trace)", "span_id": "0x\(id)"}
            """)
        let span = try #require(decoded.spans.first)
        #expect(decoded.spans.count == 1 && decoded.rejects.map(\.line) == [1, 14], "\(decoded.rejects)")
        #expect(span.traceState == "" && span.marks.contains(.unfinished) && span.resource.schemaURL == "s")
        #expect(span.status == SpanStatus(.error, message: "why") && span.otelKind == .client)
        #expect(
            span.attributes.value(of: "m")
                == .map([Attribute("k", .array([.int(1), .map([Attribute("x", .bool(true))])]))]))
        #expect(decoded.logs.map(\.event.body) == [.string("hello")])
    }

    @Test("Langfuse: lines of the blob export, in snake case, without a clock that nobody stated")
    func langfuseLines() throws {
        let decoded = try Decoded(
            """
            {"id":"1f0c6d2e-0000-4000-8000-000000000001","trace_id":"t-1","project_id":"p","type":"GENERATION","parent_observation_id":null,"start_time":"2026-11-24 10:00:00.000","end_time":"2026-11-24 10:00:02.500","name":"answer","level":"ERROR","status_message":"no","input":"[{\\"role\\":\\"user\\",\\"content\\":\\"hi\\"}]","output":"\\"bye\\"","provided_model_name":"m-1","usage_details":{"input":7,"output":2},"completion_start_time":"2026-11-24 10:00:01.000","session_id":"s","metadata":{}}
            {"id":"b7ad6b7169203331","trace_id":"t-1","project_id":"p","type":"TOOL","parent_observation_id":"1f0c6d2e-0000-4000-8000-000000000001","start_time":null,"name":"look","input":"{\\"q\\":1}","output":"found","usage_details":{}}
            """, name: "observations.jsonl")
        let call = try #require(decoded.spans.first)
        let tool = try #require(decoded.spans.last)
        #expect(decoded.rejects == [] && decoded.spans.count == 2, "\(decoded.rejects)")
        let facts = Dialect.facts(of: call)
        #expect(facts.kind == .llm && facts.modelRequested == "m-1" && facts.session == "s" && facts.isError)
        #expect(facts.tokens.input == 7 && facts.tokens.output == 2 && facts.timeToFirstChunkNanos == 1_000_000_000)
        #expect(call.attributes.value(of: "langfuse.observation.id") != nil)
        #expect(Dialect.content(of: call).outputMessages.first?.parts == [.text("bye")])
        #expect(Dialect.content(of: call).inputMessages.map(\.role) == ["user"])
        #expect(tool.parentSpanID == call.spanID && tool.traceID == call.traceID && tool.startUnixNano == nil)
        #expect(Dialect.facts(of: tool).toolName == "look" && Dialect.content(of: tool).toolResult == "found")
    }

    @Test("Tempo's answers, bare resource groups and spans, in camel and in snake case")
    func otlpParts() throws {
        let span =
            #"{"traceId":"\#(trace)","spanId":"\#(id)","name":"n","startTimeUnixNano":"1","endTimeUnixNano":"2"}"#
        let snake =
            #"{"trace_id":"\#(trace)","span_id":"\#(id)","name":"n","start_time_unix_nano":"1","end_time_unix_nano":"2"}"#
        let group = #"{"resource":{"attributes":[]},"scopeSpans":[{"spans":[\#(span)]}]}"#
        for text in [
            #"{"batches":[\#(group)]}"#, #"{"trace":{"batches":[\#(group)]},"status":"ok"}"#,
            #"{"result":{"resourceSpans":[\#(group)]}}"#, group, "[\(group)]", "[\(span)]", span, snake,
            #"{"resource_spans":[{"scope_spans":[{"spans":[\#(snake)]}]}]}"#,
        ] {
            let decoded = try Decoded(text)
            #expect(decoded.spans.map(\.spanID.hex) == [id] && decoded.rejects == [], "\(text) \(decoded.rejects)")
            #expect(decoded.spans.first?.startUnixNano == 1 && decoded.spans.first?.endUnixNano == 2)
        }
    }

    @Test("a cut head followed by a whole document on the same line costs itself only")
    func cutHead() throws {
        let document =
            #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"\#(trace)","spanId":"\#(id)","name":"n"}]}]}]}"#
        let count = document.utf8.count
        for cut in 1..<count - 1 {
            let head = document.replacing(id, with: "1111111111111111").prefix(cut)
            let spans = try Decoded(String(head) + document + "\n" + document + "\n").spans
            #expect(spans.count { $0.spanID.hex == id } == 2, "cut at \(cut): \(spans.count)")
        }
    }
}
