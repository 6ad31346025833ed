/// Writes compact values: variable-length numbers, and texts with their length.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    /// An unsigned number in LEB128: seven bits a byte, the low ones first.
    mutating func number(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// A signed number, zigzag so that small negative ones stay short.
    mutating func signed(_ value: Int64) {
        number(UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    /// Eight bytes, little-endian: digests do not get shorter.
    mutating func word(_ value: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    mutating func text(_ text: String) {
        var text = text
        text.withUTF8 { buffer in
            number(UInt64(buffer.count))
            bytes.append(contentsOf: buffer)
        }
    }
}

/// Reads what `ByteWriter` wrote; whatever does not fit gives nil.
struct ByteReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func byte() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func number() -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while let byte = byte() {
            guard shift < 63 || byte <= 1 else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }

    mutating func signed() -> Int64? {
        number().map { Int64(bitPattern: $0 >> 1) ^ -Int64(bitPattern: $0 & 1) }
    }

    /// A count or a length that memory can hold.
    mutating func count() -> Int? {
        guard let value = number(), value <= UInt64(Int32.max) else { return nil }
        return Int(value)
    }

    mutating func word() -> UInt64? {
        guard bytes.count - position >= 8 else { return nil }
        defer { position += 8 }
        return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }

    mutating func text() -> String? {
        guard let length = count(), length <= bytes.count - position else { return nil }
        defer { position += length }
        return String(decoding: bytes[position..<position + length], as: UTF8.self)
    }

    /// As many elements as the number in front says; none may be missing.
    mutating func list<Element>(_ element: (inout ByteReader) -> Element?) -> [Element]? {
        // Each element takes a byte at least, so that a wild number asks for no memory.
        guard let size = count(), size <= bytes.count - position else { return nil }
        var elements: [Element] = []
        elements.reserveCapacity(size)
        for _ in 0..<size {
            guard let read = element(&self) else { return nil }
            elements.append(read)
        }
        return elements
    }
}
