import Basics

/// Finds runs of base64 that stand for text.
///
/// Images, hashes and keys are left alone: they decode to bytes that are no text, which the first of them tell.
enum EncodedRuns {
    /// The fewest characters of a run.
    private static let shortest = 16
    /// The most characters that are decoded of a run.
    private static let longest = 1 << 16
    /// The characters whose bytes tell whether the rest is text.
    private static let probe = 16

    private static let alphabet = ByteSet.word.union(ByteSet("+/-".utf8))

    static func forEach(in bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>, [UInt8]) -> Void) {
        // Where a character is none of base64, no run of the shortest length holds it: most positions are jumped over.
        var position = shortest - 1
        while position < bytes.count {
            guard alphabet.contains(bytes[position]) else {
                position += shortest
                continue
            }
            var start = position
            let lowest = position - shortest
            while start > 0, start > lowest, alphabet.contains(bytes[start - 1]) { start -= 1 }
            guard position - start >= shortest - 1 else {
                position = start + shortest - 1 > position ? start + shortest - 1 : position + 1
                continue
            }
            // The run may have begun before the jump.
            while start > 0, alphabet.contains(bytes[start - 1]) { start -= 1 }
            var end = position
            while end < bytes.count, alphabet.contains(bytes[end]) { end += 1 }
            var padded = end
            while padded < bytes.count, padded - end < 2, bytes[padded] == UInt8(ascii: "=") { padded += 1 }
            if let decoded = text(bytes, start..<end) { body(start..<padded, decoded) }
            position = end + shortest
        }
    }

    private static func text(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [UInt8]? {
        let head = range.lowerBound..<range.lowerBound + probe
        guard range.count <= longest, let start = Base64.decode(bytes[head], [.urlSafe, .endsAtPadding], limit: probe),
            isText(start, isCut: true),
            let whole = Base64.decode(bytes[range], [.urlSafe, .endsAtPadding], limit: longest),
            isText(whole)
        else { return nil }
        return whole
    }

    private static func isText(_ bytes: [UInt8], isCut: Bool = false) -> Bool {
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) else {
            return false
        }
        // A cut text may end within a character.
        if isCut { return bytes.filter { $0 >= 0x80 }.count <= 4 }
        return String(validating: bytes, as: UTF8.self) != nil
    }
}
