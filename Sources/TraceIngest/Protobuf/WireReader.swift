/// Walks the fields of one protobuf message without decoding them.
///
/// The wire format is that of https://protobuf.dev/programming-guides/encoding/: a varint of field number and type,
/// then the payload. Offsets are those of the buffer handed in.
struct WireReader {
    /// A field on the wire.
    struct Field {
        enum Payload {
            case varint(UInt64)
            case fixed64(UInt64)
            case fixed32(UInt32)
            /// The range of the bytes in the buffer.
            case bytes(Range<Int>)
        }

        var number: Int
        var payload: Payload
    }

    /// Why the walk cannot go on, and where.
    enum Fault: Error, Equatable {
        /// A payload ends behind the end of the message: `needed` bytes from `offset` on, of which `present` exist.
        case cut(offset: Int, needed: Int, present: Int)
        case invalidTag(offset: Int)
        case invalidVarint(offset: Int)

        var offset: Int {
            switch self {
            case .cut(let offset, _, _), .invalidTag(let offset), .invalidVarint(let offset): offset
            }
        }

        var reason: String {
            switch self {
            case .cut(_, let needed, let present):
                "the protobuf message is cut off: \(needed) bytes announced, \(present) present"
            case .invalidTag: "not a protobuf message: invalid field tag"
            case .invalidVarint: "not a protobuf message: invalid number"
            }
        }
    }

    let bytes: UnsafeRawBufferPointer
    private(set) var position: Int
    let end: Int
    /// The range of a byte field that reaches beyond the end, after a `cut` fault.
    private(set) var cutRange: Range<Int>?

    init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// The next field; nil at the end of the message.
    mutating func next() throws(Fault) -> Field? {
        guard position < end else { return nil }
        let start = position
        let tag = try varint()
        let number = Int(truncatingIfNeeded: tag >> 3)
        guard number > 0 && tag >> 3 < 1 << 29 else { throw .invalidTag(offset: start) }
        switch tag & 7 {
        case 0: return Field(number: number, payload: .varint(try varint()))
        case 1:
            let first = position
            try take(8)
            let value = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: first, as: UInt64.self))
            return Field(number: number, payload: .fixed64(value))
        case 2:
            let length = try varint()
            let first = position
            guard length <= UInt64(end - first) else {
                cutRange = first..<end
                throw .cut(offset: first, needed: Int(clamping: length), present: end - first)
            }
            position += Int(length)
            return Field(number: number, payload: .bytes(first..<position))
        case 5:
            let first = position
            try take(4)
            let value = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: first, as: UInt32.self))
            return Field(number: number, payload: .fixed32(value))
        default:
            // Groups (3, 4) went out of use before OTLP began.
            throw .invalidTag(offset: start)
        }
    }

    private mutating func take(_ count: Int) throws(Fault) {
        guard end - position >= count else {
            throw .cut(offset: position, needed: count, present: end - position)
        }
        position += count
    }

    private mutating func varint() throws(Fault) -> UInt64 {
        let start = position
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < end {
            let byte = bytes[position]
            position += 1
            if shift == 63 && byte > 1 { throw .invalidVarint(offset: start) }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
            if shift > 63 { throw .invalidVarint(offset: start) }
        }
        throw .cut(offset: start, needed: position - start + 1, present: position - start)
    }
}
