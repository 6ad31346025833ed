extension JSONEscape {
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
                let digit = UInt8(truncatingIfNeeded: scalar >> shift & 15)
                out.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
            }
        }
    }
}
