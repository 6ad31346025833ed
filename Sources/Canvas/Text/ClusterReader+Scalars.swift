extension ClusterReader {
    /// Reads one code point of valid UTF-8 and moves on; U+FFFD where the input ends too early.
    mutating func readScalar() -> Unicode.Scalar {
        let first = UInt32(bytes[position])
        let count = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard count > 1 else {
            position += 1
            return Unicode.Scalar(UInt8(first))
        }
        guard position + count <= bytes.count else {
            position = bytes.count
            return "\u{FFFD}"
        }
        var value = first & (count == 2 ? 0x1F : count == 3 ? 0x0F : 0x07)
        for index in 1..<count { value = value << 6 | UInt32(bytes[position + index] & 0x3F) }
        position += count
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    /// The code point at the position, which stays.
    func peekScalar() -> Unicode.Scalar {
        var copy = self
        return copy.readScalar()
    }

    /// A space of one column at most; the ideographic space is wide and stays.
    func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20, 0xA0, 0x2000...0x200A, 0x202F, 0x205F: true
        default: false
        }
    }

    func isRegional(_ scalar: Unicode.Scalar) -> Bool {
        (0x1F1E6...0x1F1FF).contains(scalar.value)
    }

    func isSkinTone(_ scalar: Unicode.Scalar) -> Bool {
        (0x1F3FB...0x1F3FF).contains(scalar.value)
    }

    /// ZERO WIDTH JOINER or NON-JOINER.
    func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value == 0x200C || scalar.value == 0x200D
    }

    func isPictograph(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.isASCII && scalar.properties.isEmoji
    }

    /// A presentation selector after an emoji, a keycap's too, or a variant selector after an ideograph.
    func isSelector(_ scalar: Unicode.Scalar, of base: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xFE0E, 0xFE0F: base.properties.isEmoji
        case 0xE0100...0xE01EF: base.properties.isIdeographic
        default: false
        }
    }

    /// Arabic and its kin, and the scripts of India, are written with joiners between letters.
    func writesWithJoiners(_ base: Unicode.Scalar) -> Bool {
        (0x0600...0x08FF).contains(base.value) || (0x0900...0x0DFF).contains(base.value)
    }
}
