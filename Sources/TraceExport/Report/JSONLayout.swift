import FastJSON

/// JSON text laid out for reading: only white space outside of strings changes, so that numbers and duplicates stay.
enum JSONLayout {
    /// Values that fit into so many characters stay in one line.
    private static let lineWidth = 72
    private static let deepestIndent = 40
    /// Longer texts are shown as they came.
    private static let byteLimit = 400_000

    /// The text on one or several lines; nil where it is no JSON object or array.
    static func pretty(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count <= byteLimit, let first = bytes.first(where: { !isSpace($0) }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "["), (try? JSONValue(parsing: bytes)) != nil
        else { return nil }
        let line = spaced(bytes, indented: false)
        let isShort = line.count <= lineWidth && !line.contains(0x0A)
        return String(decoding: isShort ? line : spaced(bytes, indented: true), as: UTF8.self)
    }

    private static func spaced(_ bytes: [UInt8], indented: Bool) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + bytes.count / 4)
        var depth = 0
        var isInString = false
        var isEscaped = false
        func breakLine() {
            guard indented else { return }
            out.append(0x0A)
            out.append(contentsOf: repeatElement(0x20, count: 2 * min(depth, deepestIndent)))
        }
        for byte in bytes {
            if isInString {
                out.append(byte)
                isInString = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            let isAfterOpening = out.last.map { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") } ?? false
            switch byte {
            case _ where isSpace(byte): continue
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if !isAfterOpening { breakLine() }
            case _ where isAfterOpening && depth > 0: breakLine()
            default: break
            }
            out.append(byte)
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ","):
                if indented { breakLine() } else { out.append(0x20) }
            case UInt8(ascii: ":"): out.append(0x20)
            default: break
            }
        }
        return out
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
