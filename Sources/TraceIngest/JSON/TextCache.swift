import Basics

/// Recently read short texts, so that keys and names which come again and again are stored once.
///
/// A direct-mapped table of fixed size: a new text evicts the one in its place.
struct TextCache {
    private static let slotCount = 2048
    private static let longest = 96

    private var hashes = [UInt64](repeating: 0, count: slotCount)
    private var texts = [String](repeating: "", count: slotCount)

    /// The text with these bytes; nil where they are not valid UTF-8.
    mutating func text(_ bytes: UnsafeRawBufferPointer) -> String? {
        // Fifteen bytes and fewer need no storage of their own.
        guard bytes.count > 15 && bytes.count <= Self.longest else {
            return String(validating: bytes.bindMemory(to: UInt8.self), as: UTF8.self)
        }
        let hash = Self.hash(bytes)
        let slot = Int(truncatingIfNeeded: hash >> 32) & (Self.slotCount - 1)
        if hashes[slot] == hash && Self.equal(texts[slot], bytes) { return texts[slot] }
        guard let text = String(validating: bytes.bindMemory(to: UInt8.self), as: UTF8.self) else { return nil }
        hashes[slot] = hash
        texts[slot] = text
        return text
    }

    private static func equal(_ text: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { $0.count == bytes.count && bytes.elementsEqual($0) } ?? false
    }

    private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = StableHash.goldenRatio ^ UInt64(bytes.count)
        var index = 0
        while index + 8 <= bytes.count {
            hash = mix(hash ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        var rest: UInt64 = 0
        while index < bytes.count {
            rest = rest << 8 | UInt64(bytes[index])
            index += 1
        }
        return mix(hash ^ rest)
    }

    @inline(__always)
    private static func mix(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}
