/// Text of strangers with everything visible that would steer, reorder or hide: the ground of all that reports write.
///
/// | what | stand-in |
/// |---|---|
/// | newline and tab | as they are in blocks, `↵` and a space in lines; CR LF counts as a newline |
/// | all other controls, U+0000–U+001F and U+007F–U+009F | `⟨U+001B⟩` |
/// | bidirectional marks, embeddings, overrides, isolates | `⟨U+202E⟩` |
/// | zero-width and other invisible characters, line and paragraph separators, tags | `⟨U+200B⟩` |
/// | noncharacters | `⟨U+FFFE⟩` |
///
/// The joiners U+200C and U+200D stay: emoji and several scripts are spelled with them.
enum VisibleText {
    /// Appends a text; `escape` gives what stands for an ASCII character that means something in the format.
    static func append(
        _ text: some Sequence<UInt8>, to out: inout [UInt8], asLine: Bool = false,
        escape: (UInt8) -> StaticString?
    ) {
        let isDone: Void? = text.withContiguousStorageIfAvailable {
            append($0, to: &out, asLine: asLine, escape: escape)
        }
        guard isDone == nil else { return }
        Array(text).withUnsafeBufferPointer { append($0, to: &out, asLine: asLine, escape: escape) }
    }

    private static func append(
        _ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8], asLine: Bool, escape: (UInt8) -> StaticString?
    ) {
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte >= 0x80 {
                let end = min(bytes.count, position + (byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2))
                appendScalar(UnsafeBufferPointer(rebasing: bytes[position..<end]), to: &out)
                position = end
                continue
            }
            position += 1
            if byte == 0x0D, position < bytes.count, bytes[position] == 0x0A { continue }
            if byte < 0x20 || byte == 0x7F {
                appendControl(byte, to: &out, asLine: asLine)
            } else if let replacement = escape(byte) {
                replacement.withUTF8Buffer { out.append(contentsOf: $0) }
            } else {
                out.append(byte)
            }
        }
    }

    /// The text in one line, for formats that escape later.
    static func line(_ text: String) -> String {
        var out: [UInt8] = []
        append(text.utf8, to: &out, asLine: true) { _ in nil }
        return String(decoding: out, as: UTF8.self)
    }

    private static func appendControl(_ byte: UInt8, to out: inout [UInt8], asLine: Bool) {
        switch byte {
        case 0x0A where !asLine, 0x09 where !asLine: out.append(byte)
        case 0x09: out.append(0x20)
        case 0x0A: out.append(contentsOf: "↵".utf8)
        default: appendNumber(UInt32(byte), to: &out)
        }
    }

    private static func appendScalar(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
        guard let lead = bytes.first else { return }
        // Only these lead bytes begin characters that have a stand-in, but for noncharacters beyond the first plane.
        let isSuspect = lead == 0xC2 || lead == 0xD8 || (0xE1...0xE3).contains(lead) || lead == 0xEF || lead >= 0xF0
        guard isSuspect, let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first,
            isHidden(scalar.value)
        else {
            out.append(contentsOf: bytes)
            return
        }
        appendNumber(scalar.value, to: &out)
    }

    private static func appendNumber(_ scalar: UInt32, to out: inout [UInt8]) {
        let digits = String(scalar, radix: 16, uppercase: true)
        let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
        out.append(contentsOf: "⟨U+\(zeros)\(digits)⟩".utf8)
    }

    private static func isHidden(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x80...0x9F, 0xAD, 0x61C, 0x115F, 0x1160, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E,
            0x2060...0x206F, 0x3164, 0xFDD0...0xFDEF, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0xE0000...0xE0FFF:
            true
        default: scalar & 0xFFFE == 0xFFFE
        }
    }
}
