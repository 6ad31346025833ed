/// How wide a text is drawn in a fixed-width font: an estimate that never is too small for wide scripts.
enum TextColumns {
    static func width(_ text: String) -> Int {
        text.reduce(0) { $0 + width($1) }
    }

    /// The text in at most so many columns, with `…` where it was cut.
    static func cut(_ text: String, to columns: Int) -> String {
        if text.utf8.count <= columns || width(text) <= columns { return text }
        var result = ""
        var used = 0
        for character in text {
            used += width(character)
            if used > columns - 1 { break }
            result.append(character)
        }
        return columns < 1 ? "" : result + "…"
    }

    /// The text in lines of at most so many columns, broken at spaces where there are any.
    static func wrapped(_ text: String, to columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        for word in text.split(separator: " ", omittingEmptySubsequences: true) {
            var rest = word
            if used > 0, used + 1 + width(String(word)) <= columns {
                line += " "
                used += 1
            } else if used > 0 {
                lines.append(line)
                (line, used) = ("", 0)
            }
            while let character = rest.first {
                if used + width(character) > columns, used > 0 {
                    lines.append(line)
                    (line, used) = ("", 0)
                }
                line.append(character)
                used += width(character)
                rest.removeFirst()
            }
        }
        return used > 0 ? lines + [line] : lines
    }

    static func width(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        return first.value < 0x300 ? 1 : isWide(first.value) ? 2 : 1
    }

    private static func isWide(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x1100...0x115F, 0x231A...0x231B, 0x23E9...0x23F3, 0x2614...0x2615, 0x26A1, 0x26BD...0x26BE, 0x2705,
            0x270A...0x270B, 0x274C, 0x2753...0x2757, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F000...0x1FAFF,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
