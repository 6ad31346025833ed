/// Hashes that are the same in every run and on every machine.
package enum StableHash {
    /// 2^64 over the golden ratio, the odd number that spreads neighbours best.
    package static let goldenRatio: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// The hash of no bytes at all, with which `fnv` begins.
    package static let fnvOffset: UInt64 = 0xCBF2_9CE4_8422_2325

    /// FNV-1a with 64 bits, going on from an earlier hash.
    ///
    /// Source: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash Algorithm", RFC 9923.
    package static func fnv(_ bytes: some Sequence<UInt8>, from hash: UInt64 = fnvOffset) -> UInt64 {
        // Bytes that lie together are read in place: a loop that no caller specializes takes many times as long.
        if let hash = bytes.withContiguousStorageIfAvailable({ fnv(of: $0, from: hash) }) { return hash }
        return Array(bytes).withUnsafeBufferPointer { fnv(of: $0, from: hash) }
    }

    private static func fnv(of bytes: UnsafeBufferPointer<UInt8>, from hash: UInt64) -> UInt64 {
        var hash = hash
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash
    }

    /// Mixes a word so that each of its bits reaches all others.
    ///
    /// The mixing is the finalizer of MurmurHash3 (public domain).
    @inlinable
    package static func mixed(_ word: UInt64) -> UInt64 {
        var word = word
        word = (word ^ word >> 33) &* 0xFF51_AFD7_ED55_8CCD
        word = (word ^ word >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return word ^ word >> 33
    }
}

extension String {
    /// Equality of the UTF-8, which is stricter than the canonical equivalence of `==`.
    package func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
