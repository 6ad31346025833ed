/// Protobuf bodies of OTLP of which one number, or one length, is hostile.
enum HostileBytes {
    static func varint(_ value: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    static func field(_ number: UInt64, varint value: UInt64) -> [UInt8] { varint(number << 3) + varint(value) }

    static func field(_ number: UInt64, fixed64 value: UInt64) -> [UInt8] {
        varint(number << 3 | 1) + (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    static func field(_ number: UInt64, _ payload: [UInt8], length: UInt64? = nil) -> [UInt8] {
        varint(number << 3 | 2) + varint(length ?? UInt64(payload.count)) + payload
    }

    private static func attribute(_ key: String, _ value: [UInt8]) -> [UInt8] {
        field(9, field(1, Array(key.utf8)) + field(2, value))
    }

    /// A body with one span, all of whose numbers are these bits.
    static func span(_ bits: UInt64, id: Int) -> [UInt8] {
        let trace = [UInt8](repeating: 0xB0, count: 12) + (0..<4).map { UInt8(truncatingIfNeeded: id >> ($0 * 8)) }
        let event = field(1, fixed64: bits) + field(2, Array("e".utf8)) + field(4, varint: bits)
        var span = field(1, trace) + field(2, [1, 1, 1, 1, 1, 1, 1, 1]) + field(5, Array("chat".utf8))
        span += field(6, varint: bits) + field(7, fixed64: bits) + field(8, fixed64: bits)
        span += attribute("gen_ai.operation.name", field(1, Array("chat".utf8)))
        span += attribute("gen_ai.usage.input_tokens", field(3, varint: bits))
        span += attribute("gen_ai.usage.output_tokens", field(4, fixed64: bits))
        span += field(10, varint: bits) + field(11, event) + field(12, varint: bits) + field(14, varint: bits)
        span += field(15, field(3, varint: bits))
        return field(1, field(2, field(2, span)))
    }

    /// A body of which the length at a depth says something else than is there.
    static func length(_ length: UInt64, depth: Int) -> [UInt8] {
        var bytes = field(2, Array("span".utf8), length: depth == 3 ? length : nil)
        bytes = field(2, bytes, length: depth == 2 ? length : nil)
        bytes = field(2, bytes, length: depth == 1 ? length : nil)
        return field(1, bytes, length: depth == 0 ? length : nil)
    }
}
