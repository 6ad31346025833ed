import FastJSON
import StreamDecoding
import TraceModel

/// Reads recordings of model responses, one format each, and hands on their streams.
///
/// A recording is read whole: even a long response is small beside a file of traces.
struct StreamImporter {
    /// Bytes of a recording that are read.
    static let byteLimit = 512 << 20

    let input: InputFile
    let collector: BatchCollector

    /// Reads the input to its end and returns the place reached; throws only what the collector's receiver throws.
    func run(_ source: any ByteSource, format: InputFormat) throws -> Int64 {
        guard let bytes = Self.readAll(source) else {
            reject("a recording of more than \(Self.byteLimit >> 20) MiB", offset: 0)
            return Int64(Self.byteLimit)
        }
        let before = (collector.summary.streams, collector.summary.spans, collector.summary.rejected)
        switch format {
        case .sse: readWire(bytes, source: "sse", endCause: .connectionDropped)
        case .chunks: readWire(bytes, source: "chunks", endCause: .unknown)
        case .timedNDJSON: readTimedLines(bytes)
        case .ollama: readOllama(bytes)
        case .har: readHAR(bytes)
        case .vcr: readCassette(bytes)
        case .claudeStreamJSON: readClaude(bytes)
        case .geminiResponses: readGeminiResponses(bytes)
        case .langSmith: readLangSmith(bytes)
        case .adk: readADK(bytes)
        case .mlflow: readMLflow(bytes)
        case .whoAndWhen: readConversations(bytes)
        case .atif, .auto, .otlpJSON, .otlpProtobuf: break
        }
        let after = (collector.summary.streams, collector.summary.spans, collector.summary.rejected)
        if before == after && source.failure == nil {
            reject(format == .whoAndWhen ? "no conversation in it" : "no response of a model in it", offset: 0)
        }
        try collector.flushIfFull(at: Int64(bytes.count))
        return Int64(bytes.count)
    }

    func reject(_ reason: String, offset: Int64? = nil, line: Int64? = nil) {
        collector.reject(Rejection(byteOffset: offset, line: line, reason: reason))
    }

    func reject(_ error: JSONError, in bytesBefore: Int64 = 0, linesBefore: Int64 = 0) {
        reject("\(error.reason)", offset: bytesBefore + error.offset, line: linesBefore + error.line)
    }

    private static func readAll(_ source: any ByteSource) -> [UInt8]? {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            let count = piece.withUnsafeMutableBytes { source.read(into: $0) }
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
            if bytes.count > byteLimit { return nil }
        }
    }

    // MARK: Bytes of the wire

    /// Reads a response as it came over the wire, without times.
    private func readWire(_ bytes: [UInt8], source: String, endCause: StreamEndCause) {
        var recording = StreamRecording(source: source)
        recording.hash.add(bytes)
        recording.request = siblingRequest()
        recording.endCauseWithoutMark = endCause
        var assembler = StreamAssembler(protocol: recording.request?.wireProtocol)
        assembler.append(bytes, offsetNanos: nil)
        let response = assembler.finish()
        guard assembler.chunkCount > 0 else { return }
        collector.add(recording.stream(assembler.chunks, response))
    }

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
