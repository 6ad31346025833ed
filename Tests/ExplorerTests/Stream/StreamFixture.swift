import Canvas
import Explorer
import Foundation
import TraceModel
import TraceQuery

/// Streams built in code, and an explorer that shows them.
enum StreamFixture {
    static let millisecond: Int64 = 1_000_000

    /// A row of the fixture's trace that is a model call.
    static func row() -> (SpanRow, NameTable) {
        let structure = Fixture.structure()
        let row = structure.spans.first { $0.spanID == SpanID(3) } ?? structure.spans[0]
        return (row, structure.names)
    }

    static func detail(
        _ chunks: [StreamChunk], info: StreamInfo = StreamInfo(timing: .measured, source: "record"),
        change: (inout StreamDetail) -> Void = { _ in }
    ) -> StreamDetail {
        let (row, names) = row()
        var figures = StreamFigures()
        figures.chunkCount = chunks.count
        figures.contentChunkCount = chunks.filter { $0.kind.isContent }.count
        figures.timeToFirstChunkNanos = chunks.first { $0.kind.isContent }?.offsetNanos
        figures.timeToFirstVisibleChunkNanos = chunks.first { $0.kind.isVisible && !$0.text.isEmpty }?.offsetNanos
        figures.durationNanos = chunks.last?.offsetNanos
        var detail = StreamDetail(
            row: row, names: names, traceID: TraceID(high: 0xabc, low: 1), info: info, figures: figures,
            chunks: StreamChunks(chunks))
        change(&detail)
        return detail
    }

    /// Text chunks at times in milliseconds.
    static func text(_ pieces: [(Int64, String)]) -> [StreamChunk] {
        pieces.map { StreamChunk(offsetNanos: $0 * millisecond, kind: .text, text: $1) }
    }

    /// An answer that reasons, calls a tool, stalls, and then says the same again and again.
    static func incident() -> StreamDetail {
        var chunks: [StreamChunk] = []
        var time: Int64 = 200
        func words(_ text: String, _ kind: ChunkKind, every: Int64, call: StreamToolCall? = nil) {
            for (index, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
                let piece = (index == 0 ? "" : " ") + word
                chunks.append(
                    StreamChunk(offsetNanos: time * millisecond, kind: kind, text: piece, toolCall: call))
                time += every
            }
        }
        words("The user wants to know where the parcel is; the order has to be looked up first.", .reasoning, every: 20)
        time += 60
        let call = StreamToolCall(index: 0, id: "call_9", name: "track_order")
        words("{\"order\": 7731, \"carrier\": null}", .toolArguments, every: 30, call: call)
        time += 40
        words(
            "We looked into the order you mentioned and found that the parcel left the warehouse on Monday "
                + "morning.\n\n- The carrier scanned it **twice** on the way,\n- the last scan was in the regional "
                + "centre close to your city.\n\n",
            .text, every: 24)
        let stallStart = time - 24
        time += 1200
        let onset = chunks.count + 14
        for _ in 0..<5 {
            words("Your parcel will arrive soon, and we will let you know as it does. ", .text, every: 14)
        }
        let last = time - 14
        chunks.append(StreamChunk(offsetNanos: (last + 20) * millisecond, kind: .terminal, text: ""))
        var info = StreamInfo(timing: .measured, endCause: .finished, finishReason: "stop", source: "record")
        info.durationNanos = (last + 20) * millisecond
        info.tokensBilled = 160
        info.tokensDelivered = 154
        return detail(chunks, info: info) { detail in
            detail.figures.durationNanos = info.durationNanos
            detail.figures.timePerOutputTokenNanos = 9_800_000
            detail.figures.stalls = [
                StreamStall(
                    stallClass: .midText, startNanos: stallStart * millisecond, durationNanos: 1_224 * millisecond,
                    nextSequence: onset - 14)
            ]
            detail.figures.stalledNanos = 1_224 * millisecond
            detail.figures.stalledShare = 0.25
            let start = detail.chunks.offsetNanos(onset) ?? 0
            detail.figures.loops = [
                ContentLoop(
                    kind: .text, onsetCharacter: 290, onsetSequence: onset, onsetNanos: start, endCharacter: 560,
                    periodCharacters: 68, repeats: 5, loopedShare: 0.49, isNear: false,
                    wastedNanos: last * millisecond - start)
            ]
            detail.findings = [
                Finding(
                    rule: "stream.loop", severity: .error, certainty: .proven,
                    message: "a period of 68 characters comes 5 times from 3.80s, 49% of the text",
                    spanID: detail.row.spanID,
                    evidence: [FindingEvidence(spanID: nil, label: "onset", value: "3.80s")]),
                Finding(
                    rule: "stream.stall", severity: .warning, certainty: .proven,
                    message: "nothing came for 1.22s in the middle of the text", spanID: detail.row.spanID),
            ]
        }
    }

    /// The same without any time.
    static func untimed() -> StreamDetail {
        detail(
            ["Hello", " there", ", general", " reader", "."].map {
                StreamChunk(offsetNanos: nil, kind: .text, text: $0)
            }, info: StreamInfo(timing: .none, source: "sse"))
    }
}

extension ScriptedExplorer {
    /// An explorer in which every span streams the given details, in order of asking.
    static func streaming(
        _ details: StreamDetail..., columns: Int = 80, rows: Int = 24, metrics: TextMetrics = TextMetrics(),
        theme: String? = nil
    ) -> ScriptedExplorer {
        var explorer = ScriptedExplorer(columns: columns, rows: rows, metrics: metrics)
        explorer.streams = details
        if let theme { explorer.state.theme = Theme.named(theme) ?? Theme.fallback }
        explorer.press("Enter j j")
        explorer.send(.frame(0))
        return explorer
    }

    /// Lets time pass in frames of 10 ms.
    mutating func wait(milliseconds: Int64) {
        let end = state.monotonicNanos + milliseconds * StreamFixture.millisecond
        while state.monotonicNanos < end {
            send(.frame(min(end, state.monotonicNanos + 10 * StreamFixture.millisecond)))
        }
    }

    var stream: StreamState? { state.stream }

    /// The text that the stream has come to.
    var streamText: String { stream.flatMap { stream in stream.tape.map { $0.text(count: stream.count) } } ?? "" }
}
