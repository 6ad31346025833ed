/// Pieces of stored text that were redacted each for itself.
enum StoredText {
    /// The strings of JSON, and what stands between them; the whole of a text that has no quotes.
    ///
    /// A key and its value are texts of their own, so that together they must not look like a secret. Quotes behind a
    /// backslash belong to a text.
    static func pieces(_ bytes: UnsafeRawBufferPointer) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var start = 0
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "\""):
                pieces.append(start..<index)
                start = index + 1
            default: break
            }
            index += 1
        }
        if start < bytes.count { pieces.append(start..<bytes.count) }
        return pieces
    }

    /// Whether a text is a JSON array or object.
    static func isJSON(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.first == UInt8(ascii: "[") || bytes.first == UInt8(ascii: "{")
    }
}
