import Basics
import Canvas
import Testing

@Suite("Visible text")
struct VisibleTextTests {
    private static func block(_ text: String) -> String {
        var out: [UInt8] = []
        VisibleText.append(text.utf8, to: &out) { _ in nil }
        return String(decoding: out, as: UTF8.self)
    }

    @Test(
        "What steers or hides has its stand-in, what spells stays",
        arguments: [
            ("\u{1B}[2J\u{7F}\u{9B}m", "⟨U+001B⟩[2J⟨U+007F⟩⟨U+009B⟩m"), ("a\tb\nc\r\nd\re", "a\tb\nc\nd⟨U+000D⟩e"),
            ("user\u{202E}txt", "user⟨U+202E⟩txt"), ("a\u{E0041}b", "a⟨U+E0041⟩b"), ("é\u{200B}é", "é⟨U+200B⟩é"),
            ("👩\u{200D}💻 ❤\u{FE0F} 1\u{FE0F}\u{20E3}", "👩\u{200D}💻 ❤\u{FE0F} 1\u{FE0F}\u{20E3}"),
            ("a\u{200D}b a\u{FE0F}", "a⟨U+200D⟩b a⟨U+FE0F⟩"), ("ن\u{200C}ه", "ن\u{200C}ه"),
            ("क\u{94D}\u{200D}ष", "क\u{94D}\u{200D}ष"), ("🇩🇪 🇩 \u{E000}\u{A0}", "🇩🇪 🇩 \u{E000}\u{A0}"),
            ("\u{3164}\u{34F}\u{2065}\u{FFFE}", "⟨U+3164⟩⟨U+034F⟩⟨U+2065⟩⟨U+FFFE⟩"),
            ("\u{301}e\u{301}", "\u{301}e\u{301}"),
        ])
    func standIns(text: String, visible: String) {
        #expect(Self.block(text) == visible)
    }

    @Test("No unseen character gets through behind a letter, but line break and tab")
    func all() {
        for value in UnseenCharacters.ranges.joined() where value != 0x0A && value != 0x09 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for text in ["a\(Character(scalar))", "é\(Character(scalar))b", "\(Character(scalar))\(Character(scalar))"]
            {
                #expect(!Self.block(text).unicodeScalars.contains(scalar), "U+\(String(value, radix: 16))")
            }
        }
    }
}
