/// Cuts the bytes of a streamed response into events, whatever their framing; bytes may be cut anywhere.
///
/// The first significant byte tells the framing: a brace or bracket begins JSON (lines, an array, or one document), a
/// zero byte the binary frames of Amazon's event streams, anything else is taken for server-sent events.
struct EventFramer: Sendable {
    /// Bytes of one event that are held; what exceeds them is dropped with a remark.
    static let defaultByteLimit = 64 << 20

    /// Nil while the framing is not clear.
    private var framer: (any Framer)?
    /// Bytes seen before the framing was clear: white space, or the start of a byte order mark.
    private var head: [UInt8] = []
    private let byteLimit: Int

    init(byteLimit: Int = Self.defaultByteLimit) {
        self.byteLimit = byteLimit
    }

    /// The events that the bytes complete.
    mutating func append(_ bytes: [UInt8]) -> [WireEvent] {
        guard framer == nil else { return framer?.append(bytes) ?? [] }
        head += bytes
        decide(isEnd: false)
        return takeHead()
    }

    /// The events that the end of the bytes completes.
    mutating func finish() -> [WireEvent] {
        if framer == nil { decide(isEnd: true) }
        return takeHead() + (framer?.finish() ?? [])
    }

    /// What was odd about the framing, one sentence each.
    var remarks: [String] { framer?.remarks ?? [] }

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
        case UInt8(ascii: "{"), UInt8(ascii: "["), 0x1E: framer = JSONFramer(byteLimit: byteLimit)
        case 0: framer = EventStreamFramer(byteLimit: byteLimit)
        default: framer = SSEFramer(byteLimit: byteLimit)
        }
    }

    private mutating func takeHead() -> [WireEvent] {
        guard framer != nil, !head.isEmpty else { return [] }
        let bytes = head
        head = []
        return framer?.append(bytes) ?? []
    }
}

/// One framing of events.
protocol Framer: Sendable {
    /// The events that the bytes complete, which may be cut anywhere.
    mutating func append(_ bytes: [UInt8]) -> [WireEvent]
    /// The events that the end of the bytes completes.
    mutating func finish() -> [WireEvent]
    /// What was odd, one sentence each.
    var remarks: [String] { get }
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
