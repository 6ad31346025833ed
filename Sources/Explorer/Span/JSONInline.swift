/// JSON on one line, its keys, strings, numbers and literals told apart.
enum JSONInline {
    /// A JSON text, or its start, as one line.
    static func line(_ text: String, hang: Int = 2) -> DisplayLine {
        var line = DisplayLine(hang: hang)
        text.utf8.withContiguousStorageIfAvailable { append($0[...], to: &line) }
        return line
    }

    /// Appends JSON bytes, which may end anywhere.
    static func append(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, decodes: Bool = true, to line: inout DisplayLine) {
        let end = bytes.endIndex
        let all = UnsafeBufferPointer(rebasing: bytes.base[..<end])
        var offset = bytes.startIndex
        while offset < end {
            let next: Int
            switch all[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: next = offset + 1
            case UInt8(ascii: "\""):
                next = JSONScalar.end(all, from: offset)
                let isClosed = next > offset + 1 && all[next - 1] == UInt8(ascii: "\"")
                let content = all[(offset + 1)..<max(offset + 1, isClosed ? next - 1 : next)]
                let isKey = all[next..<end].first { $0 > 0x20 } == UInt8(ascii: ":")
                line.append(
                    "\"" + shown(content, decodes: decodes) + (isClosed ? "\"" : ""), isKey ? .jsonKey : .jsonString)
            case UInt8(ascii: ":"), UInt8(ascii: ","):
                next = offset + 1
                line.append(all[offset] == UInt8(ascii: ":") ? ": " : ", ", .text)
            case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"):
                next = offset + 1
                line.append(String(decoding: all[offset..<next], as: UTF8.self), .text)
            default:
                next = otherEnd(all, from: offset)
                let isNumber = (0x30...0x39).contains(all[offset]) || all[offset] == UInt8(ascii: "-")
                line.append(String(decoding: all[offset..<next], as: UTF8.self), isNumber ? .jsonNumber : .jsonLiteral)
            }
            offset = next
        }
    }

    /// The content of a string, decoded; line breaks and tabs stay escapes, so that the line stays one.
    private static func shown(_ content: Slice<UnsafeBufferPointer<UInt8>>, decodes: Bool) -> String {
        guard decodes else { return String(decoding: content, as: UTF8.self) }
        let text = JSONEscapes.decode(content)
        guard text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The end of a number or literal, or of bytes that are no JSON.
    private static func otherEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var end = start + 1
        while end < bytes.count {
            switch bytes[end] {
            case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "\""),
                UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"):
                return end
            default: end += 1
            }
        }
        return end
    }
}
