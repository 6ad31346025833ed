import TraceModel

/// Decodes OTLP protobuf bodies: requests or data messages of traces and logs.
///
/// One resource group is held at a time, so a long file needs no more memory than its largest group.
struct WireTraceDecoder {
    /// The longest resource group that is read; OTLP advises receivers to refuse bodies above 64 MiB.
    static let groupLimit = 64 << 20

    let source: any ByteSource
    let collector: BatchCollector
    /// What the file name says the body holds, for bodies that do not tell.
    let hint: WireSignal
    /// What is cut at the end is unfinished and waits.
    private let isGrowing: Bool
    private var buffer: [UInt8] = []
    private var bufferStart = 0
    /// The offset in the input of the first unread byte of the buffer.
    private(set) var offset: Int64 = 0
    private var isAtEnd = false

    init(_ reading: InputReading, hint: WireSignal) {
        source = reading.source
        collector = reading.collector
        isGrowing = reading.isGrowing
        self.hint = hint
    }

    /// Decodes to the end; throws only what the collector's receiver throws.
    mutating func run() throws {
        while fill(20) > 0 {
            let start = offset
            let head = buffer.withUnsafeBytes { Self.head($0, bufferStart) }
            switch head {
            case .group(let headerCount, let length):
                guard length <= Self.groupLimit else {
                    reject(
                        at: 0, "a resource group of \(length >> 20) MiB is longer than the limit of 64 MiB")
                    guard skip(headerCount), skip(length) else { return wait(at: start) }
                    continue
                }
                let present = fill(headerCount + length) - headerCount
                if isGrowing && present < length { return }
                try decodeGroup(from: bufferStart + headerCount, length: min(present, length), isCut: present < length)
                if present < length {
                    if source.failure == nil {
                        reject(
                            at: headerCount + max(present, 0),
                            "the protobuf message is cut off: \(length) bytes announced, \(max(present, 0)) present")
                    }
                    return
                }
                consume(headerCount + length)
            case .other(let headerCount, let length):
                guard skip(headerCount), skip(length) else {
                    if source.failure == nil, !isGrowing { reject(at: 0, "the protobuf message is cut off") }
                    return wait(at: start)
                }
            case .cut where isGrowing: return
            case .cut(let reason), .fault(let reason):
                if source.failure == nil || !isAtEnd { reject(at: 0, reason) }
                return
            }
            try collector.flushIfFull(at: offset)
        }
    }

    /// Goes back to the start of a field that is not whole where the rest of it may come.
    private mutating func wait(at start: Int64) {
        if isGrowing { offset = start }
    }

    // MARK: Buffer

    /// Brings bytes into the buffer and returns how many are there, at most `count` unless more were at hand.
    private mutating func fill(_ count: Int) -> Int {
        if buffer.count - bufferStart < count && bufferStart > 0 {
            buffer.removeFirst(bufferStart)
            bufferStart = 0
        }
        while buffer.count - bufferStart < count && !isAtEnd {
            let have = buffer.count
            let room = max(count - (have - bufferStart), 64 << 10)
            // In steps, so that a wrong length in a short file claims no memory.
            let step = min(room, 4 << 20)
            buffer.append(contentsOf: repeatElement(0, count: step))
            let got = buffer.withUnsafeMutableBytes { bytes in
                source.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[have...]))
            }
            buffer.removeLast(step - got)
            if got == 0 { isAtEnd = true }
        }
        return buffer.count - bufferStart
    }

    private mutating func consume(_ count: Int) {
        bufferStart += count
        offset += Int64(count)
    }

    /// Reads past bytes without holding them; false where the input ends first.
    private mutating func skip(_ count: Int) -> Bool {
        var rest = count
        while rest > 0 {
            let present = min(fill(1), rest)
            guard present > 0 else { return false }
            consume(present)
            rest -= present
        }
        return true
    }

    private enum Head {
        case group(headerCount: Int, length: Int)
        /// A field that is no group.
        case other(headerCount: Int, length: Int)
        /// The input ends within the head.
        case cut(String)
        case fault(String)
    }

    /// Reads tag and length of the field at the front of the buffer.
    private static func head(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Head {
        var reader = WireReader(bytes, start..<bytes.count)
        do throws(WireReader.Fault) {
            guard let field = try reader.next() else { return .cut("the protobuf message is cut off") }
            guard case .bytes(let range) = field.payload else {
                return .other(headerCount: reader.position - start, length: 0)
            }
            if field.number == 1 { return .group(headerCount: range.lowerBound - start, length: range.count) }
            return .other(headerCount: range.lowerBound - start, length: range.count)
        } catch {
            guard case .cut(let offset, let needed, _) = error else { return .fault(error.reason) }
            if reader.cutRange == nil { return .cut(error.reason) }
            // A length of any size may stand here: it is never added to anything.
            return bytes[start] == 0x0A
                ? .group(headerCount: offset - start, length: needed)
                : .other(headerCount: offset - start, length: needed)
        }
    }

    // MARK: Groups

    private func reject(at position: Int, _ reason: String) {
        collector.reject(Rejection(byteOffset: offset + Int64(position), line: nil, reason: reason))
    }

    /// Decodes the `ResourceSpans` or `ResourceLogs` in the buffer, which may be cut.
    private func decodeGroup(from start: Int, length: Int, isCut: Bool) throws {
        guard length > 0 else { return }
        // Offsets of the buffer become offsets of the input.
        let shift = offset - Int64(bufferStart)
        try buffer.withUnsafeBytes { bytes in
            var group = WireGroup(
                bytes: bytes, shift: shift, collector: collector, hint: hint,
                cutEnd: isCut ? start + length : nil)
            try group.decode(start..<start + length)
        }
    }
}
