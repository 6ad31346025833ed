import Basics
import Canvas
import TestSupport
import Testing

@Suite struct SafeTextTests {
    static let cases: [(text: String, shown: String, ascii: String)] = [
        ("\u{1B}[2J", "␛[2J", "^[[2J"),
        ("\u{1B}]0;owned\u{7}", "␛]0;owned␇", "^[]0;owned^G"),
        ("\u{9B}31m", "⟨U+009B⟩31m", "<U+009B>31m"),
        ("\u{85}", "⟨U+0085⟩", "<U+0085>"),
        ("a\u{0}b", "a␀b", "a^@b"),
        ("a\tb", "a→   b", "a^I  b"),
        ("a\nb\r\nc", "a␊b␍␊c", "a^Jb^M^Jc"),
        ("\u{7F}", "␡", "^?"),
        ("user\u{202E}txt", "user⟨U+202E⟩txt", "user<U+202E>txt"),
        ("\u{2066}x\u{2069}", "⟨U+2066⟩x⟨U+2069⟩", "<U+2066>x<U+2069>"),
        ("\u{200E}\u{200F}\u{61C}", "⟨U+200E⟩⟨U+200F⟩⟨U+061C⟩", "<U+200E><U+200F><U+061C>"),
        ("a\u{200B}b\u{200C}c\u{200D}d", "a⟨U+200B⟩b⟨U+200C⟩c⟨U+200D⟩d", "a<U+200B>b<U+200C>c<U+200D>d"),
        ("\u{FEFF}a\u{2060}", "⟨U+FEFF⟩a⟨U+2060⟩", "<U+FEFF>a<U+2060>"),
        ("co\u{AD}op", "co⟨U+00AD⟩op", "co<U+00AD>op"),
        ("\u{2028}\u{2029}", "⟨U+2028⟩⟨U+2029⟩", "<U+2028><U+2029>"),
        ("a\u{E0041}", "a⟨U+E0041⟩", "a<U+E0041>"),
        ("a\u{FE0F}\u{FE0F}", "a⟨U+FE0F⟩⟨U+FE0F⟩", "a<U+FE0F><U+FE0F>"),
        ("❤\u{FE0F}\u{FE0F}", "❤⟨U+FE0F⟩", "?<U+FE0F>"),
        ("\u{E000}\u{F0000}", "⟨U+E000⟩⟨U+F0000⟩", "<U+E000><U+F0000>"),
        ("\u{378}", "⟨U+0378⟩", "<U+0378>"),
        ("\u{301}a", "◌\u{301}a", "?a"),
        (" \u{301}", " ◌\u{301}", " ?"),
        ("\u{3164}\u{2800}\u{115F}", "⟨U+3164⟩⟨U+2800⟩⟨U+115F⟩", "<U+3164><U+2800><U+115F>"),
        ("\u{16FE4}\u{1D159}\u{34F}", "⟨U+16FE4⟩⟨U+1D159⟩⟨U+034F⟩", "<U+16FE4><U+1D159><U+034F>"),
        ("🇩", "⟨U+1F1E9⟩", "<U+1F1E9>"),
        ("ن\u{200C}\u{200C}ه", "ن⟨U+200C⟩⟨U+200C⟩ه", "?<U+200C><U+200C>?"),
    ]

    @Test(arguments: cases) func standIns(text: String, shown: String, ascii: String) {
        #expect(SafeText.line(text) == shown)
        #expect(SafeText.line(text, metrics: TextMetrics(asciiOnly: true)) == ascii)
    }

    @Test func pilesOfMarksAreCounted() {
        let pile = "H" + String(repeating: "\u{336}\u{489}", count: 8)
        #expect(SafeText.line(pile) == "H\u{336}\u{489}\u{336}\u{489}⟨+12⟩")
        #expect(TextMetrics().width(of: pile + "x") == 7)
        #expect(SafeText.line(String(repeating: "\u{301}", count: 9)) == "⟨+9⟩")
        #expect(SafeText.line(pile, metrics: TextMetrics(asciiOnly: true)) == "??")
    }

    @Test func blocksKeepTheirLines() {
        #expect(SafeText.block("a\r\nb\n\u{1B}c\n") == "a\nb\n␛c\n")
        #expect(SafeText.block("plain") == "plain")
        #expect(SafeText.block("a\rb") == "a␍b")
        #expect(SafeText.block("\n\n") == "\n\n")
    }

    /// Every code point there is, alone and behind a letter.
    @Test func noCodePointGetsThroughThatATerminalCouldObey() {
        // Beyond the last assigned ideograph there are few characters and many holes.
        for value in Array(UInt32(0)...0x323FF) + Array(stride(from: 0x32400, through: 0x10FFFF, by: 11)) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = String(Character(scalar))
            for metrics in [TextMetrics(), TextMetrics(asciiOnly: true)] where !isHarmless(text, metrics) {
                Issue.record("U+\(String(value, radix: 16)) gets through")
            }
        }
    }

    @Test(arguments: 0..<300) func noTextGetsThroughThatATerminalCouldObey(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let text = RandomText.make(&random)
        for metrics in RandomText.metrics {
            #expect(isHarmless(text, metrics))
            let block = SafeText.block(text, metrics: metrics)
            #expect(block.unicodeScalars.allSatisfy { $0 == "\n" || !isDangerous($0) })
        }
    }

    private func isHarmless(_ text: String, _ metrics: TextMetrics) -> Bool {
        let line = SafeText.line(text, metrics: metrics)
        if metrics.asciiOnly, !line.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return false }
        // Nothing vanishes without a trace: what comes in as one character leaves at least one column.
        if !text.isEmpty, line.isEmpty { return false }
        return line.unicodeScalars.allSatisfy { !isDangerous($0) }
    }

    /// By what the standard library knows of Unicode, which is not the table under test.
    private func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: true
        default: scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isNoncharacterCodePoint
        }
    }
}
