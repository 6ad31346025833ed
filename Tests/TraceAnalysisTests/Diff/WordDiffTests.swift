import Basics
import TestSupport
import Testing
import TraceAnalysis

@Suite struct WordDiffTests {
    private func old(_ diff: WordDiff) -> String { diff.runs.filter { $0.kind != .added }.map(\.text).joined() }
    private func new(_ diff: WordDiff) -> String { diff.runs.filter { $0.kind != .removed }.map(\.text).joined() }

    @Test func tellsReplacedWords() {
        let diff = WordDiff("The card ends in 42, he says.", "The card ends in 17, she says.")
        #expect(
            diff.runs == [
                TextRun(.equal, "The card ends in "), TextRun(.removed, "42"), TextRun(.added, "17"),
                TextRun(.equal, ", "), TextRun(.removed, "he"), TextRun(.added, "she"), TextRun(.equal, " says."),
            ])
        #expect(diff.changedWords == 2)
        #expect(diff.removedWords == 2)
        #expect(diff.addedWords == 2)
    }

    @Test func emptyAndEqualTexts() {
        #expect(WordDiff("", "").runs.isEmpty)
        #expect(WordDiff("a b", "a b").runs == [TextRun(.equal, "a b")])
        #expect(WordDiff("", "a b").runs == [TextRun(.added, "a b")])
        #expect(WordDiff("a b", "").changedWords == 2)
        #expect(WordDiff("a  b", "a b").changedWords == 0)
    }

    @Test func textsThatDifferTooMuchAreReplacedBetweenEqualEnds() {
        let diff = WordDiff("start a b c end", "start x y z end", scriptLimit: 3)
        #expect(
            diff.runs == [
                TextRun(.equal, "start "), TextRun(.removed, "a b c"), TextRun(.added, "x y z"),
                TextRun(.equal, " end"),
            ])
        #expect(!diff.isDetailed)
        #expect(WordDiff("start a b c end", "start x y z end").isDetailed)
    }

    @Test func bothTextsComeBackWhateverTheyAre() {
        var random = SplitMix64(seed: 5)
        let words = ["a", "b", " ", "\n", ".", "日本", "👩‍💻", "x_1"]
        for _ in 0..<500 {
            func text() -> String {
                (0..<Int.random(in: 0...30, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
                    .joined()
            }
            let (before, after) = (text(), text())
            let diff = WordDiff(before, after, scriptLimit: Int.random(in: 0...40, using: &random))
            #expect(old(diff) == before)
            #expect(new(diff) == after)
            #expect(zip(diff.runs, diff.runs.dropFirst()).allSatisfy { $0.kind != $1.kind })
        }
    }

    @Test func findsTheShortestScript() {
        // The example of Myers' paper, abcabba and cbabac, in marks.
        let letters = WordDiff("-+*-++-", "*+-+-*")
        #expect(letters.runs.filter { $0.kind != .equal }.map(\.text.count).reduce(0, +) == 5)
    }
}
