import FastJSON
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
            guard let (scalar, count) = JSONEscape.sequence(UnsafeRawBufferPointer(source), at: slash) else {
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
}
