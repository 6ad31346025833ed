import Foundation
import Testing
import TraceDialect
import TraceIngest
import TraceModel

/// What logs put around the lines of a program, and other encodings.
@Suite("Traces within logs")
struct LogLineTests {
    private static func document(_ number: Int) -> String {
        #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","#
            + #""spanId":"b7ad6b716920333\#(number)","name":"n"}]}]}]}"#
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
    }

    static let logs: [(name: String, lines: [String])] = {
        let (a, b) = (document(1), document(2))
        let envelopes = ["message", "msg", "MESSAGE", "line", "textPayload", "body"].map { key in
            (key, [a, b].map { #"{"time":"2026-11-24T10:00:00Z","\#(key)":\#(quoted($0)),"level":"info"}"# })
        }
        return [
            ("compose", ["app-1  | \(a)", "db_2 | noise", "app-1  | \(b)"]),
            ("kubectl", ["[pod/app-7d9/main] \(a)", "[pod/app-7d9/main] noise", "[pod/x/y] \(b)"]),
            (
                "container runtime",
                ["2026-11-24T10:00:00.123456789Z stdout F \(a)", "2026-11-24T10:00:01.1Z stderr F \(b)"]
            ),
            (
                "container runtime in pieces",
                [
                    "2026-11-24T10:00:00.1Z stdout P \(a.prefix(70))",
                    "2026-11-24T10:00:00.1Z stdout F \(a.dropFirst(70))",
                    "2026-11-24T10:00:00.2Z stdout F \(b)",
                ]
            ),
            ("times", ["2026-11-24T10:00:00.123456789Z \(a)", "2026-11-24T10:00:00+01:00 \(b)"]),
            ("words", ["Nov 24, 2026 10:00:00 AM io.Exporter export", "INFO: \(a)", "INFO: \(b)"]),
            (
                "docker",
                [a, b].map { #"{"log":\#(quoted($0 + "\n")),"stream":"stdout","time":"2026-11-24T10:00:00.1Z"}"# }
            ),
            (
                "docker in pieces",
                [String(a.prefix(60)), a.dropFirst(60) + "\n", b + "\n"].map {
                    #"{"log":\#(quoted($0)),"stream":"stdout","time":"2026-11-24T10:00:00.1Z"}"#
                }
            ),
            ("object", [a, b].map { #"{"insertId":"x","jsonPayload":\#($0),"severity":"INFO"}"# }),
            ("compose with times", [a, b].map { "app-1  | 2026-11-24T10:00:00.1Z \($0)" }),
            ("record separators", [a, b].map { "\u{1E}" + $0 }),
            ("commas", [a + ",", b]),
            ("comment", ["# traces", a, "// more", b]),
            ("zero bytes", [String(repeating: "\0", count: 300) + a, "\0\0" + b]),
        ] + envelopes
    }()

    @Test("give their spans, whatever stands around them", arguments: logs)
    func inLogs(log: (name: String, lines: [String])) throws {
        let decoded = try Decoded(log.lines.joined(separator: "\n") + "\n", name: "x.log")
        #expect(decoded.spans.count == 2, "\(decoded.rejects)")
        for reject in decoded.rejects { #expect(reject.line != nil, "\(reject)") }
    }

    @Test("give spans that are printed over many lines behind a prefix")
    func indented() throws {
        let printed = """
            {
                "name": "chat",
                "context": {"trace_id": "0x0af7651916cd43dd8448eb211c80319c", "span_id": "0xb7ad6b7169203331"},
                "start_time": "2026-11-24T10:00:00Z",
                "end_time": "2026-11-24T10:00:01Z",
                "attributes": {"a": "x | y"}
            }
            """
        let lines = ["starting"] + printed.split(separator: "\n").map(String.init) + ["stopping"]
        let decoded = try Decoded(lines.map { "worker-1  | " + $0 }.joined(separator: "\n"))
        #expect(decoded.spans.count == 1 && decoded.spans.first?.attributes == [Attribute("a", .string("x | y"))])
        #expect(decoded.rejects.map(\.line) == [1, 9])
    }

    @Test("in UTF-16 of either order, with and without a mark")
    func utf16() throws {
        let text = Self.document(1).replacing("\"n\"", with: "\"naïve 🐧\"") + "\r\n" + Self.document(2) + "\r\n"
        for (encoding, mark) in [
            (String.Encoding.utf16LittleEndian, [0xFF, 0xFE]), (.utf16BigEndian, [0xFE, 0xFF]),
            (.utf16LittleEndian, []), (.utf16BigEndian, []),
        ] as [(String.Encoding, [UInt8])] {
            let bytes = try mark + #require(text.data(using: encoding))
            let decoded = try Decoded(bytes)
            #expect(decoded.spans.map(\.name) == ["naïve 🐧", "n"] && decoded.rejects == [])
        }
        // Halves of pairs and an odd byte at the end cost one character each.
        let bytes: [UInt8] = Array("{\"resourceSpans\":[]}".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
        #expect(try Decoded(bytes + [0x00, 0xD8, 0x0A, 0x00, 0x7B]).rejects.count == 1)
    }

    @Test("name what is known and not read")
    func named() throws {
        let inputs: [(String, [UInt8], String)] = [
            ("a.parquet", Array("PAR1....".utf8), "Parquet"), ("a.pkl", [0x80, 0x04, 0x95, 0, 0], "pickle"),
            ("a.csv", Array("id,name,start_time\n1,x,2\n".utf8), "CSV"), ("a.json", Array("{}".utf8), "empty object"),
            ("a.json", Array(#"{"traceEvents":[]}"#.utf8), "Chrome"),
            ("a.jsonl", Array(#"{"resource":{},"scopeMetrics":[]}"#.utf8), "metrics"),
            ("a.nsys-rep", [0x01, 0x02, 0x03, 0x04], "Nsight"),
        ]
        for (name, bytes, word) in inputs {
            let decoded = try Decoded(bytes, name: name)
            #expect(
                decoded.rejects.count == 1 && decoded.rejects.first?.reason.contains(word) == true, "\(decoded.rejects)"
            )
        }
    }
}
