import Basics
import Foundation
import TestSupport
import Testing
import TraceDialect
import TraceModel

@testable import TraceIngest

/// Documents of other products under mutation.
@Suite("Files of other products under mutation")
struct ForeignFuzzTests {
    private static let trace = "0af7651916cd43dd8448eb211c80319c"

    /// A small document of each format that reads JSON documents or lines.
    static let seeds: [(format: InputFormat, text: String)] = [
        (
            .langfuse,
            #"{"trace":{"id":"t","name":"n","projectId":"p","sessionId":"s","scores":[{"name":"a","value":1}]},"observations":[{"id":"o","traceId":"t","type":"GENERATION","startTime":"2026-11-24T10:00:00Z","endTime":"2026-11-24T10:00:01Z","input":"[{\"role\":\"user\",\"content\":\"hi\"}]","output":"yo","usageDetails":{"input":4,"output":2},"metadata":"{\"attributes\":{\"gen_ai.operation.name\":\"chat\"}}","timeToFirstToken":0.5}]}"#
        ),
        (
            .jaeger,
            #"{"data":[{"traceID":"\#(trace)","spans":[{"traceID":"\#(trace)","spanID":"b7ad6b7169203331","operationName":"x","references":[{"refType":"CHILD_OF","spanID":"00f067aa0ba902b7"}],"startTime":1795500000000000,"duration":9223372036854775807,"processID":"p","tags":[{"key":"k","type":"int64","value":"1"}],"logs":[{"timestamp":1,"fields":[]}]}],"processes":{"p":{"serviceName":"s"}}}]}"#
        ),
        (
            .zipkin,
            #"[{"traceId":"8448eb211c80319c","id":"b7ad6b7169203331","name":"get","kind":"SERVER","timestamp":-1,"duration":9e18,"localEndpoint":{"serviceName":"s"},"annotations":[{"timestamp":1,"value":"a"}],"tags":{"error":"x"}}]"#
        ),
        (
            .otelConsole,
            #"{"name":"chat","context":{"trace_id":"0x\#(trace)","span_id":"0xb7ad6b7169203331"},"kind":"SpanKind.CLIENT","parent_id":null,"start_time":"2026-11-24T10:00:00.000000Z","end_time":"2026-11-24T10:00:01.000000Z","status":{"status_code":"UNSET"},"attributes":{"a":[1,2]},"events":[],"links":[],"resource":{"attributes":{}}}"#
        ),
        (.phoenix, recorded("phoenix-spans.json")), (.phoenix, recorded("phoenix-frame.jsonl")),
        (.otlpJSON, recorded("phoenix-otlp.json")), (.opik, recorded("opik-trace.json")),
        (
            .codexExec,
            #"{"type":"thread.started","thread_id":"t"}"# + "\n"
                + #"{"type":"item.completed","item":{"id":"i","type":"command_execution","command":"ls","exit_code":1,"aggregated_output":"x"}}"#
                + "\n" + #"{"type":"turn.completed","usage":{"input_tokens":9223372036854775807,"output_tokens":-3}}"#
        ),
        (
            .sweAgent,
            #"{"environment":"e","trajectory":[{"action":"ls","observation":"o","response":"r","thought":"t","execution_time":1e308,"state":"{}"}],"history":[{"role":"system","content":"s"},{"role":"assistant","content":"r"}],"info":{"exit_status":"x","model_stats":{"api_calls":1,"tokens_sent":5}}}"#
        ),
        (
            .sweAgent,
            #"{"trajectory_format":"mini-swe-agent-1.1","info":{"config":{"model":{"model_name":"m"}}},"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b","extra":{"timestamp":1e300,"response":{"usage":{"prompt_tokens":1}}}}]}"#
        ),
        (.openHands, openHands),
        (
            .openHands,
            #"[{"id":1,"timestamp":"2026-11-24T10:00:00","source":"agent","action":"run","args":{"command":"ls"},"tool_call_metadata":{"tool_call_id":"c","function_name":"f","model_response":{"id":"r","choices":[{"message":{"role":"assistant","content":"x"}}],"usage":{"prompt_tokens":1}}}},{"id":2,"timestamp":"t","source":"agent","observation":"run","cause":1,"content":"o","extras":{"exit_code":1}}]"#
        ),
        (
            .tauBench,
            #"[{"task_id":1,"reward":1.0,"info":{"task":{"instruction":"i"}},"traj":[{"role":"user","content":"a"},{"role":"assistant","content":null,"tool_calls":[{"id":"c","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","name":"f","content":"r"}],"trial":0}]"#
        ),
        (
            .inspect,
            #"{"version":2,"status":"success","eval":{"task":"t","run_id":"r","model":"openai/gpt"},"samples":[{"id":1,"epoch":1,"input":"q","messages":[{"role":"user","content":"q"}],"events":[{"event":"model","timestamp":"2026-01-01T00:00:02Z","model":"openai/gpt","input":[],"output":{"model":"m","choices":[],"usage":{"input_tokens":3,"output_tokens":2}}}]}]}"#
        ),
    ]

    private static func recorded(_ name: String) -> String {
        FileManager.default.contents(atPath: Recordings.ownPath("exports/" + name)).map {
            String(decoding: $0, as: UTF8.self)
        } ?? ""
    }

    /// The files of a folder as they are read: one after the other.
    private static let openHands: String = {
        let folder = Recordings.ownPath("exports/openhands")
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/events")) ?? []).sorted()
        return (names.map { "openhands/events/" + $0 } + ["openhands/base_state.json"]).map(recorded).joined()
    }()

    @Test("each gives spans as it stands", arguments: seeds.map(\.format.name).indices)
    func seed(place: Int) throws {
        let (format, text) = Self.seeds[place]
        for format in [format, nil] {
            let decoded = try Decoded(Array(text.utf8), name: "x", format: format)
            #expect(!decoded.spans.isEmpty && decoded.rejects == [], "\(Self.seeds[place].format.name)")
        }
    }

    @Test("every format that reads documents is here, or among the streams")
    func formats() {
        let streams: Set = [
            "sse", "timed-ndjson", "ollama", "har", "vcr", "claude-stream-json", "gemini-responses", "langsmith",
            "who-and-when", "adk", "mlflow", "otlp-protobuf", "chunks", "atif",
        ]
        let missing = Set(InputFormat.all.map(\.name)).subtracting(streams).subtracting(Self.seeds.map(\.format.name))
        #expect(missing == [])
    }

    @Test("no trap; faults have a reason and a place; what comes out can be read")
    func mutations() throws {
        var random = SplitMix64(seed: 97)
        // Few bytes of a long recording matter, so that each format has its rounds.
        for round in 0..<max(FuzzTests.rounds, 10 * Self.seeds.count) {
            let (format, text) = Self.seeds[round % Self.seeds.count]
            let other = Array((Self.seeds.randomElement(using: &random)?.text ?? "").utf8)
            let bytes = mutated(Array(text.utf8), other, using: &random)
            for format in [format, nil] {
                let decoded = try Decoded(bytes, name: "x", format: format)
                for reject in decoded.rejects {
                    #expect(!reject.reason.isEmpty)
                    #expect(reject.byteOffset != nil || reject.line != nil)
                }
                #expect(decoded.spans.count + decoded.rejects.count <= max(1, bytes.count))
                for span in decoded.spans + decoded.streams.map(\.span) {
                    #expect(span.traceID.isValid && span.spanID.isValid)
                    _ = Dialect.facts(of: span)
                    _ = Dialect.content(of: span)
                }
            }
        }
    }

    private func mutated(_ seed: [UInt8], _ other: [UInt8], using random: inout SplitMix64) -> [UInt8] {
        var bytes = seed
        for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            let count = min(Int.random(in: 1...64, using: &random), bytes.count - index)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(index..<index + count)
            case 2: bytes.insert(contentsOf: bytes[index..<index + count], at: index)
            case 3: bytes.removeSubrange(index...)
            case 4:
                // A value of another type where one of the right type stood.
                let values = ["null", "[]", "{}", "\"\"", "-1e400", "9223372036854775808", "true"]
                guard let colon = bytes[index...].firstIndex(of: UInt8(ascii: ":")) else { continue }
                let end = bytes[colon...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") }
                bytes.replaceSubrange(
                    (colon + 1)..<(end ?? bytes.count), with: (values.randomElement(using: &random) ?? "null").utf8)
            default:
                let start = other.isEmpty ? 0 : Int.random(in: 0..<other.count, using: &random)
                bytes.insert(contentsOf: other[start...].prefix(200), at: index)
            }
        }
        return bytes
    }
}
