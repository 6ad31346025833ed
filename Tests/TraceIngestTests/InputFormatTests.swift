import Foundation
import TestSupport
import Testing

@testable import TraceIngest

@Suite("The table of input formats")
struct InputFormatTests {
    @Test("names each format once, with one line of help")
    func names() {
        let names = InputFormat.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(!names.contains("auto"))
        for format in InputFormat.all {
            #expect(InputFormat.named(format.name)?.help == format.help)
            #expect(!format.help.isEmpty && !format.help.contains("\n") && !format.help.hasSuffix("."))
        }
        #expect(InputFormat.named("none") == nil)
    }

    private func claimed(_ text: String, _ name: String = "x") -> [(name: String, score: SniffScore)] {
        let bytes = Array(text.utf8)
        return InputFormat.scores(InputHead(bytes[...], isWhole: true, name: name))
            .map { ($0.format.name, $0.score) }
    }

    /// Heads that two formats could read, with the one that does.
    static let ambiguous: [(text: String, name: String, format: String)] = [
        (#"{"resourceSpans":[],"t_unix_ns":1,"model":"m","created_at":"","done":true,"message":{}}"#, "x", "otlp-json"),
        (#"{"resourceSpans":[]}"#, "x.har", "otlp-json"),
        (#"{"resourceSpans":[]}"#, "x.responses", "otlp-json"),
        (#"{"resourceSpans":[]}"#, "x.pb", "otlp-json"),
        ("\n" + #"{"resourceSpans":[]}"#, "x.pb", "otlp-json"),
        (#"{"batches":[]}"#, "x.chunks.txt", "otlp-json"),
        (#"{"schema_version":"ATIF-v1.4","history":[],"question":""}"#, "x", "atif"),
        (#"{"schema_version":"1","history":[],"question":""}"#, "x", "who-and-when"),
        (#"{"model":"m","created_at":"","done":true,"response":""}"#, "x.har", "ollama"),
        (#"{"model":"m","created_at":"","done":true}"#, "x.har", "har"),
        (#"{"anything":1}"#, "x.har", "har"),
        (#"{"anything":1}"#, "x.har.gz", "har"),
        (#"[{"anything":1}]"#, "x.har", "otlp-json"),
        (#"{"method":"generateContent","response":[]}"#, "x", "gemini-responses"),
        (#"{"method":"other","response":[]}"#, "x", "otlp-json"),
        (#"{"method":"other","response":[]}"#, "x.responses", "gemini-responses"),
        (#"{"type":"message_start"}"#, "x.responses", "chunks"),
        (#"{"anything":1}"#, "x.chunks.txt", "chunks"),
        (#"{"t_unix_ns":1,"bytes":"data: {}"}"#, "x.har", "timed-ndjson"),
        (#"{"type":"system","subtype":"init","session_id":"s"}"#, "x", "claude-stream-json"),
        (#"{"run_type":"llm","events":[],"author":"a"}"#, "x", "langsmith"),
        (#"{"author":"a","invocation_id":"i"}"#, "x", "adk"),
        (#"{"type":"assistant","message":{},"session_id":"s","parent_tool_use_id":null}"#, "x", "claude-stream-json"),
        (#"{"type":"thread.started","thread_id":"t"}"#, "x", "codex-exec"),
        (#"{"history":[{"role":"user","content":"c","message_type":"observation"}]}"#, "x", "swe-agent"),
        (#"{"trace":{"id":"t","name":"n"},"spans":[]}"#, "x", "opik"),
        (#"{"trace":{"id":"t","projectId":"p"},"observations":[]}"#, "x", "langfuse"),
        (#"{"trace":{"resourceSpans":[]}}"#, "x", "otlp-json"),
        (#"{"data":[{"traceID":"t","spans":[]}]}"#, "x", "jaeger"),
        (#"{"data":[{"id":"o","traceId":"t","parentObservationId":null}]}"#, "x", "langfuse"),
        (#"{"data":[{"context":{"span_id":"s"},"span_kind":"LLM","start_time":"t"}]}"#, "x", "phoenix"),
        (#"{"data":[{"trace_id":"t","span_id":"s","start_time_unix_nano":1}]}"#, "x", "otlp-json"),
        (#"{"context":{"span_id":"s","trace_id":"t"},"start_time":"t","kind":"k"}"#, "x", "otel-console"),
        (#"{"id":"1","trace_id":"t","parent_span_id":null,"start_time":"t","type":"llm"}"#, "x", "opik"),
        (#"[{"task_id":1,"reward":1,"info":{},"traj":[]}]"#, "x", "tau-bench"),
        (#"[{"id":0,"timestamp":"t","source":"user","action":"message"}]"#, "x", "openhands"),
        (#"{"version":2,"status":"success","eval":{"task":"t"}}"#, "x", "inspect"),
        ("data: {}\n\n", "x.pb", "sse"), (": comment\n", "x.sse", "sse"),
        ("version: 1\ninteractions: []\n", "x.sse", "vcr"),
    ]

    @Test("lets the higher score read what two formats could", arguments: ambiguous)
    func ambiguousHead(head: (text: String, name: String, format: String)) {
        let scores = claimed(head.text, head.name)
        #expect(scores.first?.name == head.format, "\(scores)")
        if scores.count > 1, head.format != "otlp-json" { #expect(scores[0].score > scores[1].score, "\(scores)") }
    }

    @Test("claims nothing that no format reads")
    func foreign() {
        for text in ["", " \n", "hello", "<html>", "---\ndata: x\n", ": comment\n", "%PDF-1.4", "a: 1\n"] {
            #expect(claimed(text).isEmpty, "\(text)")
        }
    }

    /// Folders of recordings with the one format that all of their files have; nil where endings tell.
    private static let folders: [(path: String, format: String?)] = [
        ("trajectories/atif", "atif"), ("trajectories/who-and-when", "who-and-when"), ("streams", nil), ("har", nil),
        ("clients", nil), ("otlp", nil),
    ]

    /// Formats by the endings of names, of which the first that fits counts; all others are OTLP as JSON.
    private static let endings = [
        (".timed.jsonl", "timed-ndjson"), (".chunks.txt", "chunks"), (".sse", "sse"), (".txt", "sse"), (".yaml", "vcr"),
        (".responses", "gemini-responses"), (".ndjson", "ollama"), (".har", "har"), (".pb", "otlp-protobuf"),
        (".pb.gz", "otlp-protobuf"),
    ]

    private func scores(_ input: InputFile) throws -> [(name: String, score: SniffScore)] {
        let file = try input.open()
        let (source, _) = PeekableSource.unpacking(file)
        defer { source.close() }
        let head = InputHead(source.peek(InputHead.size), isWhole: source.headIsWhole, name: input.name)
        return InputFormat.scores(head).map { ($0.format.name, $0.score) }
    }

    @Test("no two formats claim a recording with the same score")
    func ties() throws {
        let inputs = InputDiscovery(arguments: [Recordings.root.path]).inputs
        #expect(inputs.count > (Recordings.isWhole ? 400 : 40))
        for input in inputs {
            let scores = try scores(input)
            if scores.count > 1 { #expect(scores[0].score > scores[1].score, "\(input.displayName): \(scores)") }
        }
    }

    @Test("every recording is read by its format")
    func recorded() throws {
        for folder in Self.folders where Recordings.has(folder.path) {
            for input in InputDiscovery(arguments: [Recordings.path(folder.path)]).inputs where input.size != 0 {
                let ending = Self.endings.first { input.name.hasSuffix($0.0) }?.1
                #expect(try scores(input).first?.name == folder.format ?? ending ?? "otlp-json", "\(input.displayName)")
            }
        }
    }

    @Test("hands a format the files of a folder that it claims")
    func groups() throws {
        let layout = InputFormat(
            name: "layout", help: "a main file with parts", sniff: { _ in nil },
            claim: { listing in
                listing.files.filter { $0.hasSuffix("/main.json") }.map { main in
                    let folder = main.dropLast("main.json".count)
                    let parts = listing.files.filter { $0.hasPrefix(folder + "parts/") }
                    return FileGroup(main: main, parts: parts, replaced: [folder + "old.json"])
                }
            }, decode: { _ in 0 })
        let trace = #"{"resourceSpans":[]}"#
        let folder = try InputDiscoveryTests.Folder([
            "a/main.json": trace, "a/parts/1.json": trace, "a/parts/2.json": trace, "a/old.json": trace,
            "a/other.json": trace, "b/parts/1.json": trace,
        ])
        let discovery = InputDiscovery(arguments: [folder.path], formats: [layout])
        #expect(folder.names(discovery) == ["a/main.json", "a/other.json", "b/parts/1.json"])
        #expect(discovery.inputs[0].parts == ["a/parts/1.json", "a/parts/2.json"].map { folder.path + "/" + $0 })
        #expect(discovery.inputs[1].parts.isEmpty)
        #expect(discovery.skippedCount == 1)
    }
}
