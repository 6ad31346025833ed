package import TraceModel

/// A run of decoded records of one input, in input order.
package struct IngestBatch: Sendable {
    package var spans: [Span] = []
    package var logs: [SpanLogRecord] = []
    package var streams: [RecordedStream] = []
    package var rejects: [Rejection] = []
    /// Bytes of the input file consumed so far, before decompression; for progress.
    package var bytesConsumed: Int64 = 0

    package init() {}
}

/// A record, or the rest of an input, that could not be decoded.
package struct Rejection: Equatable, Sendable {
    /// The offset in the decompressed input.
    package var byteOffset: Int64?
    /// The line, from 1, where the input has lines.
    package var line: Int64?
    package var reason: String

    package init(byteOffset: Int64?, line: Int64?, reason: String) {
        self.byteOffset = byteOffset
        self.line = line
        self.reason = reason
    }
}

/// How the bytes of an input are to be read.
package enum InputFormat: String, CaseIterable, Sendable {
    case auto
    case otlpJSON = "otlp-json"
    case otlpProtobuf = "otlp-protobuf"
    /// Server-sent events as they came over the wire, without times.
    case sse
    /// Lines `{"t_unix_ns", "bytes"}`: what was received and when.
    case timedNDJSON = "timed-ndjson"
    /// Lines of Ollama's API, which state their own times.
    case ollama
    /// Events of a provider, one JSON a line.
    case chunks
    case har
    case vcr
    case claudeStreamJSON = "claude-stream-json"
    case geminiResponses = "gemini-responses"
    case langSmith = "langsmith"
    case adk
    case mlflow
    /// Conversations of several agents with the culprit labelled, as Who&When writes them.
    case whoAndWhen = "who-and-when"
    /// Trajectories in the Agent Trajectory Interchange Format.
    case atif
}
