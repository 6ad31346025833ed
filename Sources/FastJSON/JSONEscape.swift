/// The escape sequences of JSON strings.
package enum JSONEscape {
    /// Appends the text that `raw`, the inside of a string literal, stands for.
    ///
    /// Returns false at an unknown or cut escape. Lone surrogates become U+FFFD.
    package static func decode(_ raw: UnsafeRawBufferPointer, into out: inout [UInt8]) -> Bool {
        var index = 0
        var runStart = 0
        let count = raw.count
        while index < count {
            guard raw[index] == 0x5C else {
                index += 1
                continue
            }
            if runStart < index { out.append(contentsOf: UnsafeRawBufferPointer(rebasing: raw[runStart..<index])) }
            guard index + 1 < count else { return false }
            let code = raw[index + 1]
            index += 2
            switch code {
            case 0x22, 0x5C, 0x2F: out.append(code)
            case UInt8(ascii: "n"): out.append(0x0A)
            case UInt8(ascii: "t"): out.append(0x09)
            case UInt8(ascii: "r"): out.append(0x0D)
            case UInt8(ascii: "b"): out.append(0x08)
            case UInt8(ascii: "f"): out.append(0x0C)
            case UInt8(ascii: "u"):
                guard let unit = codeUnit(raw, at: index) else { return false }
                index += 4
                if unit & 0xFC00 == 0xD800, index + 6 <= count, raw[index] == 0x5C,
                    raw[index + 1] == UInt8(ascii: "u"), let low = codeUnit(raw, at: index + 2),
                    low & 0xFC00 == 0xDC00
                {
                    index += 6
                    append(0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF), to: &out)
                } else {
                    append(unit & 0xF800 == 0xD800 ? 0xFFFD : unit, to: &out)
                }
            default: return false
            }
            runStart = index
        }
        if runStart < count { out.append(contentsOf: UnsafeRawBufferPointer(rebasing: raw[runStart..<count])) }
        return true
    }

    private static func codeUnit(_ raw: UnsafeRawBufferPointer, at index: Int) -> UInt32? {
        guard index + 4 <= raw.count else { return nil }
        var value: UInt32 = 0
        for byte in raw[index..<index + 4] {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x41 + 10
            case 0x61...0x66: digit = byte - 0x61 + 10
            default: return nil
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    private static func append(_ scalar: UInt32, to out: inout [UInt8]) {
        switch scalar {
        case ..<0x80:
            out.append(UInt8(truncatingIfNeeded: scalar))
        case ..<0x800:
            out.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
            out.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
        case ..<0x10000:
            out.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
            out.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
            out.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
        default:
            out.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
            out.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
            out.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
            out.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
        }
    }
}
