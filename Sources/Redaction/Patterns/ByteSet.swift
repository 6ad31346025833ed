/// A set of bytes.
struct ByteSet: Hashable, Sendable {
    // Four fields and not a vector: a lookup is a few moves between registers.
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt64 = 0
    private var fourth: UInt64 = 0

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

    var isEmpty: Bool { first | second | third | fourth == 0 }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        let low = byte & 64 == 0 ? first : second
        let high = byte & 64 == 0 ? third : fourth
        return (byte & 128 == 0 ? low : high) >> UInt64(byte & 63) & 1 == 1
    }

    mutating func insert(_ byte: UInt8) {
        let bit: UInt64 = 1 << UInt64(byte & 63)
        switch byte >> 6 {
        case 0: first |= bit
        case 1: second |= bit
        case 2: third |= bit
        default: fourth |= bit
        }
    }

    func union(_ other: ByteSet) -> ByteSet {
        var union = self
        union.first |= other.first
        union.second |= other.second
        union.third |= other.third
        union.fourth |= other.fourth
        return union
    }

    func intersection(_ other: ByteSet) -> ByteSet {
        inverted.union(other.inverted).inverted
    }

    var inverted: ByteSet {
        var inverted = self
        inverted.first = ~first
        inverted.second = ~second
        inverted.third = ~third
        inverted.fourth = ~fourth
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
