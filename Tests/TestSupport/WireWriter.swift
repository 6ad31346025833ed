/// Writes protobuf bodies by hand, so that tests can also write broken ones.
package struct WireWriter {
    package var bytes: [UInt8] = []

    package init(_ build: (inout WireWriter) -> Void = { _ in }) { build(&self) }

    package mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    package mutating func number(_ field: UInt64, _ value: UInt64) {
        varint(field << 3)
        varint(value)
    }

    package mutating func fixed64(_ field: UInt64, _ value: UInt64) {
        varint(field << 3 | 1)
        for shift in stride(from: 0 as UInt64, to: 64, by: 8) { bytes.append(UInt8(value >> shift & 0xFF)) }
    }

    package mutating func fixed32(_ field: UInt64, _ value: UInt32) {
        varint(field << 3 | 5)
        for shift in stride(from: 0 as UInt32, to: 32, by: 8) { bytes.append(UInt8(value >> shift & 0xFF)) }
    }

    package mutating func data(_ field: UInt64, _ payload: [UInt8]) {
        varint(field << 3 | 2)
        varint(UInt64(payload.count))
        bytes += payload
    }

    package mutating func text(_ field: UInt64, _ text: String) { data(field, Array(text.utf8)) }

    package mutating func message(_ field: UInt64, _ build: (inout WireWriter) -> Void) {
        data(field, WireWriter(build).bytes)
    }
}
