/// Text of strangers, made safe to show: nothing that a terminal could obey, reorder or hide comes through.
///
/// | what | stand-in | ASCII only |
/// |---|---|---|
/// | tab | `→` and spaces, four columns in all | `^I` and spaces, four columns in all |
/// | U+0000–U+001F, newline and ESC among them | its control picture, `␊`, `␛` | `^J`, `^[` |
/// | DEL U+007F | `␡` | `^?` |
/// | U+0080–U+009F (CSI and OSC introducers among them) | `⟨U+009B⟩` | `<U+009B>` |
/// | bidirectional marks, embeddings, overrides, isolates | `⟨U+202E⟩` | `<U+202E>` |
/// | zero-width and other invisible characters, soft hyphen, fillers | `⟨U+200B⟩` | `<U+200B>` |
/// | line and paragraph separator | `⟨U+2028⟩` | `<U+2028>` |
/// | tag characters, stray variation selectors | `⟨U+E0041⟩` | `<U+E0041>` |
/// | private use, noncharacters, unassigned | `⟨U+E000⟩` | `<U+E000>` |
/// | combining marks without a base | on a dotted circle `◌` | `?` |
/// | combining marks beyond four on a base | their count, `⟨+12⟩` | `?` |
/// | spaces of other widths than the ideographic | a space | a space |
/// | a flag | its two letters | its two letters |
/// | any other non-ASCII character | itself | `?` |
///
/// Left out without a stand-in, since their loss changes no meaning: a presentation selector after an emoji, a variant
/// selector after an ideograph, a skin tone, the further parts of a joined emoji, and a joiner after a letter of the
/// Arabic and Indian scripts.
package enum SafeText {
    /// A text in one line; newlines have their stand-in too.
    ///
    /// The result holds no byte below 0x20 and none of 0x7F–0x9F as a code point.
    package static func line(_ text: String, metrics: TextMetrics = TextMetrics()) -> String {
        if isPlain(text) { return text }
        var result = ""
        metrics.forEachCluster(of: text) { cluster, _ in
            result += cluster
            return true
        }
        return result
    }

    /// A text in lines, joined by newlines, which are the only control characters of the result.
    package static func block(_ text: String, metrics: TextMetrics = TextMetrics()) -> String {
        if isPlain(text) { return text }
        var result = ""
        var rest = Substring(text).utf8
        while let newline = rest.firstIndex(of: 0x0A) {
            var line = rest[..<newline]
            if line.last == 0x0D { line = line.dropLast() }
            result += self.line(String(Substring(line)), metrics: metrics)
            result += "\n"
            rest = rest[rest.index(after: newline)...]
        }
        return result + line(String(Substring(rest)), metrics: metrics)
    }

    /// What is shown in place of a character that must not be drawn; all of one column each.
    static func standIn(for scalar: Unicode.Scalar, asciiOnly: Bool, ambiguousIsWide: Bool = false) -> String {
        switch scalar.value {
        case 0x09: asciiOnly ? "^I  " : ambiguousIsWide ? "␉   " : "→   "
        case 0..<0x20: asciiOnly ? "^" + text(scalar.value + 0x40) : text(scalar.value + 0x2400)
        case 0x7F: asciiOnly ? "^?" : "␡"
        default: asciiOnly ? "<U+\(hex(scalar.value))>" : "⟨U+\(hex(scalar.value))⟩"
        }
    }

    /// True if a character would not be drawn as it is.
    package static func isUnsafe(_ character: Character) -> Bool {
        character.unicodeScalars.contains { WidthTable.kind($0) == .unsafe }
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }

    private static func text(_ value: UInt32) -> String {
        Unicode.Scalar(value).map { String($0) } ?? "?"
    }

    private static func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
