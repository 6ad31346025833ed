/// Writes compact values: variable-length numbers, and texts with their length.
package struct ByteWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// An unsigned number in LEB128: seven bits a byte, the low ones first.
    package mutating func number(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// A signed number, zigzag so that small negative ones stay short.
    package mutating func signed(_ value: Int64) {
        number(UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    /// Eight bytes, little-endian: digests do not get shorter.
    package mutating func word(_ value: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    /// Bytes as they are, without a length.
    package mutating func append(_ other: some Collection<UInt8>) { bytes.append(contentsOf: other) }

    package mutating func text(_ text: String) {
        var text = text
        text.withUTF8 { buffer in
            number(UInt64(buffer.count))
            bytes.append(contentsOf: buffer)
        }
    }
}
