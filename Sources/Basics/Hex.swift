/// Hexadecimal text, in lower case.
package enum Hex {
    package static let digits = Array("0123456789abcdef".utf8)

    /// Sixteen digits of a word.
    package static func text(_ word: UInt64) -> String {
        String(unsafeUninitializedCapacity: 16) { buffer in
            for i in 0..<16 { buffer[i] = digits[Int((word >> UInt64(60 - 4 * i)) & 15)] }
            return 16
        }
    }

    /// Two digits a byte.
    package static func text(_ bytes: some Collection<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            out.append(digits[Int(byte >> 4)])
            out.append(digits[Int(byte & 15)])
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Appends the sixteen digits of a word.
    package static func append(_ word: UInt64, to out: inout [UInt8]) {
        for shift in stride(from: UInt64(60), through: 0, by: -4) {
            out.append(digits[Int(truncatingIfNeeded: word >> shift & 15)])
        }
    }

    /// The word of up to sixteen digits, in either case; nil where another character stands among them.
    @inlinable
    package static func word(_ text: some Sequence<UInt8>) -> UInt64? {
        var word: UInt64 = 0
        for byte in text {
            guard let digit = digit(byte) else { return nil }
            word = word << 4 | UInt64(digit)
        }
        return word
    }

    /// The value of one digit, in either case.
    @inlinable @inline(__always)
    package static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
