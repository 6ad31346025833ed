import TestSupport
import Testing
import TraceDialect
import TraceIngest
import TraceModel

/// Files as other products write them, in place: what each holds was counted by looking at it.
@Suite("Files of other products")
struct ForeignFileTests {
    @Test(
        "all of them are there where the collection is",
        .enabled(if: Recordings.isWhole, "there is no shared/data beside the project"))
    func files() {
        #expect(Self.known.filter { !Recordings.has($0.path) }.map(\.path) == [])
    }

    struct File: CustomTestStringConvertible, Sendable {
        let path: String
        let spans: Int
        var traces = 1
        var streams = 0
        /// Tokens of the model calls, in and out.
        var tokens: [Int64] = [0, 0]
        var kinds: [SpanKind: Int] = [:]
        var rejects = 0

        var testDescription: String { path }
    }

    static let known = [
        File(
            path: "langfuse/agno-2025-06-11.trace.json", spans: 6, tokens: [2936, 903],
            kinds: [.agent: 1, .llm: 4, .tool: 1]),
        File(path: "langfuse/autogen-2025-06-06.trace.json", spans: 2, tokens: [41, 3], kinds: [.llm: 1]),
        File(
            path: "langfuse/claude-agent-2025-12-22.trace.json", spans: 7, tokens: [34, 232],
            kinds: [.llm: 4, .tool: 2]),
        File(
            path: "langfuse/csharp-agent-with-gemini-2026-03-09.trace.json", spans: 8, tokens: [8047, 414],
            kinds: [.llm: 3, .tool: 2]),
        File(
            path: "langfuse/google-adk-2025-08-28.trace.json", spans: 5, tokens: [67, 9],
            kinds: [.agent: 1, .llm: 2, .tool: 1]),
        File(path: "langfuse/langfuse-1.json", spans: 5, tokens: [1115, 101]),
        File(path: "langfuse/langfuse-2.json", spans: 7),
        File(path: "langfuse/langgraph-python-2025-08-22.trace.json", spans: 9, tokens: [168, 66], kinds: [.llm: 2]),
        File(
            path: "langfuse/microsoft-agent-2025-12-17.trace.json", spans: 4, tokens: [293, 106],
            kinds: [.agent: 1, .llm: 2, .tool: 1]),
        File(
            path: "langfuse/openai-agents-2025-09-30.trace.json", spans: 5, tokens: [140, 44],
            kinds: [.agent: 2, .llm: 2, .tool: 1]),
        File(
            path: "langfuse/pydantic-ai-tools-2025-12-04.trace.json", spans: 12, tokens: [1315, 209],
            kinds: [.llm: 4, .tool: 3]),
        File(path: "langfuse/vercel-aisdk-2025-11-17.trace.json", spans: 3, tokens: [62, 85], kinds: [.tool: 1]),
        File(path: "clients2/console/console_spans.txt", spans: 7, tokens: [366, 48], kinds: [.llm: 4, .tool: 2]),
        File(path: "faults/09-otlp-variants/b-tempo-v2.json", spans: 2, tokens: [56, 5], kinds: [.agent: 1, .llm: 1]),
        File(path: "faults/09-otlp-variants/g-jaeger.json", spans: 1),
        File(path: "faults/09-otlp-variants/i-console-exporter.txt", spans: 2, kinds: [.llm: 1]),
        File(path: "faults/09-otlp-variants/j-mixed-log.jsonl", spans: 2, traces: 2, rejects: 2),
        File(path: "faults/28-bare-resource-spans/a-java-logging.jsonl", spans: 2, traces: 2),
        File(path: "faults/28-bare-resource-spans/b-java-log-prefixed.log", spans: 2, traces: 2, rejects: 2),
        File(path: "faults/25-utf16/a-utf16le-bom.json", spans: 1),
        File(path: "faults/28-bare-resource-spans/d-spans-array.json", spans: 1),
        File(path: "faults/28-bare-resource-spans/c-copilot-outfile.jsonl", spans: 0, traces: 0, rejects: 3),
        File(path: "faults/44-text-around-json/b-comment-first.jsonl", spans: 2, traces: 2, rejects: 1),
        File(path: "faults/02-file-exporter/a-traces.proto", spans: 3, traces: 3, tokens: [33, 6], kinds: [.llm: 3]),
        File(path: "faults/02-file-exporter/b-lenprefix.json.zst", spans: 3, traces: 3, kinds: [.llm: 3]),
        File(
            path: "faults/14-claude-stream-json/a.jsonl", spans: 5, tokens: [3020, 90],
            kinds: [.agent: 1, .llm: 2, .tool: 2]),
        File(path: "faults/14-claude-stream-json/b-partial.jsonl", spans: 2, streams: 1, tokens: [1504, 12]),
        File(path: "faults/33-langsmith-first-token/a-only-first.json", spans: 1, streams: 1, tokens: [8, 5]),
        File(
            path: "trajectories/swe-agent/6e44b9__sweagenttestrepo-1c2844.traj", spans: 11,
            kinds: [.agent: 1, .llm: 5, .tool: 5]),
        File(path: "trajectories/swe-agent/BabyEncryption.traj", spans: 33, kinds: [.agent: 1, .llm: 16, .tool: 16]),
        File(
            path: "trajectories/swe-agent/function_calling_simple.traj", spans: 11,
            kinds: [.agent: 1, .llm: 5, .tool: 5]),
        File(path: "trajectories/swe-agent/katy.traj", spans: 37, kinds: [.agent: 1, .llm: 18, .tool: 18]),
        File(
            path: "trajectories/swe-agent/marshmallow-code__marshmallow-1867.traj", spans: 23,
            kinds: [.llm: 11, .tool: 11]),
        File(path: "trajectories/swe-agent/warmup.traj", spans: 15, kinds: [.llm: 7, .tool: 7]),
        File(
            path: "agents/mini-swe-agent/basic.traj.json", spans: 8, tokens: [30906, 66],
            kinds: [.agent: 1, .llm: 3, .tool: 4]),
        File(
            path: "trajectories/tau-bench/gpt-4o-airline-first-60.json", spans: 1211, traces: 60,
            kinds: [.agent: 60, .llm: 790, .tool: 361]),
        File(
            path: "trajectories/openhands/basic.json", spans: 4, tokens: [16254, 1312],
            kinds: [.agent: 1, .llm: 2, .tool: 1]),
        File(
            path: "trajectories/openhands/basic_gui_mode.json", spans: 10, tokens: [34572, 2024],
            kinds: [.llm: 5, .tool: 4]),
        File(path: "trajectories/openhands/basic_interactions.json", spans: 4, kinds: [.agent: 1, .llm: 3]),
        File(
            path: "trajectories/openhands/wrong_initial_state.json", spans: 8, tokens: [29634, 358],
            kinds: [.llm: 4, .tool: 3]),
        File(path: "agents/stream-json/codex/01-basic.jsonl", spans: 8, kinds: [.agent: 1, .llm: 3, .tool: 4]),
        File(path: "agents/stream-json/codex/20-compact.jsonl", spans: 7, kinds: [.agent: 1, .llm: 3, .tool: 2]),
        File(
            path: "agents/stream-json/claude/01-basic.jsonl", spans: 9, tokens: [45510, 0],
            kinds: [.agent: 1, .llm: 4, .tool: 4]),
        File(
            path: "agents/stream-json/claude/03-sub.jsonl", spans: 13, tokens: [60828, 0],
            kinds: [.agent: 3, .llm: 5, .tool: 5]),
        File(
            path: "trajectories/inspect/2025-05-12T20-28-26-04-00_security-guide.json", spans: 21, traces: 3,
            tokens: [959, 1033], kinds: [.llm: 6]),
        File(path: "trajectories/inspect/log_formats.eval", spans: 2, tokens: [66, 2], kinds: [.llm: 1]),
        File(path: "trajectories/inspect/log_message_deduplication.eval", spans: 18, kinds: [.llm: 6, .tool: 5]),
        File(path: "trajectories/inspect/log_read_sample.eval", spans: 8, tokens: [66, 3], kinds: [.llm: 1]),
        File(path: "trajectories/inspect/log_streaming.eval", spans: 8, traces: 4, tokens: [252, 6], kinds: [.llm: 4]),
        File(path: "trajectories/inspect/log_tool_call_error.json", spans: 12, kinds: [.tool: 11]),
    ]

    /// Those that are at hand: without the whole collection the suite is shown as skipped.
    @Test(
        "give the spans, tokens and kinds that they hold",
        .enabled(if: known.contains { Recordings.has($0.path) }, "the files are not beside the package"),
        arguments: known.filter { Recordings.has($0.path) })
    func file(file: File) throws {
        let decoded = try Decoded(InputFile(path: Recordings.path(file.path)))
        // A stream of a span that stands in the file brings the span once more.
        let ids = Set(decoded.spans.map(\.spanID))
        let spans = decoded.spans + decoded.streams.map(\.span).filter { !ids.contains($0.spanID) }
        let facts = spans.map { Dialect.facts(of: $0) }
        let calls = facts.filter { $0.kind == .llm }
        #expect(spans.count == file.spans)
        #expect(Set(spans.map(\.spanID)).count == file.spans)
        #expect(Set(spans.map(\.traceID)).count == file.traces)
        #expect(decoded.streams.count == file.streams)
        #expect(decoded.rejects.count == file.rejects, "\(decoded.rejects)")
        if file.tokens != [0, 0] {
            #expect(calls.reduce(0) { $0 + ($1.tokens.input ?? 0) } == file.tokens[0])
            #expect(calls.reduce(0) { $0 + ($1.tokens.output ?? 0) } == file.tokens[1])
        }
        for (kind, count) in file.kinds { #expect(facts.count { $0.kind == kind } == count, "\(kind)") }
        // Read twice, a file gives the same.
        let again = try Decoded(InputFile(path: Recordings.path(file.path)))
        #expect("\(again.spans)" == "\(decoded.spans)" && again.streams == decoded.streams)
    }
}
