package import TraceModel

/// Packs runs of chunks into blobs, one column after the other.
///
/// A block stands for itself: any one can be read without those before it. Layout, with numbers as LEB128 varints:
/// version, flags, count; the known offsets as zigzag differences in units of their greatest common divisor, preceded by
/// a bit for each chunk where some are unknown; kinds as runs of (kind, length); lengths of texts; token counts plus one,
/// 0 for none; choices and places of calls plus one as runs; the calls; the texts as UTF-8.
package enum StreamBlockEncoder {
    /// Chunks of a block: large enough for one varint a column to stay all there is, small enough to seek.
    package static let chunksPerBlock = 1024
    static let version: UInt8 = 1

    /// What a block holds besides kinds and texts.
    struct Flags: OptionSet {
        let rawValue: UInt8
        /// Some offsets are known.
        static let times = Flags(rawValue: 1 << 0)
        /// Some are not.
        static let gaps = Flags(rawValue: 1 << 1)
        static let tokens = Flags(rawValue: 1 << 2)
        static let choices = Flags(rawValue: 1 << 3)
        static let calls = Flags(rawValue: 1 << 4)
    }

    /// The bytes of one block of chunks.
    package static func encode(_ chunks: StreamChunks, _ range: Range<Int>) -> [UInt8] {
        let known = range.filter { chunks.offsets[$0] != StreamChunks.unknownOffset }
        var flags: Flags = []
        if !known.isEmpty { flags.insert(.times) }
        if !known.isEmpty && known.count < range.count { flags.insert(.gaps) }
        if !chunks.tokenCounts.isEmpty { flags.insert(.tokens) }
        if !chunks.choices.isEmpty { flags.insert(.choices) }
        if !chunks.callIndexes.isEmpty { flags.insert(.calls) }
        let start = range.isEmpty ? 0 : chunks.textRange(range.lowerBound).lowerBound
        let end = range.isEmpty ? 0 : chunks.textEnds[range.upperBound - 1]

        var bytes: [UInt8] = []
        bytes.reserveCapacity(end - start + range.count * 6 + 16)
        bytes.append(version)
        bytes.append(flags.rawValue)
        bytes.append(varint: UInt64(range.count))
        if flags.contains(.gaps) { appendBits(of: chunks, range, to: &bytes) }
        if flags.contains(.times) { appendOffsets(known.map { chunks.offsets[$0] }, to: &bytes) }
        appendRuns(range.lazy.map { UInt64(chunks.kinds[$0].rawValue) }, to: &bytes)
        for index in range { bytes.append(varint: UInt64(chunks.textRange(index).count)) }
        if flags.contains(.tokens) {
            for index in range { bytes.append(varint: UInt64(max(0, Int64(chunks.tokenCounts[index]) + 1))) }
        }
        if flags.contains(.choices) {
            appendRuns(range.lazy.map { zigzag(Int64(chunks.choices[$0])) }, to: &bytes)
        }
        if flags.contains(.calls) { appendCalls(chunks, range, to: &bytes) }
        bytes.append(contentsOf: chunks.text[start..<end])
        return bytes
    }

    private static func appendBits(of chunks: StreamChunks, _ range: Range<Int>, to bytes: inout [UInt8]) {
        var byte: UInt8 = 0
        for (place, index) in range.enumerated() {
            if chunks.offsets[index] != StreamChunks.unknownOffset { byte |= 1 << UInt8(place & 7) }
            if place & 7 == 7 || index + 1 == range.upperBound {
                bytes.append(byte)
                byte = 0
            }
        }
    }

    /// Clocks of microseconds and milliseconds leave zeros behind, which a common unit takes out.
    private static func appendOffsets(_ offsets: [Int64], to bytes: inout [UInt8]) {
        var unit: UInt64 = 0
        var last: Int64 = 0
        for offset in offsets {
            unit = greatestDivisor(unit, (offset &- last).magnitude)
            last = offset
            if unit == 1 { break }
        }
        unit = max(1, min(unit, UInt64(Int64.max)))
        bytes.append(varint: unit)
        last = 0
        for offset in offsets {
            bytes.append(varint: zigzag((offset &- last) / Int64(unit)))
            last = offset
        }
    }

    private static func greatestDivisor(_ a: UInt64, _ b: UInt64) -> UInt64 {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }

    /// The calls of the block, and the place of each chunk's call among them plus one.
    private static func appendCalls(_ chunks: StreamChunks, _ range: Range<Int>, to bytes: inout [UInt8]) {
        var places: [Int32: UInt64] = [:]
        var calls: [StreamToolCall] = []
        let column = range.map { index -> UInt64 in
            let global = chunks.callIndexes[index]
            guard global >= 0 else { return 0 }
            if let place = places[global] { return place }
            calls.append(chunks.toolCalls[Int(global)])
            places[global] = UInt64(calls.count)
            return UInt64(calls.count)
        }
        bytes.append(varint: UInt64(calls.count))
        for call in calls {
            bytes.append(varint: zigzag(Int64(call.index)))
            append(call.id, to: &bytes)
            append(call.name, to: &bytes)
        }
        appendRuns(column, to: &bytes)
    }

    /// A text with its length plus one; 0 for none.
    private static func append(_ text: String?, to bytes: inout [UInt8]) {
        guard let text else {
            bytes.append(0)
            return
        }
        bytes.append(varint: UInt64(text.utf8.count) + 1)
        bytes.append(contentsOf: text.utf8)
    }

    private static func appendRuns(_ values: some Sequence<UInt64>, to bytes: inout [UInt8]) {
        var current: UInt64?
        var length: UInt64 = 0
        for value in values {
            if value == current {
                length += 1
                continue
            }
            if let current {
                bytes.append(varint: current)
                bytes.append(varint: length)
            }
            (current, length) = (value, 1)
        }
        if let current {
            bytes.append(varint: current)
            bytes.append(varint: length)
        }
    }

    static func zigzag(_ value: Int64) -> UInt64 {
        UInt64(bitPattern: (value << 1) ^ (value >> 63))
    }
}

extension [UInt8] {
    /// Adds a number, seven bits a byte, the low ones first.
    fileprivate mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }
}
