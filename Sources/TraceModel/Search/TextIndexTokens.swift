/// The form in which text goes into the index, so that it is found in every script.
///
/// Words of alphabets whose words are set apart and matched whole (Latin, Greek, Cyrillic, Armenian, Georgian) and
/// digits stay as they are. A run of letters of any other script becomes its overlapping pairs and the last letter
/// alone: `订单号` is indexed as `订单 单号 号`. A phrase of pairs then is a search for a substring, in scripts without
/// spaces as well as in those that attach articles to words, and pairs are rare enough to find it quickly.
package enum TextIndexTokens {
    /// Whether the index can take the text as it is.
    package static func isPlain(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            // Two-byte sequences before U+0580 are Latin, Greek, Cyrillic and Armenian, and combining marks.
            !bytes.contains { $0 >= 0xD6 || $0 == 0xCC || $0 == 0xCD }
        } ?? false
    }

    /// Appends the form that is indexed.
    package static func append(_ text: String, to out: inout [UInt8]) {
        var run: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            switch role(of: scalar) {
            case .paired:
                run.append(scalar)
            case .ignored:
                continue
            case .plain:
                flush(&run, to: &out, isOpen: false)
                append(scalar, to: &out)
            }
        }
        flush(&run, to: &out, isOpen: false)
    }

    enum Role {
        /// Part of an ordinary word, or between words.
        case plain
        /// A letter of which pairs are indexed.
        case paired
        /// Nothing that a search should depend on.
        case ignored
    }

    static func role(of scalar: Unicode.Scalar) -> Role {
        switch scalar.value {
        case 0..<0x300, 0x370..<0x590, 0x10A0..<0x1100, 0x1C80..<0x1CC0, 0x1D00..<0x1DC0, 0x1E00..<0x2000: .plain
        // Combining marks; Hebrew points, Arabic vowel signs and lengthening, which writers set or leave as they like.
        case 0x300..<0x370, 0x591...0x5C7, 0x610...0x61A, 0x640, 0x64B...0x65F, 0x670, 0x6D6...0x6ED: .ignored
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFE00...0xFE0F, 0xFEFF: .ignored
        case 0x2000..<0x2C00, 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: .plain
        default:
            switch scalar.properties.generalCategory {
            case .otherLetter, .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .letterNumber,
                .spacingMark, .nonspacingMark, .enclosingMark:
                .paired
            default:
                .plain
            }
        }
    }

    /// Writes a run as pairs and closes it with its last letter, unless the run may go on where it ends.
    static func flush(_ run: inout [Unicode.Scalar], to out: inout [UInt8], isOpen: Bool) {
        guard !run.isEmpty else { return }
        for index in run.indices {
            let isLast = index + 1 == run.count
            if isLast && isOpen && run.count > 1 { break }
            out.append(0x20)
            append(run[index], to: &out)
            if !isLast { append(run[index + 1], to: &out) }
        }
        out.append(0x20)
        run.removeAll(keepingCapacity: true)
    }

    static func append(_ scalar: Unicode.Scalar, to out: inout [UInt8]) {
        if let bytes = Unicode.UTF8.encode(scalar) { out.append(contentsOf: bytes) }
    }
}

/// The words of a text as the index of texts holds them, in order.
package struct IndexedText: Sendable {
    let words: [String]

    package init(_ text: String) {
        guard !TextIndexTokens.isPlain(text) else {
            words = Self.words(text)
            return
        }
        var bytes: [UInt8] = []
        TextIndexTokens.append(text, to: &bytes)
        words = Self.words(String(decoding: bytes, as: UTF8.self))
    }

    /// Parts a text where the index parts it: at whatever is no letter, number or mark.
    static func words(_ text: String) -> [String] {
        text.unicodeScalars.split { !isWordPart($0) }.map { TextQuery.folded(String($0)) }
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return true
        case 0..<0x80: return false
        default: break
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark, .privateUse:
            return true
        default:
            return false
        }
    }
}
