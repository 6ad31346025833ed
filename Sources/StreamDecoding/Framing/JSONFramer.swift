/// JSON values one after the other: JSON Lines, a JSON array whose elements are the events, or a single document.
///
/// Depth is a counter, so that nesting costs nothing. A value that breaks off is ended by a line that begins with a
/// brace, so that it does not swallow what follows.
struct JSONFramer: Framer {
    private var value: [UInt8] = []
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    /// Inside an array that stands around all events.
    private var isInArray = false
    private var sawValue = false
    private var isAtLineStart = true
    /// The bytes are no JSON value; they run to the end of the line.
    private var isStray = false
    private var droppedBytes = 0
    private var brokenValues = 0
    private let byteLimit: Int
    private var events: [WireEvent] = []

    init(byteLimit: Int) {
        self.byteLimit = byteLimit
    }

    var remarks: [String] {
        var remarks: [String] = []
        if brokenValues > 0 { remarks.append("\(brokenValues) JSON values break off") }
        if droppedBytes > 0 { remarks.append("\(droppedBytes) bytes dropped of events over \(byteLimit) bytes") }
        return remarks
    }

    mutating func append(_ bytes: [UInt8]) -> [WireEvent] {
        for byte in bytes { take(byte) }
        return takeEvents()
    }

    mutating func finish() -> [WireEvent] {
        if !value.isEmpty {
            if depth > 0 { brokenValues += 1 }
            emit(depth > 0 || isStray ? .stray : .data)
        }
        return takeEvents()
    }

    private mutating func takeEvents() -> [WireEvent] {
        defer { events = [] }
        return events
    }

    private mutating func take(_ byte: UInt8) {
        let startsLine = isAtLineStart
        isAtLineStart = byte == 0x0A || byte == 0x0D
        if isStray {
            if isAtLineStart { emit(.stray) } else { hold(byte) }
        } else if depth == 0 {
            begin(byte)
        } else if isInString {
            inString(byte)
        } else if startsLine && byte == UInt8(ascii: "{") && !isInArray {
            brokenValues += 1
            emit(.stray)
            begin(byte)
        } else {
            inValue(byte)
        }
    }

    private mutating func begin(_ byte: UInt8) {
        switch byte {
        // The record separator of RFC 7464 counts as white space.
        case 0x20, 0x09, 0x0A, 0x0D, 0x1E, UInt8(ascii: ","):
            break
        case UInt8(ascii: "[") where !sawValue && !isInArray:
            isInArray = true
        case UInt8(ascii: "]") where isInArray:
            isInArray = false
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            sawValue = true
            depth = 1
            hold(byte)
        default:
            sawValue = true
            isStray = true
            hold(byte)
        }
    }

    private mutating func inString(_ byte: UInt8) {
        if byte == 0x0A || byte == 0x0D {
            // A string cannot hold a raw line break: the value was cut.
            brokenValues += 1
            emit(.stray)
            return
        }
        hold(byte)
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isInString = false
        }
    }

    private mutating func inValue(_ byte: UInt8) {
        hold(byte)
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth -= 1
            if depth == 0 { emit(.data) }
        default: break
        }
    }

    private mutating func hold(_ byte: UInt8) {
        if value.count < byteLimit { value.append(byte) } else { droppedBytes += 1 }
    }

    private mutating func emit(_ form: WireEvent.Form) {
        if form == .stray, let end = value.lastIndex(where: { $0 > 0x20 }) { value.removeSubrange((end + 1)...) }
        events.append(WireEvent(data: value, form: form))
        value = []
        depth = 0
        isInString = false
        isEscaped = false
        isStray = false
    }
}
