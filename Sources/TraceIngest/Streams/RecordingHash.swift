import TraceModel

/// A stable hash of a recording, out of which its identifiers are made, so that reading it twice gives the same ones.
///
/// FNV-1a with 128 bits. Source: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash Algorithm", RFC 9923.
struct RecordingHash {
    private var value: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D

    mutating func add(_ bytes: some Sequence<UInt8>) {
        var state = value
        for byte in bytes { state = (state ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013B }
        value = state
    }

    mutating func add(_ number: Int64) {
        withUnsafeBytes(of: number.littleEndian) { add($0) }
    }

    var traceID: TraceID {
        TraceID(high: UInt64(truncatingIfNeeded: value >> 64) | 1, low: UInt64(truncatingIfNeeded: value))
    }

    /// Another mix of the same bits, never zero.
    var spanID: SpanID {
        var mixed = UInt64(truncatingIfNeeded: value >> 64) ^ UInt64(truncatingIfNeeded: value)
        mixed = (mixed ^ mixed >> 33) &* 0xFF51_AFD7_ED55_8CCD
        return SpanID((mixed ^ mixed >> 33) | 1)
    }
}
