import FastJSON
import StreamDecoding
import TestSupport
import Testing
import TraceExport
import TraceModel

@Suite struct RoundTripTests {
    /// Reads timed lines as an import does: the first one has the time of the request.
    private func read(_ lines: [JSONValue], hint: WireProtocol? = nil) -> (StreamChunks, AssembledResponse) {
        var assembler = StreamAssembler(protocol: hint)
        let start = lines.first?["t_unix_ns"]?.int ?? 0
        for line in lines {
            assembler.append((line["bytes"]?.string ?? "").utf8, offsetNanos: (line["t_unix_ns"]?.int ?? 0) - start)
        }
        let response = assembler.finish()
        return (assembler.chunks, response)
    }

    @Test func recordedStreamsComeBackTheSame() throws {
        let recordings = try RecordedTexts.timedLines()
        #expect(recordings.count > (Recordings.isWhole ? 30 : 10))
        for (name, text) in recordings {
            let lines = try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
            let (chunks, response) = read(lines)
            var info = StreamInfo(
                startUnixNano: lines.first?["t_unix_ns"]?.int, timing: .measured, endCause: .finished,
                finishReason: response.finishReasons.first, tokensBilled: response.usage.output, source: "test")
            info.wireProtocol = response.wireProtocol?.rawValue
            let export = StreamExport(
                chunks: chunks, info: info, title: "t", model: response.modelResolved,
                responseID: response.responseID ?? "r")
            let (again, answer) = read(try Recording.lines(export, .timedNDJSON))
            let isNative = info.wireProtocol != "openai.responses"
            let known = isNative ? Array(chunks) : chunks.filter(\.kind.isContent)
            let found = isNative ? Array(again) : again.filter(\.kind.isContent)
            #expect(known.map(Essence.init) == found.map(Essence.init), "\(name)")
            #expect(answer.finishReasons == response.finishReasons, "\(name)")
            #expect(answer.usage.output == response.usage.output, "\(name)")
        }
    }

    /// What must come back of a chunk.
    private struct Essence: Equatable {
        var offset: Int64?
        var kind: ChunkKind
        var text: String
        var call: StreamToolCall?

        init(_ chunk: StreamChunk) {
            offset = chunk.offsetNanos
            kind = chunk.kind
            // Objects are told by their kind; how they are spaced is nothing that the stream says.
            text = chunk.kind == .usage ? "" : chunk.text
            call = chunk.toolCall
        }
    }
}
