import FastJSON

/// Python's printed form of dictionaries and lists as JSON text.
///
/// Many harnesses hand `str(value)` to the model where the tool returned an object.
enum PythonLiteral {
    private static let words = WordFinder(["none", "true", "false"])

    /// The JSON text that stands for the same value; nil for what is no such form.
    static func json(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.opensContainer, bytes.contains(UInt8(ascii: "'")) || words.matches(text) else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                guard let end = copyString(bytes, from: index, to: &output) else { return nil }
                index = end
            } else if isLetter(byte) {
                let end = bytes[index...].firstIndex { !isLetter($0) } ?? bytes.count
                switch String(decoding: bytes[index..<end], as: UTF8.self) {
                case "None": output += Array("null".utf8)
                case "True": output += Array("true".utf8)
                case "False": output += Array("false".utf8)
                default: output += bytes[index..<end]
                }
                index = end
            } else {
                output.append(byte)
                index += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Copies a string in either quotes as a JSON string, and returns the place after it.
    private static func copyString(_ bytes: [UInt8], from start: Int, to output: inout [UInt8]) -> Int? {
        let quote = bytes[start]
        output.append(UInt8(ascii: "\""))
        var index = start + 1
        while index < bytes.count {
            let byte = bytes[index]
            if byte == quote {
                output.append(UInt8(ascii: "\""))
                return index + 1
            }
            if byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
                let next = bytes[index + 1]
                switch next {
                case UInt8(ascii: "'"): output.append(next)
                case UInt8(ascii: "x"):
                    // `\x1b` is `\u001b` in JSON.
                    guard index + 3 < bytes.count else { return nil }
                    output += Array("\\u00".utf8) + bytes[index + 2...index + 3]
                    index += 2
                default: output += [byte, next]
                }
                index += 2
                continue
            }
            if byte == UInt8(ascii: "\"") { output.append(UInt8(ascii: "\\")) }
            output.append(byte)
            index += 1
        }
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") || byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
    }
}
