import Basics
import FastJSON
import StreamDecoding
import TraceDialect
import TraceModel

extension InputFormat {
    package static let ollama = recording(
        name: "ollama", help: "lines of Ollama's API, which state their own times",
        sniff: { head in
            guard let json = head.json, json.has("model", "created_at", "done") else { return nil }
            return json.has("message") || json.has("response") ? .fields : nil
        },
        read: { $0.readOllama($1) })
}

extension RecordingReader {
    /// Reads lines of Ollama's API: each states when it was made.
    ///
    /// The last line states how long all took, which tells when the request came.
    func readOllama(_ bytes: [UInt8]) {
        var recording = StreamRecording(source: "ollama")
        recording.clock = "ollama created_at"
        recording.request = siblingRequest()
        recording.hash.add(bytes)
        var lines: [(bytes: [UInt8], time: Int64?)] = []
        var duration: Int64?
        for line in RecordedLine.lines(bytes) {
            guard let value = parse(line) else { continue }
            lines.append((Array(line.bytes), value["created_at"]?.string.flatMap(ISOTime.nanos)))
            if value["done"]?.bool == true { duration = value["total_duration"]?.int }
        }
        let times = lines.compactMap(\.time)
        if let first = times.first, let last = times.last {
            if let duration, let start = last.subtractingIfFits(duration), start <= first {
                recording.startUnixNano = start
            }
            recording.begin(at: first)
            recording.endUnixNano = times.max()
        }
        var assembler = StreamAssembler(protocol: .ollamaChat)
        for line in lines {
            assembler.append(event: line.bytes, offsetNanos: recording.offset(of: line.time))
        }
        finish(assembler, recording)
    }
}
