import Basics

/// The escape sequences of JSON strings.
package enum JSONEscape {
    // MARK: Reading

    /// Appends the text that `raw`, the inside of a string literal, stands for.
    ///
    /// Returns false at an unknown or cut escape. Lone surrogates become U+FFFD.
    package static func decode(_ raw: UnsafeRawBufferPointer, into out: inout [UInt8]) -> Bool {
        var index = 0
        var runStart = 0
        while index < raw.count {
            guard raw[index] == 0x5C else {
                index += 1
                continue
            }
            if runStart < index { out.append(contentsOf: UnsafeRawBufferPointer(rebasing: raw[runStart..<index])) }
            guard let (scalar, count) = sequence(raw, at: index) else { return false }
            if scalar.isASCII {
                out.append(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
            index += count
            runStart = index
        }
        if runStart < index { out.append(contentsOf: UnsafeRawBufferPointer(rebasing: raw[runStart...])) }
        return true
    }

    /// The character of the escape sequence at a backslash, and the bytes of the sequence; nil where none stands.
    ///
    /// Surrogate pairs are joined, lone surrogates become U+FFFD.
    @inline(__always)
    package static func sequence(
        _ raw: UnsafeRawBufferPointer, at slash: Int
    ) -> (scalar: Unicode.Scalar, count: Int)? {
        guard slash + 1 < raw.count else { return nil }
        switch raw[slash + 1] {
        case 0x22, 0x5C, 0x2F: return (Unicode.Scalar(raw[slash + 1]), 2)
        case UInt8(ascii: "n"): return ("\n", 2)
        case UInt8(ascii: "t"): return ("\t", 2)
        case UInt8(ascii: "r"): return ("\r", 2)
        case UInt8(ascii: "b"): return ("\u{8}", 2)
        case UInt8(ascii: "f"): return ("\u{C}", 2)
        default:
            guard let unit = codeUnit(raw, at: slash) else { return nil }
            if unit & 0xFC00 == 0xD800, let low = codeUnit(raw, at: slash + 6), low & 0xFC00 == 0xDC00 {
                return (Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF)) ?? "\u{FFFD}", 12)
            }
            return (Unicode.Scalar(unit) ?? "\u{FFFD}", 6)
        }
    }

    /// The code unit of a sequence such as `\u00e9` that begins at an index; nil where none does.
    package static func codeUnit(_ raw: UnsafeRawBufferPointer, at slash: Int) -> UInt32? {
        guard slash + 6 <= raw.count, raw[slash] == 0x5C, raw[slash + 1] == UInt8(ascii: "u") else { return nil }
        return Hex.word(raw[slash + 2..<slash + 6]).map { UInt32(truncatingIfNeeded: $0) }
    }

    // MARK: Writing

    /// Appends the inside of a string literal that stands for `text`.
    ///
    /// Besides what JSON demands it escapes DEL, the C1 controls and the line separators U+2028 and U+2029; on request
    /// also bidirectional controls, zero-width characters and the byte order mark.
    package static func encode(_ text: String, into out: inout [UInt8], escapesInvisible: Bool = false) {
        var text = text
        text.withUTF8 { utf8 in
            var runStart = 0
            var index = 0
            while index < utf8.count {
                let byte = utf8[index]
                if byte >= 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x5C {
                    index += 1
                    continue
                }
                let (scalar, length) = suspect(utf8, at: index)
                guard let scalar, needsEscape(scalar, escapesInvisible) else {
                    index += length
                    continue
                }
                if runStart < index {
                    out.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[runStart..<index]))
                }
                appendEscape(scalar, to: &out)
                index += length
                runStart = index
            }
            if runStart < utf8.count {
                out.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[runStart...]))
            }
        }
    }

    /// The scalar at an index if it may need an escape, and the bytes to move on by.
    private static func suspect(_ utf8: UnsafeBufferPointer<UInt8>, at index: Int) -> (UInt32?, Int) {
        let byte = utf8[index]
        if byte < 0x80 { return (UInt32(byte), 1) }
        if byte == 0xC2, index + 1 < utf8.count { return (UInt32(utf8[index + 1]), 2) }
        if byte == 0xD8, index + 1 < utf8.count { return (0x600 | UInt32(utf8[index + 1] & 0x3F), 2) }
        if byte == 0xE2 || byte == 0xEF, index + 2 < utf8.count {
            let high = UInt32(byte & 0x0F) << 12
            return (high | UInt32(utf8[index + 1] & 0x3F) << 6 | UInt32(utf8[index + 2] & 0x3F), 3)
        }
        return (nil, 1)
    }

    private static func needsEscape(_ scalar: UInt32, _ escapesInvisible: Bool) -> Bool {
        switch scalar {
        case 0..<0x20, 0x22, 0x5C, 0x7F...0x9F, 0x2028, 0x2029: true
        case 0xAD, 0x61C, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: escapesInvisible
        default: false
        }
    }

    private static func appendEscape(_ scalar: UInt32, to out: inout [UInt8]) {
        switch scalar {
        case 0x22, 0x5C: out.append(contentsOf: [0x5C, UInt8(truncatingIfNeeded: scalar)])
        case 0x0A: out.append(contentsOf: [0x5C, UInt8(ascii: "n")])
        case 0x0D: out.append(contentsOf: [0x5C, UInt8(ascii: "r")])
        case 0x09: out.append(contentsOf: [0x5C, UInt8(ascii: "t")])
        default:
            out.append(contentsOf: [0x5C, UInt8(ascii: "u")])
            for shift in [12, 8, 4, 0] as [UInt32] {
                out.append(Hex.digits[Int(scalar >> shift & 15)])
            }
        }
    }
}
