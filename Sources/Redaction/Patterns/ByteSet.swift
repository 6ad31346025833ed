/// A set of bytes.
struct ByteSet: Hashable, Sendable {
    private var words: SIMD4<UInt64> = .zero

    init() {}

    init(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { insert(byte) }
    }

    init(_ range: ClosedRange<UInt8>) {
        for byte in range { insert(byte) }
    }

    static let all = ByteSet(0...0xFF)
    static let digits = ByteSet(0x30...0x39)
    /// Letters, digits and `_`.
    static let word = ByteSet(0x30...0x39).union(ByteSet(0x41...0x5A)).union(ByteSet(0x61...0x7A)).union(
        ByteSet([0x5F]))
    static let blanks = ByteSet(0x09...0x0D).union(ByteSet([0x20]))
    static let hexDigits = ByteSet(0x30...0x39).union(ByteSet(0x41...0x46)).union(ByteSet(0x61...0x66))

    var isEmpty: Bool { words == .zero }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1
    }

    mutating func insert(_ byte: UInt8) {
        words[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
    }

    func union(_ other: ByteSet) -> ByteSet {
        var union = self
        union.words |= other.words
        return union
    }

    var inverted: ByteSet {
        var inverted = self
        inverted.words = ~words
        return inverted
    }

    /// With each ASCII letter in both cases.
    var ignoringCase: ByteSet {
        var folded = self
        for letter in UInt8(ascii: "a")...UInt8(ascii: "z") where contains(letter) || contains(letter - 0x20) {
            folded.insert(letter)
            folded.insert(letter - 0x20)
        }
        return folded
    }
}
