import Foundation

/// The lines of a text, found by byte offset and never held.
///
/// Only every sixteenth offset is kept, so that a text of nothing but line breaks costs less than itself. A line
/// without a break for long is cut at `LongText.chunk` bytes, so that laying one out is bounded.
struct TextLines: Sendable {
    private static let stride = 16

    let text: String
    /// The number of lines, at least 1.
    ///
    /// An empty text is one empty line; a last line break starts no further line.
    let count: Int
    /// Byte offsets of lines 0, 16, 32 and so on.
    private let marks: [Int]

    init(_ text: String) {
        var text = text
        text.makeContiguousUTF8()
        var marks: [Int] = []
        var count = 0
        text.utf8.withContiguousStorageIfAvailable { bytes in
            var offset = 0
            repeat {
                if count % Self.stride == 0 { marks.append(offset) }
                count += 1
                offset = LongText.lineEnd(bytes, from: offset).next
            } while offset < bytes.count
        }
        self.text = text
        self.count = max(1, count)
        self.marks = marks.isEmpty ? [0] : marks
    }

    /// The byte range of a line, without its break.
    func range(of line: Int) -> Range<Int> {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            var offset = marks[line / Self.stride]
            for _ in 0..<(line % Self.stride) { offset = LongText.lineEnd(bytes, from: offset).next }
            return offset..<LongText.lineEnd(bytes, from: offset).end
        } ?? 0..<0
    }

    /// The text of a line.
    func line(_ line: Int) -> String { LongText.slice(text, range(of: line)) }

    /// The line that holds a byte.
    func line(at byte: Int) -> Int {
        var low = 0
        var high = marks.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if marks[middle] <= byte { low = middle } else { high = middle }
        }
        return text.utf8.withContiguousStorageIfAvailable { bytes in
            var line = low * Self.stride
            var offset = marks[low]
            while line + 1 < count {
                offset = LongText.lineEnd(bytes, from: offset).next
                if offset > byte { break }
                line += 1
            }
            return line
        } ?? 0
    }
}

/// Bounded pieces of texts of any length.
enum LongText {
    /// The most bytes that are laid out as one line.
    static let chunk = 4096

    /// Where the line that starts at an offset ends, and where the next one starts.
    static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int) -> (end: Int, next: Int) {
        guard let base = bytes.baseAddress, offset < bytes.count else { return (bytes.count, bytes.count) }
        let window = min(chunk, bytes.count - offset)
        if let found = memchr(base + offset, 0x0A, window) {
            let end = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
            return (end > offset && bytes[end - 1] == 0x0D ? end - 1 : end, end + 1)
        }
        if offset + window == bytes.count { return (bytes.count, bytes.count) }
        let cut = cut(bytes, from: offset, window: window)
        return (cut, cut)
    }

    /// A good place to cut within a window: after a blank near its end, else between two scalars.
    static func cut(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int, window: Int) -> Int {
        var end = offset + window
        let nearest = end - min(512, window / 2)
        while end > nearest {
            if bytes[end - 1] == 0x20 { return end }
            end -= 1
        }
        end = offset + window
        while end > offset + 1, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return end
    }

    /// A byte range of a text, which must lie on scalar boundaries.
    static func slice(_ text: String, _ range: Range<Int>) -> String {
        let utf8 = text.utf8
        let count = utf8.count
        let low = min(max(0, range.lowerBound), count)
        let high = min(max(low, range.upperBound), count)
        let start = utf8.index(utf8.startIndex, offsetBy: low)
        return String(text[start..<utf8.index(start, offsetBy: high - low)])
    }

    /// At most so many bytes of the start of a text, and whether that is all of it.
    static func prefix(_ text: String, bytes limit: Int) -> (text: String, isWhole: Bool) {
        if text.utf8.count <= limit { return (text, true) }
        var end = text.utf8.index(text.utf8.startIndex, offsetBy: max(0, limit))
        while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil {
            end = text.utf8.index(before: end)
        }
        return (String(text[..<end]), false)
    }
}
