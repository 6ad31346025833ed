import FastJSON
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

extension RecordingHash {
    /// Adds a JSON value so that the order of keys does not matter: a rewritten document keeps its identifiers.
    mutating func addCanonical(_ root: JSONValue) {
        enum Work {
            case value(JSONValue)
            case text(String)
        }
        var open: [Work] = [.value(root)]
        while let work = open.popLast() {
            switch work {
            case .text(let text):
                add(text.utf8)
            case .value(.array(let elements)):
                add("[".utf8)
                open.append(.text("]"))
                for element in elements.reversed() {
                    open.append(.text(","))
                    open.append(.value(element))
                }
            case .value(.object(let members)):
                add("{".utf8)
                open.append(.text("}"))
                let sorted = members.enumerated().sorted {
                    ($0.element.key, $0.offset) < ($1.element.key, $1.offset)
                }
                for (_, member) in sorted.reversed() {
                    open.append(.value(member.value))
                    open.append(.text(JSONValue.string(member.key).text() + ":"))
                }
            case .value(let scalar):
                add(scalar.text().utf8)
            }
        }
    }
}
