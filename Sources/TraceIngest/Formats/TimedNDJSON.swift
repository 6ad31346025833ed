import FastJSON
import StreamDecoding
import TraceModel

extension InputFormat {
    package static let timedNDJSON = recording(
        name: "timed-ndjson",
        help: "lines {\"t_unix_ns\", \"bytes\"}: pieces of a response and when they were received",
        sniff: { $0.json?.has("t_unix_ns", "bytes") == true ? .signature : nil },
        claim: { listing in
            // The same response without times lies beside it, as `x.sse` beside `x.sse.timed.jsonl`.
            listing.files.filter { $0.hasSuffix(".timed.jsonl") }.compactMap { file in
                let plain = String(file.dropLast(".timed.jsonl".count))
                return listing.contains(plain) ? FileGroup(main: file, replaced: [plain]) : nil
            }
        },
        read: { $0.readTimedLines($1) })
}

extension RecordingReader {
    /// Reads lines `{"t_unix_ns", "bytes"}`: the pieces of one response as they were received.
    func readTimedLines(_ bytes: [UInt8]) {
        var recording = StreamRecording(source: "timed-ndjson")
        recording.clock = "t_unix_ns"
        recording.request = siblingRequest()
        var assembler = StreamAssembler(protocol: recording.request?.wireProtocol)
        for line in RecordedLine.lines(bytes) {
            guard let value = parse(line) else { continue }
            guard let time = value["t_unix_ns"]?.int, let piece = value["bytes"]?.string else {
                reject("a line without t_unix_ns and bytes", offset: line.offset, line: line.number)
                continue
            }
            if recording.startUnixNano == nil { recording.hash.add(time) }
            recording.hash.add(piece.utf8)
            assembler.append(piece.utf8, offsetNanos: recording.note(time))
        }
        finish(assembler, recording)
    }
}
