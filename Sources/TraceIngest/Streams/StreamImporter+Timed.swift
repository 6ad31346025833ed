import Basics
import FastJSON
import StreamDecoding
import TraceDialect
import TraceModel

extension StreamImporter {
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
            let start = recording.startUnixNano ?? time
            recording.startUnixNano = start
            recording.endUnixNano = max(recording.endUnixNano ?? time, time)
            recording.hash.add(piece.utf8)
            assembler.append(piece.utf8, offsetNanos: time.subtractingIfFits(start))
        }
        finish(assembler, recording)
    }

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
            } else {
                recording.startUnixNano = first
                recording.remarks.append(StreamInfo.startsAtFirstChunkRemark)
            }
            recording.endUnixNano = times.max()
        }
        var assembler = StreamAssembler(protocol: .ollamaChat)
        for line in lines {
            let offset = line.time.flatMap { time in recording.startUnixNano.flatMap { time.subtractingIfFits($0) } }
            assembler.append(event: line.bytes, offsetNanos: offset)
        }
        let response = assembler.finish()
        if assembler.chunkCount > 0 { collector.add(recording.stream(assembler.chunks, response)) }
    }

    /// Hands on a stream whose request has no time.
    func finish(_ assembler: StreamAssembler, _ recording: StreamRecording) {
        var assembler = assembler
        var recording = recording
        let response = assembler.finish()
        guard assembler.chunkCount > 0 else { return }
        if recording.startUnixNano != nil { recording.remarks.insert(StreamInfo.startsAtFirstChunkRemark, at: 0) }
        collector.add(recording.stream(assembler.chunks, response))
    }
}
