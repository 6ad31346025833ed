import Basics
import TraceModel

/// Turns the identifiers of other products into those of traces and spans.
///
/// Hexadecimal ids of the right length and UUIDs of traces stay what they are; all else is hashed, so that reading a
/// file twice gives the same ids.
enum ForeignID {
    /// 32 hexadecimal digits, with or without `0x`, dashes or leading zeros, or any other text.
    static func trace(_ text: String) -> TraceID {
        let digits = hexDigits(text)
        if digits.count <= 32, digits.count >= 12 {
            let padded = [UInt8](repeating: 0x30, count: 32 - digits.count) + digits
            if let high = Hex.word(padded.prefix(16)), let low = Hex.word(padded.suffix(16)) {
                let id = TraceID(high: high, low: low)
                if id.isValid { return id }
            }
        }
        return hash(text).traceID
    }

    /// 16 hexadecimal digits, with or without `0x` or leading zeros, or any other text.
    static func span(_ text: String) -> SpanID {
        if isSpanID(text), let word = Hex.word(padded(text)) { return SpanID(word) }
        return hash(text).spanID
    }

    /// Whether the text is a span's id as it stands, so that nothing of it is lost.
    static func isSpanID(_ text: String) -> Bool {
        guard !text.contains("-") else { return false }
        let digits = hexDigits(text)
        guard (12...16).contains(digits.count), let word = Hex.word(padded(text)) else { return false }
        return word != 0
    }

    private static func padded(_ text: String) -> [UInt8] {
        let digits = hexDigits(text)
        return [UInt8](repeating: 0x30, count: max(0, 16 - digits.count)) + digits
    }

    /// The digits; none where the text is something else.
    private static func hexDigits(_ text: String) -> [UInt8] {
        let bare = text.utf8.filter { $0 != UInt8(ascii: "-") }
        let digits = bare.starts(with: "0x".utf8) ? Array(bare.dropFirst(2)) : bare
        return digits.allSatisfy { Hex.digit($0) != nil } ? digits : []
    }

    private static func hash(_ text: String) -> RecordingHash {
        var hash = RecordingHash()
        hash.add(text.utf8)
        return hash
    }
}
