import Basics

/// Text of strangers with everything visible that would steer, reorder or hide: the ground of what files for people hold.
///
/// | what | stand-in |
/// |---|---|
/// | newline and tab | as they are in blocks, `↵` and a space in lines; CR LF counts as a newline |
/// | all others of `UnseenCharacters`: controls, bidirectional and zero-width characters, tags, fillers | `⟨U+001B⟩` |
/// | noncharacters | `⟨U+FFFE⟩` |
///
/// A joiner or a selector stays where it belongs to a character before it: emoji and several scripts are spelled so.
package enum VisibleText {
    /// Appends a text; `escape` gives what stands for an ASCII character that means something in the format.
    package static func append(
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
                let start = position
                while position < bytes.count, bytes[position] >= 0x80 { position += 1 }
                appendRun(bytes, start..<position, to: &out)
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
    package static func line(_ text: String) -> String {
        var out: [UInt8] = []
        append(text.utf8, to: &out, asLine: true) { _ in nil }
        return String(decoding: out, as: UTF8.self)
    }

    /// The text in lines, and how many of its characters have a stand-in.
    package static func block(_ text: String) -> (text: String, replaced: Int) {
        var out: [UInt8] = []
        append(text.utf8, to: &out) { _ in nil }
        let visible = String(decoding: out, as: UTF8.self)
        return (visible, hiddenCount(text) - hiddenCount(visible))
    }

    /// The characters that a stand-in may stand for; line breaks and tabs have none in blocks.
    private static func hiddenCount(_ text: String) -> Int {
        var count = 0
        var isAfterReturn = false
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                if isAfterReturn { count -= 1 }
            } else if scalar != "\t", isHidden(scalar.value) {
                count += 1
            }
            isAfterReturn = scalar == "\r"
        }
        return count
    }

    private static func appendControl(_ byte: UInt8, to out: inout [UInt8], asLine: Bool) {
        switch byte {
        case 0x0A where !asLine, 0x09 where !asLine: out.append(byte)
        case 0x09: out.append(0x20)
        case 0x0A: out.append(contentsOf: "↵".utf8)
        default: appendNumber(UInt32(byte), to: &out)
        }
    }

    /// Appends characters beyond ASCII, of which those that are hidden and belong to no other have their stand-in.
    private static func appendRun(
        _ bytes: UnsafeBufferPointer<UInt8>, _ run: Range<Int>, to out: inout [UInt8]
    ) {
        var reader = ClusterReader(
            UnsafeBufferPointer(rebasing: bytes[..<run.upperBound]), metrics: TextMetrics(), from: run.lowerBound)
        var holdsHidden = false
        while reader.position < run.upperBound, !holdsHidden { holdsHidden = isHidden(reader.readScalar().value) }
        guard holdsHidden else {
            out.append(contentsOf: bytes[run])
            return
        }
        // The character before may be what a selector or a joiner belongs to, as in keycaps.
        reader.position = run.lowerBound > 0 && bytes[run.lowerBound - 1] > 0x20 ? run.lowerBound - 1 : run.lowerBound
        var start = reader.position
        while let piece = reader.next() {
            let range = max(start, run.lowerBound)..<reader.position
            start = reader.position
            if case .standIn(.narrow) = piece {
                appendScalars(bytes, range, to: &out)
            } else {
                out.append(contentsOf: bytes[range])
            }
        }
    }

    private static func appendScalars(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to out: inout [UInt8]
    ) {
        var reader = ClusterReader(
            UnsafeBufferPointer(rebasing: bytes[..<range.upperBound]), metrics: TextMetrics(), from: range.lowerBound)
        while reader.position < range.upperBound {
            let start = reader.position
            let scalar = reader.readScalar().value
            if isHidden(scalar) {
                appendNumber(scalar, to: &out)
            } else {
                out.append(contentsOf: bytes[start..<reader.position])
            }
        }
    }

    private static func appendNumber(_ scalar: UInt32, to out: inout [UInt8]) {
        let digits = String(scalar, radix: 16, uppercase: true)
        let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
        out.append(contentsOf: "⟨U+\(zeros)\(digits)⟩".utf8)
    }

    /// Unseen, or a noncharacter, which some readers drop.
    private static func isHidden(_ scalar: UInt32) -> Bool {
        UnseenCharacters.contain(scalar) || scalar & 0xFFFE == 0xFFFE || 0xFDD0...0xFDEF ~= scalar
    }
}
