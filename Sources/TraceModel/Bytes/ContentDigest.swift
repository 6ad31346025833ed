/// A 64-bit digest that tells different content apart; it is no protection against forgery.
///
/// The mixing is the multiply-and-fold of 128-bit products, as in the wyhash family. Its result is stored, so that it
/// must never change.
package struct ContentDigest {
    private var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let first: UInt64 = 0xA076_1D64_78BD_642F
    private static let second: UInt64 = 0xE703_7ED1_A0B4_28DB

    package init() {}

    /// The digest of all that was added, in the form in which SQLite holds it.
    package var value: Int64 {
        Int64(bitPattern: Self.mix(state ^ Self.first, Self.second))
    }

    @inline(__always)
    package mutating func add(_ word: UInt64) {
        state = Self.mix(state ^ word, Self.first)
    }

    @inline(__always)
    package mutating func add(_ value: Int64) {
        add(UInt64(bitPattern: value))
    }

    /// Adds a value that may be absent; absence differs from every value.
    package mutating func add(_ value: Int64?) {
        if let value {
            add(1 as UInt64)
            add(value)
        } else {
            add(0 as UInt64)
        }
    }

    /// Adds bytes with their number.
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        add(UInt64(bytes.count))
        var offset = 0
        while offset + 16 <= bytes.count {
            let low = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            let high = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
            state = Self.mix(low ^ Self.second, high ^ state)
            offset += 16
        }
        var tail: (low: UInt64, high: UInt64) = (0, 0)
        while offset < bytes.count {
            let place = UInt64(offset & 15)
            if place < 8 {
                tail.low |= UInt64(bytes[offset]) << (place * 8)
            } else {
                tail.high |= UInt64(bytes[offset]) << ((place - 8) * 8)
            }
            offset += 1
        }
        state = Self.mix(tail.low ^ Self.second, tail.high ^ state)
    }

    /// Adds the UTF-8 of a text.
    package mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    }

    @inline(__always)
    private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
