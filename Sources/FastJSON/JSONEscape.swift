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
    /// Besides what JSON demands it escapes DEL, the C1 controls and the line separators U+2028 and U+2029; with
    /// `escapesInvisible` all of `UnseenCharacters`, which changes no value.
    package static func encode(_ text: String, into out: inout [UInt8], escapesInvisible: Bool) {
        var text = text
        text.withUTF8 { utf8 in
            escape(utf8, into: &out) { scalar in
                switch scalar {
                case 0..<0x20, 0x22, 0x5C, 0x7F...0x9F, 0x2028, 0x2029: true
                default: escapesInvisible && UnseenCharacters.contain(scalar)
                }
            }
        }
    }

    /// Appends text that is JSON already, with all of `UnseenCharacters` in it escaped.
    ///
    /// They can only stand in its strings, so that no value changes; white space between values stays.
    package static func encodeUnseen(inJSON json: String, into out: inout [UInt8]) {
        var json = json
        json.withUTF8 { utf8 in
            escape(utf8, into: &out) { $0 >= 0x7F && UnseenCharacters.contain($0) }
        }
    }

    private static func escape(
        _ utf8: UnsafeBufferPointer<UInt8>, into out: inout [UInt8], where needsEscape: (UInt32) -> Bool
    ) {
        var runStart = 0
        var index = 0
        while index < utf8.count {
            let byte = utf8[index]
            if byte >= 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x5C {
                index += 1
                continue
            }
            let (scalar, length) = scalar(utf8, at: index)
            guard needsEscape(scalar) else {
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

    /// The code point at an index of valid UTF-8, and its bytes.
    private static func scalar(_ utf8: UnsafeBufferPointer<UInt8>, at index: Int) -> (UInt32, Int) {
        let first = UInt32(utf8[index])
        let count = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard count > 1, index + count <= utf8.count else { return (first, 1) }
        var value = first & (count == 2 ? 0x1F : count == 3 ? 0x0F : 0x07)
        for offset in 1..<count { value = value << 6 | UInt32(utf8[index + offset] & 0x3F) }
        return (value, count)
    }

    private static func appendEscape(_ scalar: UInt32, to out: inout [UInt8]) {
        switch scalar {
        case 0x22, 0x5C: out.append(contentsOf: [0x5C, UInt8(truncatingIfNeeded: scalar)])
        case 0x0A: out.append(contentsOf: [0x5C, UInt8(ascii: "n")])
        case 0x0D: out.append(contentsOf: [0x5C, UInt8(ascii: "r")])
        case 0x09: out.append(contentsOf: [0x5C, UInt8(ascii: "t")])
        case 0x10000...:
            appendUnit(0xD800 | (scalar - 0x10000) >> 10, to: &out)
            appendUnit(0xDC00 | scalar & 0x3FF, to: &out)
        default: appendUnit(scalar, to: &out)
        }
    }

    private static func appendUnit(_ unit: UInt32, to out: inout [UInt8]) {
        out.append(contentsOf: [0x5C, UInt8(ascii: "u")])
        for shift in [12, 8, 4, 0] as [UInt32] { out.append(Hex.digits[Int(unit >> shift & 15)]) }
    }
}
