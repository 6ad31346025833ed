/// Base64 as RFC 4648 defines it.
package enum Base64 {
    // MARK: Writing

    /// The text of some bytes in the standard alphabet, with padding.
    package static func text(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        append(bytes, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// Appends the text of some bytes in the standard alphabet, with padding.
    package static func append(_ bytes: [UInt8], to out: inout [UInt8]) {
        var index = 0
        while index < bytes.count {
            let left = bytes.count - index
            let word =
                UInt32(bytes[index]) << 16 | (left > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
                | (left > 2 ? UInt32(bytes[index + 2]) : 0)
            out.append(alphabet[Int(word >> 18 & 63)])
            out.append(alphabet[Int(word >> 12 & 63)])
            out.append(left > 1 ? alphabet[Int(word >> 6 & 63)] : UInt8(ascii: "="))
            out.append(left > 2 ? alphabet[Int(word & 63)] : UInt8(ascii: "="))
            index += 3
        }
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    // MARK: Reading

    /// How much a reader takes for base64.
    package struct Leniency: OptionSet, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) { self.rawValue = rawValue }

        /// `-` and `_` for `+` and `/`.
        package static let urlSafe = Leniency(rawValue: 1 << 0)
        /// Padding signs anywhere, in any number, and a last digit that completes no byte.
        package static let anyPadding = Leniency(rawValue: 1 << 1)
        /// The text ends at the first padding sign, whatever stands behind it.
        package static let endsAtPadding = Leniency(rawValue: 1 << 2)
        /// Backslashes are passed over, since JSON may escape the slash.
        package static let escapedSlashes = Leniency(rawValue: 1 << 3)
    }

    /// The bytes that a text stands for, as soon as there are `limit` of them; nil where it is no base64.
    ///
    /// Padding may be left out; without leniency it may stand only at the end.
    package static func decode(
        _ text: some Sequence<UInt8>, _ leniency: Leniency = [], limit: Int = .max
    ) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(text.underestimatedCount / 4 * 3 + 2, limit))
        var buffer: UInt32 = 0
        var bits = 0
        var digits = 0
        var paddings = 0
        for byte in text {
            if byte == UInt8(ascii: "=") {
                if leniency.contains(.endsAtPadding) { break }
                paddings += 1
                continue
            }
            if byte == UInt8(ascii: "\\"), leniency.contains(.escapedSlashes) { continue }
            if bytes.count >= limit { break }
            guard let value = value(byte, isURLSafe: leniency.contains(.urlSafe)),
                paddings == 0 || leniency.contains(.anyPadding)
            else { return nil }
            digits += 1
            buffer = buffer << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
            }
        }
        let isWhole = paddings <= 2 && digits % 4 != 1
        return isWhole || !leniency.isDisjoint(with: [.anyPadding, .endsAtPadding]) ? bytes : nil
    }

    @inline(__always)
    private static func value(_ byte: UInt8, isURLSafe: Bool) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        case UInt8(ascii: "-") where isURLSafe: 62
        case UInt8(ascii: "_") where isURLSafe: 63
        default: nil
        }
    }
}
