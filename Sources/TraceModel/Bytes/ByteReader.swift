/// Reads what `ByteWriter` wrote; whatever does not fit gives nil.
package struct ByteReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    package init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    package var isAtEnd: Bool { position == bytes.count }

    /// The bytes that were not read yet.
    package var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[position...]) }

    /// Passes over as many bytes and gives a reader of those alone.
    package mutating func part(_ size: Int) -> ByteReader? {
        guard size >= 0, size <= bytes.count - position else { return nil }
        defer { position += size }
        return ByteReader(UnsafeRawBufferPointer(rebasing: bytes[position..<position + size]))
    }

    package mutating func byte() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    package mutating func number() -> UInt64? {
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

    package mutating func signed() -> Int64? {
        number().map { Int64(bitPattern: $0 >> 1) ^ -Int64(bitPattern: $0 & 1) }
    }

    /// A count or a length that memory can hold.
    package mutating func count() -> Int? {
        guard let value = number(), value <= UInt64(Int32.max) else { return nil }
        return Int(value)
    }

    package mutating func word() -> UInt64? {
        guard bytes.count - position >= 8 else { return nil }
        defer { position += 8 }
        return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }

    package mutating func text() -> String? {
        guard let length = count(), length <= bytes.count - position else { return nil }
        defer { position += length }
        return String(decoding: bytes[position..<position + length], as: UTF8.self)
    }

    /// As many elements as the number in front says; none may be missing.
    package mutating func list<Element>(_ element: (inout ByteReader) -> Element?) -> [Element]? {
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
