import Basics
import TestSupport
import Testing

@testable import TraceDialect

@Suite("Finding words")
struct WordFinderTests {
    @Test("finds what a plain search finds, in any case")
    func agrees() {
        let words = ["aba", "bb", "cab'", "é a"]
        let finder = WordFinder(words)
        var random = SplitMix64(seed: 7)
        var found = 0
        for _ in 0..<3_000 {
            let text = String(
                (0..<Int.random(in: 0...9, using: &random)).map { _ in
                    "abBAcC'é ".randomElement(using: &random) ?? "a"
                })
            let bytes = Array(text.lowercased().utf8)
            let expected = words.contains { word in
                let word = Array(word.utf8)
                guard bytes.count >= word.count else { return false }
                return (0...bytes.count - word.count).contains { Array(bytes[$0..<$0 + word.count]) == word }
            }
            #expect(finder.matches(text) == expected, "\(text)")
            found += expected ? 1 : 0
        }
        #expect(found > 300 && found < 2_700)
    }

    @Test("an apostrophe is one in any print")
    func apostrophe() {
        #expect(DialectTable.gapWords.matches("I couldn’t find it."))
        #expect(DialectTable.gapWords.matches("I COULDN'T find it."))
        #expect(!DialectTable.gapWords.matches("It arrives on Tuesday."))
    }

    @Test("words begin after signs and at humps")
    func starts() {
        let finder = WordFinder(["parse"])
        for name in ["parse", "JSONParser", "OutputParse", "output_parse", "x.parse"] {
            #expect(finder.matches(name, atWordStarts: true), "\(name)")
        }
        for name in ["sparse_retriever", "SPARSE", "Sparse", "pars", ""] {
            #expect(!finder.matches(name, atWordStarts: true), "\(name)")
        }
    }
}
