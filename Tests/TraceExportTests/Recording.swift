import FastJSON
import TraceAnalysis
import TraceExport
import TraceModel

/// Streams to write files of, and the files as text.
enum Recording {
    static let start: Int64 = 1_795_000_001_000_000_000

    static func stream(_ wireProtocol: String? = "openai.chat", timing: TimingQuality = .measured) -> StreamExport {
        let call = StreamToolCall(index: 0, id: "call_1", name: "lookup")
        let milli: Int64 = 1_000_000
        let chunks = StreamChunks([
            StreamChunk(offsetNanos: 200 * milli + 400_000, kind: .reasoning, text: "Hm."),
            StreamChunk(offsetNanos: 220 * milli + 800_000, kind: .text, text: "Hi\n\u{1B}"),
            StreamChunk(offsetNanos: 241 * milli + 200_000, kind: .text, text: "there"),
            StreamChunk(offsetNanos: 1_500 * milli, kind: .toolArguments, text: "{\"q\":", toolCall: call),
            StreamChunk(offsetNanos: 1_520 * milli, kind: .toolArguments, text: "[1]}", toolCall: call),
            StreamChunk(offsetNanos: 1_600 * milli, kind: .terminal, text: ""),
        ])
        let info = StreamInfo(
            startUnixNano: start, durationNanos: 1_600 * milli, timing: timing, endCause: .finished,
            finishReason: "stop", tokensBilled: 9, source: "test", wireProtocol: wireProtocol)
        return StreamExport(chunks: chunks, info: info, title: "chat \u{1B}", model: "m-1", responseID: "r-1")
    }

    static func text(_ stream: StreamExport, _ format: StreamExportFormat) -> String {
        let bytes = stream.bytes(as: format) { $0.replacing("\u{1B}", with: "␛") }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func lines(_ stream: StreamExport, _ format: StreamExportFormat) throws -> [JSONValue] {
        try text(stream, format).split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }

    /// The JSON of server-sent events.
    static func data(_ text: String) throws -> [JSONValue] {
        try text.components("\n\n").compactMap { event in
            guard let line = event.split(separator: "\n").first(where: { $0.hasPrefix("data: {") }) else { return nil }
            return try JSONValue(parsing: String(line.dropFirst(6)))
        }
    }
}

extension String {
    fileprivate func components(_ separator: String) -> [Substring] { self[...].split(separator: separator) }
}
