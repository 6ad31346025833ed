import Basics
import TestSupport
import Testing

@testable import NcursesTerminal

@Suite struct StyleShortenerTests {
    private func shortened(_ text: String) -> String {
        var shortener = StyleShortener()
        return String(decoding: shortener.shorten(Array(text.utf8)), as: UTF8.self)
    }

    @Test(arguments: [
        ("plain text", "plain text"),
        // An end of all attributes before what is plain anyway, and one after which nothing is drawn.
        ("\u{1B}[ma\u{1B}[39m\u{1B}(B\u{1B}[m", "a\u{1B}(B"),
        ("\u{1B}[31ma\u{1B}[39m\u{1B}[m", "\u{1B}[31ma"),
        ("\u{1B}[31ma\u{1B}[39m\u{1B}[m b", "\u{1B}[31ma\u{1B}[m b"),
        // Several changes in a row are one.
        ("\u{1B}(B\u{1B}[0;7m\u{1B}[38;5;9mx\u{1B}(B\u{1B}[0m\u{1B}[38;5;9my", "\u{1B}(B\u{1B}[7;38;5;9mx\u{1B}[27my"),
        ("\u{1B}[31ma\u{1B}[39m\u{1B}[m\u{1B}[2;5H\u{1B}[31mb", "\u{1B}[31ma\u{1B}[2;5Hb"),
        ("\u{1B}[1ma\u{1B}[0;2mb\u{1B}[0;1;2mc", "\u{1B}[1ma\u{1B}[;2mb\u{1B}[1mc"),
        // Erasing shows the background.
        ("\u{1B}[44ma\u{1B}[49m\u{1B}[K", "\u{1B}[44ma\u{1B}[m\u{1B}[K"),
        ("\u{1B}[41ma\u{1B}[m\n", "\u{1B}[41ma\u{1B}[m\n"),
        ("\u{1B}[38:2::1:2:3ma\u{1B}[38;2;4;5;6mb", "\u{1B}[38:2::1:2:3ma\u{1B}[38;2;4;5;6mb"),
        // What is not understood is passed on, and everything is said anew after it.
        ("\u{1B}[31;99mab\u{1B}[32mc", "\u{1B}[31;99m\u{1B}[mab\u{1B}[32mc"),
        ("\u{1B}[?1049h\u{1B}[1;24r\u{1B}=\u{1B}(0\u{1B}(Bx", "\u{1B}[?1049h\u{1B}[1;24r\u{1B}=\u{1B}(0\u{1B}(Bx"),
        ("\u{0F}a\u{0F}b", "\u{0F}ab"),
    ])
    func streams(text: String, expected: String) {
        #expect(shortened(text) == expected)
    }

    @Test func settlingBringsTheStyleThatIsOwed() {
        var shortener = StyleShortener()
        _ = shortener.shorten(Array("\u{1B}[31ma\u{1B}[m".utf8))
        #expect(shortener.settle() == Array("\u{1B}[m".utf8))
        #expect(shortener.settle().isEmpty)
    }

    /// What a terminal would show is the same, with fewer bytes.
    @Test(arguments: 0..<300) func nothingLooksDifferent(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = [
            "a", "bc", "█", " ", "\r", "\u{1B}[2S", "\u{1B}[K", "\u{1B}[3;4H", "\u{1B}[m", "\u{1B}(B", "\u{0F}",
            "\u{1B}[0;1m",
            "\u{1B}[0;1;7m", "\u{1B}[2m", "\u{1B}[22m", "\u{1B}[3m", "\u{1B}[23m", "\u{1B}[4m", "\u{1B}[24m",
            "\u{1B}[7m",
            "\u{1B}[27m", "\u{1B}[31m", "\u{1B}[38;5;240m", "\u{1B}[39m", "\u{1B}[44m", "\u{1B}[48;2;1;2;3m",
            "\u{1B}[49m",
            "\u{1B}[97m", "\u{1B}[39;49m",
        ]
        let text = (0..<80).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        var shortener = StyleShortener()
        var result: [UInt8] = []
        // In two parts, as two frames are.
        let parts = [text, (0..<80).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()]
        for part in parts { result += shortener.shorten(Array(part.utf8)) }
        let short = String(decoding: result, as: UTF8.self)
        #expect(drawn(short) == drawn(parts.joined()))
        #expect(short.utf8.count <= parts.joined().utf8.count + 8)
    }

    /// What is drawn, each piece with the style that it is drawn in, by an interpreter of its own.
    private func drawn(_ text: String) -> [String] {
        var style: Set<String> = []
        var result: [String] = []
        var rest = Substring(text)
        while let first = rest.first {
            guard first == "\u{1B}" else {
                rest.removeFirst()
                if first != "\u{0F}" { result.append(first == "\r" ? "CR" : "\(first) \(style.sorted())") }
                continue
            }
            guard let final = rest.dropFirst(2).firstIndex(where: { $0.isLetter }) else { break }
            let sequence = rest[...final]
            rest = rest[rest.index(after: final)...]
            guard sequence.hasSuffix("m") else {
                if sequence.hasSuffix("B") { continue }
                result.append(
                    !sequence.hasSuffix("H") ? "\(sequence) \(style.filter { $0.hasPrefix("bg") })" : String(sequence))
                continue
            }
            var numbers = sequence.dropFirst(2).dropLast().split(separator: ";", omittingEmptySubsequences: false)
                .map { Int($0) ?? 0 }[...]
            while let number = numbers.popFirst() {
                switch number {
                case 0: style = []
                case 1...9: style.insert("on\(number)")
                case 22: style.subtract(["on1", "on2"])
                case 23...29: style.remove("on\(number - 20)")
                case 39, 49: style = style.filter { !$0.hasPrefix(number == 39 ? "fg" : "bg") }
                case 38, 48:
                    let count = numbers.first == 5 ? 2 : 4
                    style = style.filter { !$0.hasPrefix(number == 38 ? "fg" : "bg") }
                    style.insert(
                        (number == 38 ? "fg" : "bg") + numbers.prefix(count).map(String.init).joined(separator: ","))
                    numbers = numbers.dropFirst(count)
                default:
                    let kind = (30...37).contains(number) || number >= 90 && number < 100 ? "fg" : "bg"
                    style = style.filter { !$0.hasPrefix(kind) }
                    style.insert("\(kind)\(number)")
                }
            }
        }
        return result
    }
}
