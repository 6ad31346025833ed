import FastJSON
import StreamDecoding
import TraceModel

/// Reads a recording of model responses; each format adds its reading in an extension.
///
/// A recording is read whole: even a long response is small beside a file of traces.
struct RecordingReader {
    /// Bytes of a recording that are read.
    static let byteLimit = 512 << 20

    let input: InputFile
    let collector: BatchCollector

    func reject(_ reason: String, offset: Int64? = nil, line: Int64? = nil) {
        collector.reject(Rejection(byteOffset: offset, line: line, reason: reason))
    }

    func reject(_ error: JSONError, in bytesBefore: Int64 = 0, linesBefore: Int64 = 0) {
        reject("\(error.reason)", offset: bytesBefore + error.offset, line: linesBefore + error.line)
    }

    /// All bytes of a source; nil where they are too many.
    static func readAll(_ source: any ByteSource) -> [UInt8]? {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            let count = piece.withUnsafeMutableBytes { source.read(into: $0) }
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
            if bytes.count > byteLimit { return nil }
        }
    }

    /// Reads a response as it came over the wire, without times.
    func readWire(_ bytes: [UInt8], source: String, endCause: StreamEndCause) {
        var recording = StreamRecording(source: source)
        recording.hash.add(bytes)
        recording.request = siblingRequest()
        recording.endCauseWithoutMark = endCause
        var assembler = StreamAssembler(protocol: recording.request?.wireProtocol)
        assembler.append(bytes, offsetNanos: nil)
        finish(assembler, recording)
    }

    /// Hands on a stream, unless it is without chunks.
    func finish(_ assembler: StreamAssembler, _ recording: StreamRecording) {
        var assembler = assembler
        let response = assembler.finish()
        guard assembler.chunkCount > 0 else { return }
        collector.add(recording.stream(assembler.chunks, response))
    }

    /// The streams, spans and rejections so far: what tells that a recording gave something.
    var findings: Int { collector.summary.streams + collector.summary.spans + collector.summary.rejected }

    /// The request beside a recording: `x.request.json` beside `x.sse` and `x.sse.timed.jsonl`.
    func siblingRequest() -> ModelRequest? {
        guard case .file(let path) = input.origin else { return nil }
        for suffix in [".sse.timed.jsonl", ".timed.jsonl", ".sse", ".ndjson", ".chunks.txt"]
        where path.hasSuffix(suffix) {
            let sibling = InputFile(path: String(path.dropLast(suffix.count)) + ".request.json")
            guard let file = try? sibling.open() else { return nil }
            defer { file.close() }
            guard let body = Self.readAll(file), !body.isEmpty else { return nil }
            return ModelRequest(method: "POST", host: nil, path: "", body: body)
        }
        return nil
    }
}

extension InputFormat {
    /// A format whose inputs are read whole; `absence` is the rejection of an input that gives nothing.
    static func recording(
        name: String, help: String, absence: String = "no response of a model in it",
        sniff: @escaping @Sendable (InputHead) -> SniffScore?,
        claim: (@Sendable (FolderListing) -> [FileGroup])? = nil,
        read: @escaping @Sendable (RecordingReader, [UInt8]) -> Void
    ) -> InputFormat {
        InputFormat(name: name, help: help, sniff: sniff, claim: claim) { reading in
            let collector = reading.collector
            let reader = RecordingReader(input: reading.input, collector: collector)
            guard let bytes = RecordingReader.readAll(reading.source) else {
                reader.reject("a recording of more than \(RecordingReader.byteLimit >> 20) MiB", offset: 0)
                return Int64(RecordingReader.byteLimit)
            }
            let before = collector.summary
            read(reader, bytes)
            if collector.summary == before && reading.source.failure == nil { reader.reject(absence, offset: 0) }
            try collector.flushIfFull(at: Int64(bytes.count))
            return Int64(bytes.count)
        }
    }
}
