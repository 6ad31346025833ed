import Basics
import TestSupport
import Testing
import TraceAnalysis
import TraceModel

@Suite struct StreamTextTests {
    private let answer = StreamText.Lane(kind: .text, choiceIndex: 0)

    private func visible(_ pieces: [String]) -> [String] {
        let chunks = StreamChunks(
            pieces.enumerated().map { StreamChunk(offsetNanos: Int64($0) * 10, kind: .text, text: $1) })
        let text = StreamText(chunks)
        return pieces.indices.map { text.text(of: answer, at: Int64($0) * 10) }
    }

    @Test func charactersAppearWhenComplete() {
        #expect(visible(["a👩", "\u{200D}", "💻b"]) == ["a", "a", "a👩‍💻b"])
        #expect(visible(["🇵", "🇹", "!"]) == ["", "🇵🇹", "🇵🇹!"])
        #expect(visible(["🇵🇹🇩", "🇪 x"]) == ["🇵🇹", "🇵🇹🇩🇪 x"])
        #expect(visible(["👍", "🏽"]) == ["", "👍🏽"])
        #expect(visible(["e", "\u{301}te"]) == ["", "e\u{301}te"])
        #expect(visible(["line\r", "\nnext"]) == ["line", "line\r\nnext"])
        // At the end of the stream nothing more can come.
        #expect(visible(["a", "👩\u{200D}"]) == ["a", "a👩\u{200D}"])
    }

    @Test func whatIsSeenIsExactlyWhatHasArrived() {
        let chunks = StreamFixture.text([10, 20, 20, 30]) { ["one ", "two ", "three ", "four"][$0] }
        let text = StreamText(chunks)
        #expect(text.answer(at: 9) == "")
        #expect(text.answer(at: 10) == "one ")
        #expect(text.answer(at: 20) == "one two three ")
        #expect(text.answer(at: .max) == "one two three four")
    }

    @Test func lanesGrowSideBySide() {
        let (first, second) = (StreamToolCall(index: 0, id: "a", name: "add"), StreamToolCall(index: 1))
        let chunks = StreamChunks([
            StreamChunk(offsetNanos: 1, kind: .reasoning, text: "think"),
            StreamChunk(offsetNanos: 2, kind: .toolArguments, text: "{\"x\"", toolCall: first),
            StreamChunk(offsetNanos: 3, kind: .toolArguments, text: "[", toolCall: second),
            StreamChunk(offsetNanos: 4, kind: .toolArguments, text: ":1}", toolCall: StreamToolCall(index: 0)),
            StreamChunk(offsetNanos: 5, kind: .text, text: "other", choiceIndex: 1),
        ])
        let text = StreamText(chunks)
        #expect(text.lanes.count == 4)
        #expect(text.text(of: text.lanes[1], at: 4) == "{\"x\":1}")
        #expect(text.toolName(of: text.lanes[1]) == "add")
        #expect(text.answer(at: 9) == "" && text.answer(at: 9, choiceIndex: 1) == "other")
        let script = StreamScript(chunks).steps
        #expect(
            script.map(\.text).joined()
                == "[reasoning]\nthink\n[tool call add]\n{\"x\"\n[tool call 1]\n[\n[tool call add]\n:1}\n[text, choice 1]\nother"
        )
        #expect(script.map(\.nanos) == [1, 2, 3, 4, 5])
    }

    @Test func anAnswerAloneHasNoHeadings() {
        let steps = StreamScript(StreamFixture.text([1, 2]) { ["Hi ", "there"][$0] }).steps
        #expect(steps.map(\.text) == ["Hi ", "there"])
    }

    @Test func piecesAreWholeCharactersAndLoseNothing() {
        var random = SplitMix64(seed: 5)
        let alphabet = Array("ab \r\né👩💻👍🏽🇵🇹\u{200D}\u{301}\u{FE0F}क\u{94D}ष\u{600}1한각".unicodeScalars)
        for _ in 0..<400 {
            var whole = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                whole.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)])
            }
            let chunks = StreamFixture.chunks(of: String(whole), size: Int.random(in: 1...3, using: &random))
            let text = StreamText(chunks)
            let pieces = chunks.indices.map { text.piece(ofChunk: $0) }
            #expect(Array(pieces.joined().unicodeScalars) == Array(whole))
            #expect(pieces.reduce(0) { $0 + $1.count } == String(whole).count)
        }
    }
}
