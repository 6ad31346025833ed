/// The binary frames of `application/vnd.amazon.eventstream`.
///
/// A frame is: total length and header length (32 bits, big-endian each), a checksum of both, the headers, the
/// payload, a checksum of all. Source: Smithy, "Amazon Event Stream Specification". Checksums are not compared: the
/// transport below has its own.
struct EventStreamFramer: Framer {
    private var buffer: [UInt8] = []
    private var position = 0
    private var isLost = false
    private var lostBytes = 0
    private let byteLimit: Int

    private static let preludeSize = 12
    private static let trailerSize = 4
    /// Bytes behind a broken frame that are kept.
    private static let strayLimit = 4096

    init(byteLimit: Int) {
        self.byteLimit = byteLimit
    }

    var remarks: [String] {
        lostBytes > 0 ? ["\(lostBytes) bytes are no frames of an event stream"] : []
    }

    mutating func append(_ bytes: [UInt8]) -> [WireEvent] {
        guard !isLost else {
            lose(bytes[...])
            return []
        }
        buffer += bytes
        var events: [WireEvent] = []
        while let total = word(at: position), let headers = word(at: position + 4) {
            guard total >= Self.preludeSize + Self.trailerSize, total <= byteLimit,
                headers <= total - Self.preludeSize - Self.trailerSize
            else {
                isLost = true
                let rest = buffer[position...]
                buffer = []
                position = 0
                lose(rest)
                return events
            }
            guard buffer.count - position >= total else { break }
            events.append(event(buffer[position..<position + total], headerSize: headers))
            position += total
        }
        if position > 0 {
            buffer.removeFirst(position)
            position = 0
        }
        return events
    }

    mutating func finish() -> [WireEvent] {
        guard !buffer.isEmpty else { return [] }
        if !isLost { lostBytes += buffer.count }
        let rest = WireEvent(data: [UInt8](buffer.prefix(Self.strayLimit)), form: .stray)
        buffer = []
        return [rest]
    }

    /// Keeps the start of what follows a broken frame, however the bytes are cut.
    private mutating func lose(_ bytes: ArraySlice<UInt8>) {
        lostBytes += bytes.count
        buffer += bytes.prefix(max(Self.strayLimit - buffer.count, 0))
    }

    private func word(at index: Int) -> Int? {
        guard index + 4 <= buffer.count else { return nil }
        return buffer[index..<index + 4].reduce(0) { $0 << 8 | Int($1) }
    }

    private func event(_ frame: ArraySlice<UInt8>, headerSize: Int) -> WireEvent {
        let start = frame.startIndex + Self.preludeSize
        let headers = Self.headers(frame[start..<start + headerSize])
        let payload = [UInt8](frame[(start + headerSize)..<(frame.endIndex - Self.trailerSize)])
        let name = headers[":event-type"] ?? headers[":exception-type"] ?? headers[":error-code"]
        return WireEvent(name: name, data: payload, form: .namedPayload)
    }

    /// The headers whose values are strings; others are read over.
    private static func headers(_ bytes: ArraySlice<UInt8>) -> [String: String] {
        var found: [String: String] = [:]
        var rest = bytes
        while let size = rest.popFirst(), rest.count > Int(size) {
            let name = String(decoding: rest.prefix(Int(size)), as: UTF8.self)
            rest = rest.dropFirst(Int(size))
            guard let type = rest.popFirst() else { break }
            switch type {
            case 0...5, 8, 9: rest = rest.dropFirst([0, 0, 1, 2, 4, 8, 0, 0, 8, 16][Int(type)])
            case 6, 7:
                guard rest.count >= 2 else { return found }
                let count = rest.prefix(2).reduce(0) { $0 << 8 | Int($1) }
                rest = rest.dropFirst(2)
                if type == 7 { found[name] = String(decoding: rest.prefix(count), as: UTF8.self) }
                rest = rest.dropFirst(count)
            default: return found
            }
        }
        return found
    }
}
