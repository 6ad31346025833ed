import TraceModel

/// Compares two payloads of one tool call by their digests.
enum PayloadDifference {
    /// What became of a payload between two stages; unknown where one was not recorded or was withheld.
    static func comparison(_ before: PayloadDigest?, _ after: PayloadDigest?) -> JointComparison {
        guard let before, let after, before.content != .redacted, after.content != .redacted else { return .unknown }
        if before.byteCount == after.byteCount, before.forms.first == after.forms.first { return .equal }
        if before.matches(after) { return .equivalent }
        return isTruncation(before, after) ? .truncated : .different
    }

    /// True where the later payload is the beginning of the earlier one.
    static func isTruncation(_ before: PayloadDigest, _ after: PayloadDigest) -> Bool {
        guard after.byteCount < before.byteCount, after.byteCount > 0 else { return false }
        let shared = min(before.prefixes.count, after.prefixes.count)
        if shared > 0, before.prefixes[shared - 1] != after.prefixes[shared - 1] { return false }
        if after.saysTruncated {
            // The mark at the end replaces some of the text: the beginnings must agree for most of the shorter one.
            let length = min(before.preview.utf8.count, after.preview.utf8.count)
            return commonPrefix(before.preview, after.preview) * 2 >= length
        }
        if isWhole(after) { return after.byteCount > 3 && before.preview.utf8.starts(with: after.preview.utf8) }
        return commonPrefix(before.preview, after.preview) == min(before.preview.utf8.count, after.preview.utf8.count)
    }

    /// True where a truncation rests on more than the previews.
    static func isSureTruncation(_ before: PayloadDigest, _ after: PayloadDigest) -> Bool {
        after.saysTruncated || isWhole(after) || min(before.prefixes.count, after.prefixes.count) > 0
    }

    /// How sure it is that two different payloads say different things.
    enum Doubt {
        /// One may be the other in other words, such as a wrapping: nothing is claimed.
        case same
        /// The beginnings differ in most words.
        case likely
        /// Both are known wholly, and each has words that the other lacks.
        case none
    }

    static func doubt(_ a: PayloadDigest, _ b: PayloadDigest) -> Doubt {
        if a.content == .redacted || b.content == .redacted || a.saysTruncated || b.saysTruncated { return .same }
        let (left, right) = (words(a.preview), words(b.preview))
        if left.isEmpty || right.isEmpty { return .same }
        let shared = sharedCount(left, right)
        if isWhole(a), isWhole(b) { return shared == min(left.count, right.count) ? .same : .none }
        // Of a long payload only the beginning is known, and a wrapping may fill much of it.
        return shared * 5 < min(left.count, right.count) ? .likely : .same
    }

    /// True where the preview is the whole text.
    private static func isWhole(_ digest: PayloadDigest) -> Bool { digest.preview.utf8.count >= digest.byteCount }

    private static func commonPrefix(_ a: String, _ b: String) -> Int {
        zip(a.utf8, b.utf8).prefix { $0 == $1 }.count
    }

    /// The ASCII words of a text in order of their bytes, in lower case; `None` of Python is `null`.
    ///
    /// Other letters and escapes separate words, since one layer escapes what the next writes out.
    private static func words(_ text: String) -> [[UInt8]] {
        var words: [[UInt8]] = []
        var word: [UInt8] = []
        // An escape is one letter, or `u` with four digits.
        var isEscaped = false
        var digits = 0
        func close() {
            if !word.isEmpty { words.append(word == none ? null : word) }
            word.removeAll(keepingCapacity: true)
        }
        for byte in text.utf8 {
            if isEscaped || digits > 0 {
                digits = isEscaped ? (byte == UInt8(ascii: "u") ? 4 : 0) : digits - 1
                isEscaped = false
                continue
            }
            switch byte {
            case UInt8(ascii: "\\"):
                close()
                isEscaped = true
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte | 0x20)
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                word.append(byte)
            default: close()
            }
        }
        close()
        return words.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private static let none = Array("none".utf8)
    private static let null = Array("null".utf8)

    /// The count of words that two sorted lists share, each as often as both have it.
    private static func sharedCount(_ a: [[UInt8]], _ b: [[UInt8]]) -> Int {
        var (i, j, shared) = (0, 0, 0)
        while i < a.count, j < b.count {
            if a[i] == b[j] {
                (i, j, shared) = (i + 1, j + 1, shared + 1)
            } else if a[i].lexicographicallyPrecedes(b[j]) {
                i += 1
            } else {
                j += 1
            }
        }
        return shared
    }
}
