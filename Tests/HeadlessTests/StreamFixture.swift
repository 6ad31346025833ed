import TraceAnalysis
import TraceModel
import TraceQuery

/// Streams on the model call of the small trace.
enum StreamFixture {
    private static let milli: Int64 = 1_000_000

    static func detail(_ chunks: [StreamChunk], _ info: StreamInfo) -> StreamDetail {
        let structure = Fixture.structure
        let columns = StreamChunks(chunks)
        let figures = StreamAnalysis.figures(of: columns, info: info)
        return StreamDetail(
            row: structure.spans[1], names: structure.names, traceID: Fixture.traceID, info: info, figures: figures,
            chunks: columns)
    }

    /// Reasoning, an answer with a stall and hostile text, a call, usage and an end.
    static var measured: StreamDetail {
        let call = StreamToolCall(index: 0, id: "call_1", name: "look\u{1B}up")
        let info = StreamInfo(
            startUnixNano: 1_795_000_001_000_000_000, durationNanos: 2_000 * milli, timing: .measured,
            clock: "test clock", endCause: .finished, finishReason: "stop", tokensBilled: 7, source: "test",
            wireProtocol: "openai.chat")
        return detail(
            [
                StreamChunk(offsetNanos: 100 * milli, kind: .other, text: ""),
                StreamChunk(offsetNanos: 200 * milli, kind: .reasoning, text: "Hm."),
                StreamChunk(offsetNanos: 220 * milli, kind: .text, text: "Hi \u{1B}[31m, 👩"),
                StreamChunk(offsetNanos: 240 * milli, kind: .text, text: "\u{200D}💻\n"),
                StreamChunk(offsetNanos: 1_740 * milli, kind: .text, text: "so, \"x\""),
                StreamChunk(offsetNanos: 1_760 * milli, kind: .toolArguments, text: "{\"q\":1}", toolCall: call),
                StreamChunk(offsetNanos: 1_780 * milli, kind: .usage, text: ""),
                StreamChunk(offsetNanos: 1_800 * milli, kind: .terminal, text: ""),
            ], info)
    }

    static var untimed: StreamDetail {
        detail(
            ["One ", "two ", "three."].map { StreamChunk(offsetNanos: nil, kind: .text, text: $0) },
            StreamInfo(timing: .none, source: "sse"))
    }

    static var looping: StreamDetail {
        let text = String(repeating: "We are sorry. The parcel is late. Please look at the page again. ", count: 4)
        let chunks = Array(text).enumerated().map {
            StreamChunk(offsetNanos: Int64($0 + 1) * milli, kind: .text, text: String($1))
        }
        return detail(chunks, StreamInfo(timing: .measured, source: "test"))
    }
}
