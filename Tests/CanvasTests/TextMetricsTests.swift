import Basics
import Canvas
import TestSupport
import Testing

@Suite struct TextMetricsTests {
    /// Text, the cells it becomes, its columns.
    static let cases: [(text: String, cells: [String], width: Int)] = [
        ("abc", ["a", "b", "c"], 3),
        ("", [], 0),
        ("é", ["é"], 1),
        ("e\u{301}", ["e\u{301}"], 1),
        ("日本", ["日", "本"], 4),
        ("ｱ", ["ｱ"], 1),
        ("Ａ", ["Ａ"], 2),
        ("한글", ["한", "글"], 4),
        ("\u{1112}\u{1161}\u{11AB}", ["\u{1112}\u{1161}\u{11AB}"], 2),
        ("👩‍💻", ["👩"], 2),
        ("👩🏽‍💻x", ["👩", "x"], 3),
        ("👨‍👩‍👧‍👦!", ["👨", "!"], 3),
        ("👍🏿", ["👍"], 2),
        ("❤️", ["❤"], 1),
        ("🇩🇪", ["D", "E"], 2),
        ("1️⃣", ["1\u{20E3}"], 1),
        ("नमस्ते", ["न", "म", "स्", "ते"], 4),
        ("می\u{200C}خواهم", ["م", "ی", "خ", "و", "ا", "ه", "م"], 7),
        ("葛\u{E0100}", ["葛"], 2),
        ("a\u{A0}b", ["a", " ", "b"], 3),
        ("█▏░", ["█", "▏", "░"], 3),
        ("○ж", ["○", "ж"], 2),
        ("\u{FFFD}", ["\u{FFFD}"], 1),
    ]

    @Test(arguments: cases) func clusters(text: String, cells: [String], width: Int) {
        let metrics = TextMetrics()
        #expect(metrics.clusters(of: text).map(\.text) == cells)
        #expect(metrics.width(of: text) == width)
    }

    @Test func ambiguousCharactersAreWideOnRequest() {
        let metrics = TextMetrics(ambiguousIsWide: true)
        #expect(metrics.width(of: "○ж") == 4)
        #expect(metrics.width(of: "a○") == 3)
        #expect(metrics.width(of: "日e\u{301}") == 3)
        // The stand-in of a tab keeps its columns.
        #expect(metrics.width(of: "\t") == 4)
    }

    @Test func asciiOnlyReplacesTheRest() {
        let metrics = TextMetrics(asciiOnly: true)
        #expect(metrics.clusters(of: "aé日👩‍💻e\u{301}\u{1B}").map(\.text) == ["a", "?", "?", "?", "?", "^", "["])
        #expect(metrics.clusters(of: "🇩🇪").map(\.text) == ["D", "E"])
    }

    @Test func widthStopsAtItsLimit() {
        let metrics = TextMetrics()
        #expect(metrics.width(of: "abcdef", atMost: 4) == 4)
        #expect(metrics.width(of: "日本語", atMost: 3) == 3)
        #expect(metrics.width(of: "ab", atMost: 4) == 2)
    }

    @Test func fitCutsWithAMark() {
        let metrics = TextMetrics()
        #expect(metrics.fit("abcdef", columns: 6) == "abcdef")
        #expect(metrics.fit("abcdefg", columns: 6) == "abcde…")
        #expect(metrics.fit("日本語", columns: 5) == "日本…")
        #expect(metrics.fit("日本語", columns: 4) == "日…")
        #expect(metrics.fit("abc", columns: 1) == "a")
        #expect(metrics.fit("abc", columns: 0) == "")
        #expect(metrics.fit("a\u{1B}[2J", columns: 9) == "a␛[2J")
        #expect(TextMetrics(asciiOnly: true).fit("abcdef", columns: 3) == "ab>")
    }

    @Test(arguments: 0..<200) func widthsAddUp(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let text = RandomText.make(&random)
        for metrics in RandomText.metrics {
            let clusters = metrics.clusters(of: text)
            #expect(clusters.allSatisfy { $0.width == 1 || $0.width == 2 })
            #expect(clusters.reduce(0) { $0 + $1.width } == metrics.width(of: text))
            // A cell holds one spacing character and four marks at most, which is what curses can hold.
            #expect(clusters.allSatisfy { (1...5).contains($0.text.unicodeScalars.count) })
            let columns = Int.random(in: 0...40, using: &random)
            let cut = metrics.fit(text, columns: columns)
            #expect(metrics.width(of: cut) <= columns)
        }
    }

    @Test(arguments: 0..<200) func whatIsSafeStaysAsItIs(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for metrics in RandomText.metrics {
            let safe = SafeText.line(RandomText.make(&random), metrics: metrics)
            #expect(SafeText.line(safe, metrics: metrics) == safe)
        }
    }
}
