import TestSupport
import Testing
import TraceDialect
import TraceIngest
import TraceModel

/// Files as other products write them, in place: what each holds was counted by looking at it.
@Suite("Files of other products")
struct ForeignFileTests {
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
    ]

    @Test("give the spans, tokens and kinds that they hold", arguments: known)
    func file(file: File) throws {
        guard Recordings.has(file.path) else {
            print("\(file.path): not at hand")
            return
        }
        let decoded = try Decoded(InputFile(path: Recordings.path(file.path)))
        let spans = decoded.spans + decoded.streams.map(\.span)
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
