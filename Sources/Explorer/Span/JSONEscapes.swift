/// The text of JSON strings.
enum JSONEscapes {
    /// What the content of a JSON string stands for.
    ///
    /// An escape that stands for nothing, such as half a surrogate pair, is kept as it is written.
    static func decode(_ content: some Collection<UInt8>) -> String {
        guard content.contains(UInt8(ascii: "\\")) else { return String(decoding: content, as: UTF8.self) }
        let source = Array(content)
        var result: [UInt8] = []
        result.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            let byte = source[index]
            guard byte == UInt8(ascii: "\\"), index + 1 < source.count else {
                result.append(byte)
                index += 1
                continue
            }
            switch source[index + 1] {
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(source[index + 1])
            case UInt8(ascii: "u"):
                if let (scalar, length) = scalar(source, at: index) {
                    result.append(contentsOf: String(Character(scalar)).utf8)
                    index += length
                    continue
                }
                result.append(contentsOf: source[index...index + 1])
            default:
                result.append(contentsOf: source[index...index + 1])
            }
            index += 2
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The scalar of a `\uXXXX` escape or pair, and the bytes it takes.
    private static func scalar(_ source: [UInt8], at index: Int) -> (Unicode.Scalar, Int)? {
        guard let first = unit(source, at: index) else { return nil }
        if let scalar = Unicode.Scalar(first) { return (scalar, 6) }
        guard (0xD800..<0xDC00).contains(first), let second = unit(source, at: index + 6),
            (0xDC00..<0xE000).contains(second)
        else { return nil }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)).map { ($0, 12) }
    }

    private static func unit(_ source: [UInt8], at index: Int) -> UInt32? {
        guard index + 6 <= source.count, source[index] == UInt8(ascii: "\\"),
            source[index + 1] == UInt8(ascii: "u")
        else { return nil }
        var value: UInt32 = 0
        for byte in source[(index + 2)..<(index + 6)] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(byte - 0x41 + 10)
            case 0x61...0x66: value = value << 4 | UInt32(byte - 0x61 + 10)
            default: return nil
            }
        }
        return value
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)

    /// Appends a text as a JSON string.
    static func append(_ text: String, to result: inout [UInt8]) {
        result.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            for index in 0..<bytes.count {
                let byte = bytes[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
                result.append(contentsOf: bytes[start..<index])
                start = index + 1
                result.append(UInt8(ascii: "\\"))
                switch byte {
                case 0x0A: result.append(UInt8(ascii: "n"))
                case 0x09: result.append(UInt8(ascii: "t"))
                case 0x0D: result.append(UInt8(ascii: "r"))
                case UInt8(ascii: "\""), UInt8(ascii: "\\"): result.append(byte)
                default:
                    result.append(contentsOf: [UInt8(ascii: "u"), 0x30, 0x30])
                    result.append(hexDigits[Int(byte >> 4)])
                    result.append(hexDigits[Int(byte & 15)])
                }
            }
            result.append(contentsOf: bytes[start...])
        }
        result.append(UInt8(ascii: "\""))
    }
}
