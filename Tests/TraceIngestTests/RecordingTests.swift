import TestSupport
import Testing
import TraceDialect
import TraceIngest
import TraceModel

@Suite("Recordings of real programs")
struct RecordingTests {
    /// What a file or folder of recordings holds, counted by looking at it.
    struct Recording: CustomTestStringConvertible, Sendable {
        let path: String
        let files: Int
        /// Distinct spans; folders have most of them twice, as JSON and as protobuf.
        let spans: Int
        let traces: Int
        /// Distinct spans with a kind other than `other`.
        let kinds: Int
        var logs = 0
        var metrics = 0

        var testDescription: String { path }
    }

    /// What is known of each; those that are not at hand are left out.
    static let recordings = known.filter { Recordings.has($0.path) }

    private static let known = [
        Recording(
            path: "otlp/otel-demo-mixed-signals.jsonl", files: 1, spans: 547, traces: 141, kinds: 0, logs: 13,
            metrics: 536),
        Recording(path: "otlp/quo_tav_agent.json", files: 1, spans: 29, traces: 1, kinds: 24),
        Recording(path: "otlp/rag_earnings_agent.json", files: 1, spans: 18, traces: 1, kinds: 14),
        Recording(path: "otlp/proto-examples", files: 4, spans: 1, traces: 1, kinds: 0, logs: 1, metrics: 1),
        Recording(path: "clients/autogen_ag", files: 12, spans: 117, traces: 41, kinds: 4),
        Recording(path: "clients/dspy_oi", files: 2, spans: 6, traces: 1, kinds: 6),
        Recording(path: "clients/grpc_raw", files: 10, spans: 6, traces: 1, kinds: 5),
        Recording(path: "clients/json_http", files: 4, spans: 7, traces: 2, kinds: 6),
        Recording(path: "clients/langfuse_oai", files: 3, spans: 7, traces: 1, kinds: 7),
        Recording(path: "clients/langgraph_oi", files: 10, spans: 30, traces: 2, kinds: 30),
        Recording(path: "clients/langgraph_tl", files: 14, spans: 33, traces: 3, kinds: 33, metrics: 4),
        Recording(path: "clients/oaiagents", files: 6, spans: 16, traces: 2, kinds: 16),
        Recording(path: "clients/oaiv2", files: 26, spans: 6, traces: 6, kinds: 6, logs: 38, metrics: 4),
        Recording(path: "clients/oaiv2exp", files: 28, spans: 6, traces: 6, kinds: 6, logs: 12, metrics: 4),
        Recording(path: "clients/openinf", files: 18, spans: 16, traces: 13, kinds: 16),
        Recording(path: "clients/openlit_oai", files: 14, spans: 14, traces: 7, kinds: 7, logs: 6, metrics: 4),
        Recording(path: "clients/pydanticai", files: 12, spans: 8, traces: 2, kinds: 8, metrics: 4),
        Recording(path: "clients/smol", files: 10, spans: 15, traces: 2, kinds: 15),
        Recording(path: "clients/traceloop_plain", files: 24, spans: 16, traces: 16, kinds: 16, metrics: 4),
    ]

    @Test("decode without rejects, and both forms of a body are equal", arguments: recordings)
    func decode(recording: Recording) throws {
        let discovery = InputDiscovery(arguments: [Recordings.path(recording.path)])
        #expect(discovery.problems.isEmpty)
        // The streamed answers in a client's folder have their own test.
        #expect(discovery.inputs.count { !$0.displayName.contains("/sse/") } == recording.files)
        var spans: [SpanID: Span] = [:]
        var rejects: [Rejection] = []
        var logs = 0
        var metrics = 0
        for input in discovery.inputs {
            let decoded = try Decoded(input)
            rejects += decoded.rejects
            logs += decoded.logs.count
            metrics += decoded.summary.skippedMetricGroups
            for span in decoded.spans {
                // The same record out of .json, .pb and .pb.gz.
                if let known = spans[span.spanID] { #expect(known == span, "\(input.displayName)") }
                spans[span.spanID] = span
            }
        }
        let kinds = spans.values.count { Dialect.facts(of: $0).kind != .other }
        let traces = Set(spans.values.map(\.traceID)).count
        #expect(rejects == [])
        #expect(spans.count == recording.spans)
        #expect(traces == recording.traces)
        #expect(kinds == recording.kinds)
        #expect(logs == recording.logs)
        #expect(metrics == recording.metrics)
        print(
            "\(recording.path): \(spans.count) spans, \(traces) traces, \(rejects.count) rejected, \(kinds) with a kind"
        )
    }

    /// All distinct spans of a recording, with their log records attached.
    static func spans(_ path: String) throws -> [Span] {
        var spans: [SpanID: Span] = [:]
        var order: [SpanID] = []
        var logs: [SpanLogRecord] = []
        for input in InputDiscovery(arguments: [Recordings.path(path)]).inputs {
            let decoded = try Decoded(input)
            for span in decoded.spans where spans.updateValue(span, forKey: span.spanID) == nil {
                order.append(span.spanID)
            }
            for log in decoded.logs where !logs.contains(log) { logs.append(log) }
        }
        for log in logs { spans[log.spanID]?.events.append(log.event) }
        return order.compactMap { spans[$0] }
    }

    @Test("state agents, models, tokens and tools")
    func facts() throws {
        let pydantic = try Self.spans("clients/pydanticai").map(Dialect.facts)
        #expect(pydantic.allSatisfy { $0.agentName == "weather_agent" && $0.agentSource == .declared })
        #expect(pydantic.filter { $0.kind == .llm }.allSatisfy { $0.modelResolved == "gpt-4o-mini-2024-07-18" })
        #expect(pydantic.filter { $0.kind == .tool }.map(\.toolName) == ["get_weather", "get_weather"])
        #expect(pydantic.filter { $0.timeToFirstChunkNanos != nil }.count == 2)
        let langfuse = try Self.spans("clients/langfuse_oai").map(Dialect.facts)
        #expect(langfuse.filter { $0.tokens.input == 57 && $0.tokens.cacheRead == 32 }.count == 4)
        #expect(langfuse.filter { $0.kind == .llm && $0.tokens.input == nil }.count == 1)
        #expect(langfuse.filter { $0.timeToFirstChunkNanos ?? 0 > 0 }.count == 3)
        #expect(langfuse.first { $0.kind == .agent }?.agentName == "weather_agent")
        let openInference = try Self.spans("otlp/rag_earnings_agent.json").map(Dialect.facts)
        // Class names such as RunnableSequence are no agents.
        #expect(openInference.allSatisfy { $0.agentName == nil && $0.agentSource == .missing })
    }

    @Test(
        "state agents, models, tokens and tools, also the larger ones",
        .enabled(if: Recordings.isWhole, "there is no shared/data beside the project"))
    func moreFacts() throws {
        let quotient = try Self.spans("otlp/quo_tav_agent.json").map(Dialect.facts)
        #expect(quotient.allSatisfy { $0.agentName == nil && $0.agentSource == .missing })
        #expect(quotient.filter { $0.timeToFirstChunkNanos ?? 0 > 0 }.count == 3)
        let traceloop = try Self.spans("clients/traceloop_plain").map(Dialect.facts)
        #expect(traceloop.allSatisfy { $0.kind == .llm })
        #expect(traceloop.filter(\.isError).count == 1)
        let openLIT = try Self.spans("clients/openlit_oai").map(Dialect.facts)
        // The answers that were not streamed have no first chunk.
        #expect(openLIT.filter { $0.timeToFirstChunkNanos != nil }.count == 4)
    }

    @Test("show messages, also those that arrive as log records")
    func content() throws {
        let paths = ["oaiv2", "oaiv2exp", "openinf", "traceloop_plain", "smol"].map { "clients/" + $0 }
        for path in paths where Recordings.has(path) {
            for span in try Self.spans(path) where Dialect.facts(of: span).kind == .llm {
                // The raw SDK of one provider records no content at all.
                if span.scope.name == "com.anthropic.sdk.python" { continue }
                let content = Dialect.content(of: span)
                #expect(!content.inputMessages.isEmpty, "\(path) \(span.name)")
                #expect(Dialect.facts(of: span).isError || !content.outputMessages.isEmpty, "\(path) \(span.name)")
            }
        }
        let contents = try Self.spans("clients/oaiv2").map(Dialect.content)
        let call = try #require(contents.first { $0.inputMessages.contains { $0.role == "tool" } })
        #expect(call.inputMessages.map(\.role) == ["system", "user", "assistant", "tool"])
        #expect(call.inputMessages[3].parts == [.toolResult(id: "call_fake1", result: "9 C, rain")])
        #expect(
            call.inputMessages[2].parts
                == [.toolCall(id: "call_fake1", name: "get_weather", arguments: #"{"city": "Oslo"}"#)])
    }

    @Test("can be found by what was said")
    func search() throws {
        let logs = try Self.spans("clients/oaiv2").map { Dialect.searchText(of: $0).text }
        #expect(logs.allSatisfy { $0.contains("What is the weather in Oslo?") })
        #expect(logs.filter { $0.contains("take an umbrella") }.count == 3)
    }

    @Test(
        "can be found by what was said, to a limit",
        .enabled(if: Recordings.isWhole, "there is no shared/data beside the project"))
    func longSearch() throws {
        let quotient = try Self.spans("otlp/quo_tav_agent.json").map { Dialect.searchText(of: $0) }
        #expect(quotient.contains { $0.text.contains("latest AI trends") })
        // Two of its spans carry web pages beyond the limit, in full among the attributes.
        #expect(quotient.count { !$0.isComplete } == 2)
    }
}
