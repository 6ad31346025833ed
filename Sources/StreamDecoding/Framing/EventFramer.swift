/// Cuts the bytes of a streamed response into events, whatever their framing; bytes may be cut anywhere.
///
/// The first significant byte tells the framing: a brace or bracket begins JSON (lines, an array, or one document), a
/// zero byte the binary frames of Amazon's event streams, anything else is taken for server-sent events.
struct EventFramer: Sendable {
    /// Bytes of one event that are held; what exceeds them is dropped with a remark.
    static let defaultByteLimit = 64 << 20

    private enum Framing: Sendable {
        case undecided
        case serverSentEvents(SSEFramer)
        case json(JSONFramer)
        case frames(EventStreamFramer)
    }

    private var framing = Framing.undecided
    /// Bytes seen before the framing was clear: white space, or the start of a byte order mark.
    private var head: [UInt8] = []
    private let byteLimit: Int

    init(byteLimit: Int = Self.defaultByteLimit) {
        self.byteLimit = byteLimit
    }

    /// The events that the bytes complete.
    mutating func append(_ bytes: [UInt8]) -> [WireEvent] {
        guard case .undecided = framing else { return feed(bytes) }
        head += bytes
        decide(isEnd: false)
        return takeHead()
    }

    /// The events that the end of the bytes completes.
    mutating func finish() -> [WireEvent] {
        if case .undecided = framing { decide(isEnd: true) }
        var events = takeHead()
        switch framing {
        case .undecided: break
        case .serverSentEvents(var framer):
            events += framer.finish()
            framing = .serverSentEvents(framer)
        case .json(var framer):
            events += framer.finish()
            framing = .json(framer)
        case .frames(var framer):
            events += framer.finish()
            framing = .frames(framer)
        }
        return events
    }

    /// What was odd about the framing, one sentence each.
    var remarks: [String] {
        switch framing {
        case .undecided: []
        case .serverSentEvents(let framer): framer.remarks
        case .json(let framer): framer.remarks
        case .frames(let framer): framer.remarks
        }
    }

    private mutating func decide(isEnd: Bool) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if head.starts(with: mark) {
            head.removeFirst(mark.count)
        } else if !isEnd && head.count < mark.count && mark.starts(with: head) {
            return
        }
        guard let first = head.first(where: { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }) else {
            // Blank lines say nothing; a flood of them must not be kept.
            if head.count > 1 << 16 { head.removeAll() }
            return
        }
        switch first {
        case UInt8(ascii: "{"), UInt8(ascii: "["), 0x1E: framing = .json(JSONFramer(byteLimit: byteLimit))
        case 0: framing = .frames(EventStreamFramer(byteLimit: byteLimit))
        default: framing = .serverSentEvents(SSEFramer(byteLimit: byteLimit))
        }
    }

    private mutating func takeHead() -> [WireEvent] {
        if case .undecided = framing { return [] }
        let bytes = head
        head = []
        return bytes.isEmpty ? [] : feed(bytes)
    }

    /// The framer is taken out while it works, so that its buffers are not copied.
    private mutating func feed(_ bytes: [UInt8]) -> [WireEvent] {
        let current = framing
        framing = .undecided
        switch consume current {
        case .undecided: return []
        case .serverSentEvents(var framer):
            let events = framer.append(bytes)
            framing = .serverSentEvents(framer)
            return events
        case .json(var framer):
            let events = framer.append(bytes)
            framing = .json(framer)
            return events
        case .frames(var framer):
            let events = framer.append(bytes)
            framing = .frames(framer)
            return events
        }
    }
}

/// One event of a streamed response, out of its framing.
struct WireEvent: Equatable, Sendable {
    /// How the data is to be taken.
    enum Form: Equatable, Sendable {
        /// JSON, or an end mark in plain text.
        case data
        /// JSON that belongs under the event's name, as binary event streams carry it.
        case namedPayload
        /// Bytes that the framing could not make sense of.
        case stray
    }

    /// The type of the event where the framing states one, as SSE's `event:` does.
    var name: String?
    var data: [UInt8]
    var form = Form.data
}
