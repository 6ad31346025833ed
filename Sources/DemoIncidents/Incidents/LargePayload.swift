import Basics

/// Spans whose payload is large: a build log of many thousand lines, deep JSON, a wide table.
enum LargePayload {
    static func record(_ stage: Stage) -> [TraceRecorder] {
        let trace = stage.trace(
            "large payload", minutesBefore: 445, service: "build-doctor", session: "build-9917"
        ) { trace in
            let log = buildLog(&trace.random)
            trace.agent("build-doctor") { trace in
                trace.tool("read_log", id: "call_log", #"{"build":9917}"#, gives: log, seconds: 1.3)
                trace.tool("read_manifest", id: "call_man", #"{"build":9917}"#, gives: manifest, seconds: 0.2)
                trace.chat(
                    .sonnet,
                    [.user("Why did build 9917 fail?"), .answers("call_log", log), .answers("call_man", manifest)],
                    .assistant(diagnosis), seconds: 6.4
                ) {
                    $0.firstChunk = 2.2
                    $0.cacheReadTokens = 20_480
                }
            }
        }
        return [trace]
    }

    private static let diagnosis = """
        The build failed in `codec/varint.c`, line 118: the test `varint_roundtrip` reads one byte past \
        the buffer when the value is 2^63.

        | step | result | seconds |
        |---|---|---:|
        | configure | ok | 3.1 |
        | compile | ok | 148.0 |
        | test | 1 of 2,318 failed | 61.4 |

        ```c
        - while (*p & 0x80) p++;
        + while (p < end && (*p & 0x80)) p++;
        ```
        """

    private static func buildLog(_ random: inout SplitMix64) -> String {
        let folders = ["codec", "net", "store", "ui", "tools"]
        let stems = ["varint", "frame", "session", "cursor", "palette", "journal", "digest", "socket"]
        var lines = ["[00:00.000] configure: ok (3.1 s)"]
        for step in 1...2400 {
            let folder = random.pick(folders) ?? "codec"
            let stem = random.pick(stems) ?? "varint"
            let seconds = Double(step) * 0.061
            let minute = (Int(clamped: seconds) / 60).padded(to: 2)
            let rest = (Int(clamped: seconds) % 60).padded(to: 2)
            let file = "\(folder)/\(stem)_\(step % 97)"
            lines.append("[\(minute):\(rest)] [\(step)/2400] cc -O2 -g -Wall -Wextra -c \(file).c -o build/\(file).o")
        }
        lines.append("FAIL: varint_roundtrip (codec/varint.c:118): read of 1 byte past the end of a buffer of 9 bytes")
        return lines.joined(separator: "\n")
    }

    /// JSON that nests forty levels deep.
    private static let manifest: String = {
        let depth = 40
        let open = (0..<depth).map { #"{"name":"part-\#($0)","needs":["# }.joined()
        let close = String(repeating: "]}", count: depth)
        return open + #"{"name":"leaf","size":118,"hash":null,"flags":[true,false]}"# + close
    }()
}
