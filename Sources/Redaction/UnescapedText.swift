import Basics
import FastJSON
import Glibc

/// A text with its escape sequences resolved, and where each byte came from.
///
/// It asks for no sound JSON: what stands in a cut document, in JSON within JSON or in a quoted log line is read alike.
/// What is no escape sequence stands for itself.
struct UnescapedText {
    /// Ways to write characters as others.
    enum Encoding {
        /// `\n`, `\u0073` and `\x73`, as in JSON and in program texts.
        case backslashes
        /// `%73`, as in URLs. Source: RFC 3986, section 2.1.
        case percents
        /// `&amp;`, `&#115;` and `&#x73;`. Source: HTML, section 13.5, of which it knows the names of ASCII.
        case entities

        fileprivate var mark: UInt8 {
            switch self {
            case .backslashes: UInt8(ascii: "\\")
            case .percents: UInt8(ascii: "%")
            case .entities: UInt8(ascii: "&")
            }
        }
    }

    private struct Escape {
        /// Where it stands in the unescaped text, and its bytes there.
        var start: Int
        var count: Int
        var source: Range<Int>
    }

    private(set) var bytes: [UInt8] = []
    private var escapes: [Escape] = []

    /// Nil where the text has no escape sequence.
    init?(_ source: UnsafeBufferPointer<UInt8>, _ encoding: Encoding = .backslashes) {
        guard let base = source.baseAddress else { return nil }
        var position = 0
        while position < source.count {
            guard let found = memchr(base + position, Int32(encoding.mark), source.count - position) else { break }
            let slash = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            guard let (character, count) = Self.sequence(UnsafeRawBufferPointer(source), at: slash, encoding) else {
                if bytes.isEmpty { bytes.reserveCapacity(source.count) }
                bytes.append(contentsOf: source[position...slash])
                position = slash + 1
                continue
            }
            if bytes.isEmpty { bytes.reserveCapacity(source.count) }
            bytes.append(contentsOf: source[position..<slash])
            let start = bytes.count
            if encoding != .percents, let encoded = UTF8.encode(character) {
                bytes.append(contentsOf: encoded)
            } else {
                bytes.append(UInt8(truncatingIfNeeded: character.value))
            }
            escapes.append(Escape(start: start, count: bytes.count - start, source: slash..<slash + count))
            position = slash + count
        }
        guard !escapes.isEmpty else { return nil }
        bytes.append(contentsOf: source[position...])
    }

    /// The character that a sequence stands for, or its byte in percents, and the bytes of the sequence.
    private static func sequence(
        _ raw: UnsafeRawBufferPointer, at start: Int, _ encoding: Encoding
    ) -> (character: Unicode.Scalar, count: Int)? {
        switch encoding {
        case .backslashes:
            if let found = JSONEscape.sequence(raw, at: start) { return (found.scalar, found.count) }
            guard start + 3 < raw.count, raw[start + 1] == UInt8(ascii: "x"),
                let byte = Hex.word(raw[start + 2..<start + 4])
            else { return nil }
            return (Unicode.Scalar(UInt8(truncatingIfNeeded: byte)), 4)
        case .percents:
            guard start + 2 < raw.count, let byte = Hex.word(raw[start + 1..<start + 3]) else { return nil }
            return (Unicode.Scalar(UInt8(truncatingIfNeeded: byte)), 3)
        case .entities:
            var end = start + 1
            while end < raw.count, end - start < longestEntity, raw[end] != UInt8(ascii: ";") { end += 1 }
            guard end < raw.count, raw[end] == UInt8(ascii: ";"), end > start + 1 else { return nil }
            let name = String(decoding: raw[start + 1..<end], as: UTF8.self)
            let number =
                name.hasPrefix("#x") || name.hasPrefix("#X")
                ? UInt32(name.dropFirst(2), radix: 16)
                : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
            guard let character = number.flatMap(Unicode.Scalar.init) ?? entities[name] else { return nil }
            return (character, end + 1 - start)
        }
    }

    private static let longestEntity = 10
    private static let entities: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "equals": "=", "colon": ":",
        "sol": "/", "lowbar": "_", "hyphen": "-", "period": ".", "plus": "+", "commat": "@", "num": "#", "excl": "!",
        "dollar": "$", "percnt": "%", "ast": "*", "lpar": "(", "rpar": ")", "semi": ";", "Tab": "\t", "NewLine": "\n",
    ]

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
