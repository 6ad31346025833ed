/// JSON text under construction.
///
/// Characters that steer a terminal or hide text are written as `\u` escapes, so that the text is safe wherever it is
/// shown and still reads back exactly: the C0 and C1 controls, DEL, the soft hyphen, bidirectional controls,
/// zero-width characters, line and paragraph separators, and tag characters.
package struct JSONBuffer {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init() {}

    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    package mutating func beginObject() { open(UInt8(ascii: "{")) }
    package mutating func endObject() { close(UInt8(ascii: "}")) }
    package mutating func beginArray() { open(UInt8(ascii: "[")) }
    package mutating func endArray() { close(UInt8(ascii: "]")) }

    package mutating func key(_ key: String) {
        separate()
        quote(key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func null() { literal("null") }
    package mutating func value(_ flag: Bool) { literal(flag ? "true" : "false") }

    package mutating func value(_ number: Int64?) {
        guard let number else { return null() }
        literal(String(number))
    }

    /// A number, or the texts `NaN`, `Infinity` and `-Infinity` as in the JSON form of Protocol Buffers.
    package mutating func value(_ number: Double?) {
        guard let number else { return null() }
        if number.isFinite {
            literal(String(number))
        } else {
            value(number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity")
        }
    }

    package mutating func value(_ text: String?) {
        guard let text else { return null() }
        separate()
        quote(text)
        needsComma = true
    }

    package mutating func value(_ texts: [String]) {
        beginArray()
        for text in texts { value(text) }
        endArray()
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func literal(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }
}

extension JSONBuffer {
    private static let digits = Array("0123456789abcdef".utf8)

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            var i = 0
            while i < utf8.count {
                let byte = utf8[i]
                if byte >= 0x20, byte != 0x22, byte != 0x5C, byte != 0x7F, byte < 0x80 {
                    i += 1
                    continue
                }
                if byte < 0x80 {
                    bytes.append(contentsOf: utf8[start..<i])
                    escape(ascii: byte)
                    i += 1
                    start = i
                    continue
                }
                let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
                let end = min(utf8.count, i + length)
                if let scalar = JSONBuffer.hidden(utf8, i, end) {
                    bytes.append(contentsOf: utf8[start..<i])
                    escape(scalar)
                    start = end
                }
                i = end
            }
            bytes.append(contentsOf: utf8[start..<utf8.count])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(ascii byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x22, 0x5C: bytes.append(byte)
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        default:
            bytes.removeLast()
            escape(unit: UInt16(byte))
        }
    }

    private mutating func escape(_ scalar: Unicode.Scalar) {
        for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { escape(unit: unit) }
    }

    private mutating func escape(unit: UInt16) {
        bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "u")])
        for shift in [12, 8, 4, 0] as [UInt16] { bytes.append(JSONBuffer.digits[Int(unit >> shift & 15)]) }
    }

    /// The scalar of a sequence of two to four bytes if it is one that must not be written as it is.
    private static func hidden(_ utf8: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Unicode.Scalar? {
        // Only these first bytes begin such a scalar, which keeps other scripts quick.
        switch utf8[start] {
        case 0xC2, 0xD8, 0xE1, 0xE2, 0xEF, 0xF0, 0xF3: break
        default: return nil
        }
        var value: UInt32
        switch end - start {
        case 2: value = UInt32(utf8[start] & 0x1F)
        case 3: value = UInt32(utf8[start] & 0x0F)
        default: value = UInt32(utf8[start] & 0x07)
        }
        for byte in utf8[(start + 1)..<end] { value = value << 6 | UInt32(byte & 0x3F) }
        switch value {
        case 0x80...0x9F, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB, 0x1D173...0x1D17A, 0xE0000...0xE0FFF:
            return Unicode.Scalar(value)
        default: return nil
        }
    }
}
