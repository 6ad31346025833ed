/// Server-sent events, as the HTML standard defines them (section 9.2, "Server-sent events").
///
/// It goes beyond the standard in three ways: the last event counts without its blank line, a line of bare JSON
/// counts as an event, and any other line that is no field is handed on as stray instead of being dropped.
struct SSEFramer: Framer {
    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var name: String?
    /// A CR ended the last line, so a LF that follows belongs to it.
    private var skipsLineFeed = false
    private var comments = 0
    private var strayLines = 0
    private var droppedBytes = 0
    private let byteLimit: Int
    private var events: [WireEvent] = []

    init(byteLimit: Int) {
        self.byteLimit = byteLimit
    }

    var remarks: [String] {
        var remarks: [String] = []
        if comments > 0 { remarks.append("\(comments) SSE comment lines, not kept") }
        if strayLines > 0 { remarks.append("\(strayLines) lines are no SSE fields") }
        if droppedBytes > 0 { remarks.append("\(droppedBytes) bytes dropped of events over \(byteLimit) bytes") }
        return remarks
    }

    mutating func append(_ bytes: [UInt8]) -> [WireEvent] {
        var start = 0
        if skipsLineFeed, let first = bytes.first {
            if first == 0x0A { start = 1 }
            skipsLineFeed = false
        }
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 0x0A || byte == 0x0D else {
                index += 1
                continue
            }
            hold(bytes[start..<index])
            endLine()
            index += 1
            if byte == 0x0D {
                if index == bytes.count {
                    skipsLineFeed = true
                } else if bytes[index] == 0x0A {
                    index += 1
                }
            }
            start = index
        }
        if start < bytes.count { hold(bytes[start...]) }
        return takeEvents()
    }

    mutating func finish() -> [WireEvent] {
        if !line.isEmpty { endLine() }
        dispatch()
        return takeEvents()
    }

    private mutating func takeEvents() -> [WireEvent] {
        defer { events = [] }
        return events
    }

    private mutating func hold(_ bytes: ArraySlice<UInt8>) {
        let room = max(byteLimit - line.count - data.count, 0)
        line += bytes.prefix(room)
        droppedBytes += max(bytes.count - room, 0)
    }

    private mutating func endLine() {
        guard let first = line.first else {
            dispatch()
            return
        }
        defer { line.removeAll(keepingCapacity: line.capacity < 1 << 20) }
        if first == UInt8(ascii: ":") {
            comments += 1
            return
        }
        if first == UInt8(ascii: "{") {
            dispatch()
            events.append(WireEvent(data: line))
            return
        }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        let field = String(decoding: line[..<(colon ?? line.count)].prefix(8), as: UTF8.self)
        var value = line[((colon ?? line.count - 1) + 1)...]
        if value.first == 0x20 { value = value.dropFirst() }
        switch field {
        case "data":
            if hasData { data.append(0x0A) }
            data += value
            hasData = true
        case "event":
            name = String(decoding: value.prefix(256), as: UTF8.self)
        case "id", "retry":
            break
        default:
            strayLines += 1
            events.append(WireEvent(data: line, form: .stray))
        }
    }

    /// Ends an event; one without data is none.
    private mutating func dispatch() {
        defer { name = nil }
        guard hasData else { return }
        events.append(WireEvent(name: name, data: data))
        data = []
        hasData = false
    }
}
