import Glibc

/// A text with the escape sequences of JSON resolved, and where each byte came from.
///
/// It asks for no sound JSON: what stands in a cut document, in JSON within JSON or in a quoted log line is read alike.
/// What is no escape sequence stands for itself.
struct UnescapedText {
    private struct Escape {
        /// Where it stands in the unescaped text, and its bytes there.
        var start: Int
        var count: Int
        var source: Range<Int>
    }

    private(set) var bytes: [UInt8] = []
    private var escapes: [Escape] = []

    /// Nil where the text has no escape sequence.
    init?(_ source: UnsafeBufferPointer<UInt8>) {
        guard let base = source.baseAddress else { return nil }
        var position = 0
        while position < source.count {
            guard let found = memchr(base + position, 0x5C, source.count - position) else { break }
            let slash = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            guard let (scalar, count) = Self.escape(source, at: slash) else {
                if bytes.isEmpty { bytes.reserveCapacity(source.count) }
                bytes.append(contentsOf: source[position...slash])
                position = slash + 1
                continue
            }
            if bytes.isEmpty { bytes.reserveCapacity(source.count) }
            bytes.append(contentsOf: source[position..<slash])
            let start = bytes.count
            bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            escapes.append(Escape(start: start, count: bytes.count - start, source: slash..<slash + count))
            position = slash + count
        }
        guard !escapes.isEmpty else { return nil }
        bytes.append(contentsOf: source[position...])
    }

    /// The bytes of the source that a stretch of the text stands for, escape sequences as wholes.
    func source(of range: Range<Int>) -> Range<Int> {
        let lower = place(range.lowerBound)
        guard !range.isEmpty else { return lower.lowerBound..<lower.lowerBound }
        return lower.lowerBound..<max(place(range.upperBound - 1).upperBound, lower.lowerBound)
    }

    /// The bytes of the source that one byte stands for.
    private func place(_ index: Int) -> Range<Int> {
        var low = 0
        var high = escapes.count
        while low < high {
            let middle = (low + high) / 2
            if escapes[middle].start <= index { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return index..<index + 1 }
        let escape = escapes[low - 1]
        if index < escape.start + escape.count { return escape.source }
        let place = escape.source.upperBound + index - escape.start - escape.count
        return place..<place + 1
    }

    /// The character of the escape sequence at a backslash, and the bytes of the sequence; nil where none stands.
    private static func escape(_ bytes: UnsafeBufferPointer<UInt8>, at slash: Int) -> (Unicode.Scalar, Int)? {
        guard slash + 1 < bytes.count else { return nil }
        switch bytes[slash + 1] {
        case UInt8(ascii: "\""), 0x5C, UInt8(ascii: "/"): return (Unicode.Scalar(bytes[slash + 1]), 2)
        case UInt8(ascii: "n"): return ("\n", 2)
        case UInt8(ascii: "t"): return ("\t", 2)
        case UInt8(ascii: "r"): return ("\r", 2)
        case UInt8(ascii: "b"): return ("\u{8}", 2)
        case UInt8(ascii: "f"): return ("\u{C}", 2)
        case UInt8(ascii: "u"):
            guard let unit = codeUnit(bytes, at: slash + 2) else { return nil }
            if unit & 0xFC00 == 0xD800, slash + 7 < bytes.count, bytes[slash + 6] == 0x5C,
                bytes[slash + 7] == UInt8(ascii: "u"), let low = codeUnit(bytes, at: slash + 8), low & 0xFC00 == 0xDC00
            {
                return (Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF)) ?? "\u{FFFD}", 12)
            }
            return (Unicode.Scalar(unit) ?? "\u{FFFD}", 6)
        default: return nil
        }
    }

    private static func codeUnit(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt32? {
        guard start + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[start..<start + 4] {
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
}
