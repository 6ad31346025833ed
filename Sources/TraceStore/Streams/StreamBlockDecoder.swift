import Basics
package import TraceModel

/// Reads blocks of `StreamBlockEncoder` straight into the columns of a stream.
///
/// Bytes that it did not write end in `Damage`, never in a trap.
package struct StreamBlockDecoder {
    /// The bytes are no block.
    package struct Damage: Error, Equatable {}

    private var offsets: [Int64] = []
    private var kinds: [ChunkKind] = []
    private var textEnds: [Int] = []
    private var text: [UInt8] = []
    private var tokenCounts: [Int32] = []
    private var choices: [Int32] = []
    private var callIndexes: [Int32] = []
    private var toolCalls: [StreamToolCall] = []
    private var callPlaces: [StreamToolCall: Int32] = [:]

    package init() {}

    package mutating func reserveCapacity(_ count: Int, textBytes: Int) {
        offsets.reserveCapacity(count)
        kinds.reserveCapacity(count)
        textEnds.reserveCapacity(count)
        text.reserveCapacity(textBytes)
    }

    /// The chunks of all blocks that were added.
    package var chunks: StreamChunks {
        StreamChunks(
            offsets: offsets, kinds: kinds, textEnds: textEnds, text: text, tokenCounts: tokenCounts,
            choices: choices, callIndexes: callIndexes, toolCalls: toolCalls)
    }

    /// Adds the chunks of one block after those that are there.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) throws(Damage) {
        var reader = Reader(bytes)
        guard try reader.byte() == StreamBlockEncoder.version else { throw Damage() }
        let flags = StreamBlockEncoder.Flags(rawValue: try reader.byte())
        let count = try reader.count(atMost: StreamBlockEncoder.chunksPerBlock)
        let before = kinds.count
        try readOffsets(count, flags, &reader)
        try readRuns(count, &reader) { (decoder: inout Self, value, length) throws(Damage) in
            guard let raw = UInt8(exactly: value), let kind = ChunkKind(rawValue: raw) else { throw Damage() }
            decoder.kinds.append(contentsOf: repeatElement(kind, count: length))
        }
        let textStart = text.count
        var end = textStart
        for _ in 0..<count {
            end += try reader.count(atMost: bytes.count)
            textEnds.append(end)
        }
        if flags.contains(.tokens) {
            Self.pad(&tokenCounts, to: before, with: -1)
            for _ in 0..<count { tokenCounts.append(Int32(clamping: Int64(bitPattern: try reader.varint()) &- 1)) }
        } else if !tokenCounts.isEmpty {
            Self.pad(&tokenCounts, to: kinds.count, with: -1)
        }
        if flags.contains(.choices) {
            Self.pad(&choices, to: before, with: 0)
            try readRuns(count, &reader) { (decoder: inout Self, value, length) throws(Damage) in
                let choice = Int32(clamping: Reader.signed(value))
                decoder.choices.append(contentsOf: repeatElement(choice, count: length))
            }
        } else if !choices.isEmpty {
            Self.pad(&choices, to: kinds.count, with: 0)
        }
        if flags.contains(.calls) {
            Self.pad(&callIndexes, to: before, with: -1)
            try readCalls(count, &reader)
        } else if !callIndexes.isEmpty {
            Self.pad(&callIndexes, to: kinds.count, with: -1)
        }
        text.append(contentsOf: try reader.take(end - textStart))
        guard reader.isAtEnd, kinds.count == before + count else { throw Damage() }
    }

    private mutating func readOffsets(
        _ count: Int, _ flags: StreamBlockEncoder.Flags, _ reader: inout Reader
    ) throws(Damage) {
        guard flags.contains(.times) else {
            offsets.append(contentsOf: repeatElement(StreamChunks.unknownOffset, count: count))
            return
        }
        let bits = flags.contains(.gaps) ? try reader.take((count + 7) / 8) : nil
        let unit = Int64(bitPattern: try reader.varint())
        var last: Int64 = 0
        for place in 0..<count {
            if let bits, bits[bits.startIndex + place >> 3] & (1 << UInt8(place & 7)) == 0 {
                offsets.append(StreamChunks.unknownOffset)
                continue
            }
            last = last &+ Reader.signed(try reader.varint()) &* unit
            offsets.append(OutsideNumber.time(last) ?? StreamChunks.unknownOffset)
        }
    }

    private mutating func readCalls(_ count: Int, _ reader: inout Reader) throws(Damage) {
        let callCount = try reader.count(atMost: count)
        var places: [Int32] = []
        for _ in 0..<callCount {
            let index = Int(truncatingIfNeeded: Reader.signed(try reader.varint()))
            let call = StreamToolCall(index: index, id: try reader.text(), name: try reader.text())
            if let place = callPlaces[call] {
                places.append(place)
            } else {
                callPlaces[call] = Int32(toolCalls.count)
                places.append(Int32(toolCalls.count))
                toolCalls.append(call)
            }
        }
        try readRuns(count, &reader) { (decoder: inout Self, value, length) throws(Damage) in
            guard value <= UInt64(places.count) else { throw Damage() }
            let place = value == 0 ? -1 : places[Int(value) - 1]
            decoder.callIndexes.append(contentsOf: repeatElement(place, count: length))
        }
    }

    private mutating func readRuns(
        _ count: Int, _ reader: inout Reader,
        _ add: (inout Self, UInt64, Int) throws(Damage) -> Void
    ) throws(Damage) {
        var left = count
        while left > 0 {
            let value = try reader.varint()
            let length = try reader.count(atMost: left)
            guard length > 0 else { throw Damage() }
            try add(&self, value, length)
            left -= length
        }
    }

    private static func pad(_ column: inout [Int32], to count: Int, with value: Int32) {
        if column.count < count { column.append(contentsOf: repeatElement(value, count: count - column.count)) }
    }
}

extension StreamBlockDecoder {
    /// A position in the bytes of a block.
    struct Reader {
        private let bytes: UnsafeRawBufferPointer
        private var place = 0

        init(_ bytes: UnsafeRawBufferPointer) {
            self.bytes = bytes
        }

        var isAtEnd: Bool { place == bytes.count }

        @inline(__always)
        mutating func byte() throws(Damage) -> UInt8 {
            guard place < bytes.count else { throw Damage() }
            defer { place += 1 }
            return bytes[place]
        }

        @inline(__always)
        mutating func varint() throws(Damage) -> UInt64 {
            var value: UInt64 = 0
            var shift: UInt64 = 0
            while shift < 64 {
                let byte = try byte()
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return value }
                shift += 7
            }
            throw Damage()
        }

        @inline(__always)
        mutating func count(atMost limit: Int) throws(Damage) -> Int {
            let value = try varint()
            guard value <= UInt64(limit) else { throw Damage() }
            return Int(value)
        }

        mutating func take(_ count: Int) throws(Damage) -> UnsafeRawBufferPointer.SubSequence {
            guard count >= 0, count <= bytes.count - place else { throw Damage() }
            defer { place += count }
            return bytes[place..<place + count]
        }

        mutating func text() throws(Damage) -> String? {
            let length = try count(atMost: bytes.count + 1)
            if length == 0 { return nil }
            return String(decoding: try take(length - 1), as: UTF8.self)
        }

        static func signed(_ value: UInt64) -> Int64 {
            Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
        }
    }
}
