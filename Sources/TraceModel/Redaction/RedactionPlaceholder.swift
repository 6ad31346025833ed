/// What stands where a text was redacted, such as `[STRIPE_KEY#a1b2c3d4]`.
///
/// The label is that of the rule; the digits are a keyed hash of the text, the same for equal texts. A text that a field
/// policy masked has no hash: `[MASKED]`.
public struct RedactionPlaceholder: Equatable, Sendable {
    /// Hexadecimal digits of the hash: with 32 bits, two of 1,000 values look alike once in 8,000 data sets.
    public static let hashDigits = 8
    /// The most bytes that a label has.
    public static let longestLabel = 40

    public var label: String
    /// Nil where the text was masked.
    public var hash: String?

    public init(label: String, hash: String?) {
        self.label = label
        self.hash = hash
    }

    public var text: String { hash.map { "[\(label)#\($0)]" } ?? "[\(label)]" }

    /// Finds the placeholders of a text with a hash, as ranges of its UTF-8, in order.
    ///
    /// A label is an upper-case letter and then upper-case letters, digits and `_`.
    public static func all(in bytes: UnsafeBufferPointer<UInt8>) -> [(range: Range<Int>, placeholder: Self)] {
        var found: [(range: Range<Int>, placeholder: Self)] = []
        var position = 0
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "["), let end = end(in: bytes, at: position) else {
                position += 1
                continue
            }
            let hash = String(decoding: bytes[(end - 1 - hashDigits)..<(end - 1)], as: UTF8.self)
            let label = String(decoding: bytes[(position + 1)..<(end - 2 - hashDigits)], as: UTF8.self)
            found.append((position..<end, Self(label: label, hash: hash)))
            position = end
        }
        return found
    }

    /// The same for text.
    public static func all(in text: String) -> [(range: Range<Int>, placeholder: Self)] {
        var text = text
        return text.withUTF8 { all(in: $0) }
    }

    /// Where the placeholder that starts at a bracket ends; nil where none starts.
    private static func end(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
        var position = start + 1
        let limit = min(bytes.count, position + longestLabel)
        while position < limit, isLabel(bytes[position], isFirst: position == start + 1) { position += 1 }
        guard position > start + 1, position + hashDigits + 1 < bytes.count, bytes[position] == UInt8(ascii: "#"),
            bytes[position + hashDigits + 1] == UInt8(ascii: "]")
        else { return nil }
        for digit in bytes[(position + 1)...(position + hashDigits)] {
            guard (0x30...0x39).contains(digit) || (0x61...0x66).contains(digit) else { return nil }
        }
        return position + hashDigits + 2
    }

    private static func isLabel(_ byte: UInt8, isFirst: Bool) -> Bool {
        (0x41...0x5A).contains(byte) || (!isFirst && ((0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")))
    }
}
