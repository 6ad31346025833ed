import Basics
import Canvas
import TestSupport
import Testing
import TraceModel
import TraceQuery

@testable import Explorer

/// What is shown at a time, and where characters are cut.
@Suite struct StreamTapeTests {
    private let ms = StreamFixture.millisecond

    @Test func showsExactlyTheChunksUpToATime() {
        let tape = StreamTape(StreamFixture.detail(StreamFixture.text([(10, "a"), (20, "b"), (20, "c"), (30, "d")])))
        #expect(tape.count(at: 0) == 0)
        #expect(tape.count(at: 10 * ms - 1) == 0)
        #expect(tape.text(count: tape.count(at: 10 * ms)) == "a")
        #expect(tape.text(count: tape.count(at: 20 * ms)) == "abc")
        #expect(tape.text(count: tape.count(at: 30 * ms)) == "abcd")
    }

    @Test func clocksThatStepBackNeverReorderText() {
        let chunks = StreamFixture.text([(10, "a"), (50, "b"), (30, "c"), (40, "d"), (60, "e")])
        let tape = StreamTape(StreamFixture.detail(chunks))
        #expect(tape.times == [10, 30, 30, 40, 60].map { $0 * ms })
        for time in stride(from: Int64(0), through: 70, by: 5) {
            // The prefix up to the last chunk whose offset has come.
            let last = chunks.lastIndex { ($0.offsetNanos ?? 0) <= time * ms }.map { $0 + 1 } ?? 0
            #expect(tape.count(at: time * ms) == last)
        }
    }

    @Test func chunksWithoutATimeComeWithTheNextThatHasOne() {
        var chunks = StreamFixture.text([(10, "a"), (20, "b"), (30, "c"), (40, "d")])
        chunks[1].offsetNanos = nil
        chunks[3].offsetNanos = nil
        var info = StreamInfo(timing: .measured, source: "test")
        info.durationNanos = 90 * ms
        let tape = StreamTape(StreamFixture.detail(chunks, info: info))
        #expect(tape.times == [10, 30, 30, 90].map { $0 * ms })
    }

    @Test func timesAreNeverInvented() {
        let untimed = StreamTape(StreamFixture.untimed())
        #expect(untimed.times == nil && untimed.timing.label == "no clock: step only")
        let paced = StreamTape(StreamFixture.untimed(), pace: 50)
        #expect(paced.times?.last == 100 * ms && paced.timing.label == "synthetic clock 50/s")
        var info = StreamInfo(timing: .firstAndLastOnly, source: "test")
        var chunks = StreamFixture.text([(10, "a"), (20, "b"), (30, "c"), (40, "d")])
        chunks[1].offsetNanos = nil
        chunks[2].offsetNanos = nil
        let both = StreamTape(StreamFixture.detail(chunks, info: info))
        #expect(both.timing.label == "first and last only")
        #expect(both.times == [10, 40, 40, 40].map { $0 * ms })
        chunks[3].offsetNanos = nil
        info.durationNanos = nil
        #expect(StreamTape(StreamFixture.detail(chunks, info: info)).times == nil)
        // A measured stream is not paced.
        #expect(StreamTape(StreamFixture.detail(StreamFixture.text([(10, "a")])), pace: 9).timing == .measured)
    }

    /// Every prefix of chunks, each a scalar, ends between characters of the whole.
    @Test(arguments: [
        "a👩‍💻b", "🇩🇪🇫🇷!", "e\u{301}e\u{301}", "你好，世界", "👍🏽👍", "x\r\ny", "न\u{94d}\u{200d}दे", "ok 👨‍👩‍👧‍👦",
    ])
    func noCharacterIsEverCut(text: String) {
        let chunks = text.unicodeScalars.enumerated().map { index, scalar in
            StreamChunk(offsetNanos: Int64(index) * ms, kind: .text, text: String(scalar))
        }
        let tape = StreamTape(StreamFixture.detail(chunks))
        let characters = Array(text)
        var lengths: Set<Int> = []
        for count in 0...chunks.count {
            let shown = Array(tape.text(count: count))
            #expect(shown == Array(characters.prefix(shown.count)))
            lengths.insert(shown.count)
        }
        #expect(tape.text(count: chunks.count) == text)
        #expect(lengths == Set(0...characters.count))
    }

    @Test func voicesAreBlocksWithTheNameOfTheirCall() {
        let first = StreamToolCall(index: 0, id: "call_1", name: "search")
        let later = StreamToolCall(index: 0)
        let chunks = [
            StreamChunk(offsetNanos: 1, kind: .other, text: "ping"),
            StreamChunk(offsetNanos: 2, kind: .reasoning, text: "hm"),
            StreamChunk(offsetNanos: 3, kind: .toolArguments, text: "", toolCall: first),
            StreamChunk(offsetNanos: 4, kind: .toolArguments, text: "{}", toolCall: later),
            StreamChunk(offsetNanos: 5, kind: .toolArguments, text: "[]", toolCall: StreamToolCall(index: 1)),
            StreamChunk(offsetNanos: 6, kind: .text, text: "done"),
            StreamChunk(offsetNanos: 7, kind: .refusal, text: "no"),
        ]
        let tape = StreamTape(StreamFixture.detail(chunks))
        #expect(
            tape.blocks.map(\.label) == [
                "reasoning", "search  call_1", "call of a tool without a name", "answer", "refusal",
            ])
        // What is no content is counted and not shown.
        #expect(tape.text(count: 7) == "hm{}[]doneno")
    }

    @Test func alternativeAnswersAreShownOneAtATime() {
        let chunks = (0..<6).map { index in
            StreamChunk(
                offsetNanos: Int64(index), kind: .text, text: index % 2 == 0 ? "a" : "b", choiceIndex: index % 2)
        }
        let detail = StreamFixture.detail(chunks)
        #expect(StreamTape(detail).choiceCount == 2)
        #expect(StreamTape(detail).text(count: 6) == "aaa")
        #expect(StreamTape(detail, choice: 1).text(count: 6) == "bbb")
        #expect(StreamTape(detail, choice: 1).blocks.count == 1)
    }

    @Test func figuresOfThePrefixEqualThoseComputedPlainly() {
        var random = SplitMix64(seed: 4)
        var time: Int64 = 0
        let chunks = (0..<300).map { index in
            time += Int64.random(in: 0...50, using: &random) * ms
            return StreamChunk(offsetNanos: time, kind: index % 9 == 4 ? .other : .text, text: "x")
        }
        let tape = StreamTape(StreamFixture.detail(chunks))
        for count in [300, 10, 11, 250, 2, 299, 0, 150] {
            let shown = chunks.prefix(count).filter { $0.kind.isContent }.compactMap(\.offsetNanos)
            let gaps = zip(shown, shown.dropFirst()).map { $1 - $0 }.sorted()
            let items = Dictionary(
                uniqueKeysWithValues: StreamFigureItems(
                    tape: tape, time: tape.time(ofCount: count) ?? 0, count: count, ascii: false
                ).live().map { ($0.label, $0.value) })
            func plain(_ share: Double) -> String {
                guard !gaps.isEmpty else { return "–" }
                let rank = max(1, Int(clamped: (share * Double(gaps.count)).rounded(.up)))
                return Figures.duration(nanos: gaps[rank - 1])
            }
            #expect(items["p50"] == plain(0.5))
            #expect(items["p95"] == plain(0.95))
            #expect(items["max"] == plain(1))
        }
    }

    /// Whatever the paragraphs, rows follow each other without gap or overlap, and backwards they are the same.
    @Test(arguments: 0..<6) func rowsCoverTheTextBothWays(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var text = ""
        for _ in 0..<4 {
            let length = [3, 400, 70_000, 150_000].randomElement(using: &random) ?? 3
            while text.utf8.count % 200_000 < length {
                text += ["word ", "longerword ", "你好", "x", "    "].randomElement(using: &random) ?? ""
                if text.utf8.count > 260_000 { break }
            }
            text += "\n"
        }
        let tape = StreamTape(StreamFixture.detail([StreamChunk(offsetNanos: 1, kind: .text, text: text)]))
        let rows = StreamRows(tape, columns: 60, metrics: TextMetrics())
        var forward: [StreamRow] = []
        var row = rows.first()
        while let here = row {
            #expect(here.start == forward.last?.end ?? 0)
            forward.append(here)
            row = rows.row(after: here)
        }
        #expect(forward.last?.end == text.utf8.count)
        var backward: [StreamRow] = []
        row = rows.last(count: 1, end: text.utf8.count)
        while let here = row {
            backward.append(here)
            row = rows.row(before: here.address)
        }
        #expect(forward == backward.reversed())
    }

    @Test func aMegabyteInOneChunkIsWrappedWhereItIsSeen() {
        let text = String(repeating: "lorem ipsum ", count: 90_000)
        let detail = StreamFixture.detail(StreamFixture.text([(10, text), (20, "end")]))
        var explorer = ScriptedExplorer.streaming(detail)
        explorer.press("p : 'seek_20ms' Enter")
        #expect(explorer.text.contains("ipsum end"))
        explorer.press("g")
        #expect(explorer.screen[2].contains("lorem ipsum"))
        explorer.press("PgDn PgDn k")
        #expect(explorer.stream?.isFollowing == false)
        #expect(explorer.text.contains("G follows"))
    }
}
