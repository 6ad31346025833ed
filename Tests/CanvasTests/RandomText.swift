import Basics
import Canvas
import TestSupport

/// Texts of all that is hard, at random.
enum RandomText {
    static let metrics = [
        TextMetrics(), TextMetrics(ambiguousIsWide: true), TextMetrics(asciiOnly: true),
        TextMetrics(ambiguousIsWide: true, asciiOnly: true),
    ]

    private static let pieces: [String] = [
        "a", "Z", " ", "~", "é", "日", "本", "ｱ", "Ａ", "한", "\u{1161}", "\u{11AB}", "👩", "👩‍💻", "🏽", "\u{200D}",
        "\u{200C}", "🇩", "🇪", "❤️", "\u{FE0F}", "\u{FE0E}", "\u{E0100}", "\u{301}", "\u{20E3}", "\u{308}", "ن", "क",
        "\u{94D}", "\u{93F}", "\u{1B}", "[31m", "]0;x\u{7}", "\u{9B}", "\u{0}", "\t", "\n", "\r\n", "\u{7F}",
        "\u{202E}", "\u{2066}", "\u{200B}", "\u{2028}", "\u{FEFF}", "\u{E0041}", "\u{E000}", "\u{3000}", "\u{A0}",
        "\u{AD}", "○", "█", "\u{FFFD}", "\u{2800}", "\u{3164}", "\u{378}",
    ]

    static func make(_ random: inout SplitMix64) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...60, using: &random) {
            if Int.random(in: 0..<8, using: &random) == 0 {
                let value = UInt32.random(in: 0...0x10FFFF, using: &random)
                if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
            } else if let piece = pieces.randomElement(using: &random) {
                text += piece
            }
        }
        return text
    }
}
