import FastJSON
import TraceModel

/// Text as it stands in rows and between them: whole, or a piece whose beginning or end is gone.
enum StoredText {
    /// The strings of JSON, and what stands between them; the whole of a text that has no quotes.
    ///
    /// Each of them was redacted for itself; what a key says of its value tells `attributes`. Quotes behind a backslash
    /// belong to a text.
    static func pieces(_ bytes: UnsafeRawBufferPointer) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var start = 0
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "\""):
                pieces.append(start..<index)
                start = index + 1
            default: break
            }
            index += 1
        }
        if start < bytes.count { pieces.append(start..<bytes.count) }
        return pieces
    }

    /// Whether a text is a JSON array or object.
    static func isJSON(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.first == UInt8(ascii: "[") || bytes.first == UInt8(ascii: "{")
    }

    /// Whether a name and its value may stand in a piece of JSON.
    static func mayName(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count > 6 else { return false }
        return (1..<bytes.count - 1).contains {
            bytes[$0] == UInt8(ascii: ":") && bytes[$0 - 1] == UInt8(ascii: "\"")
        }
    }

    /// The members of a piece of JSON with the lists and objects within, as far as they are there.
    ///
    /// A string that is cut off is left out, since what it would have been cannot be judged by its name. Maps of
    /// attributes within events count as members of the whole. A piece may begin within a string: read with the wrong
    /// `startsInString`, only what stands between strings is taken for names, which says nothing.
    static func attributes(of bytes: UnsafeRawBufferPointer, startsInString: Bool) -> [Attribute] {
        var reader = PieceReader(bytes)
        if startsInString { reader.skipString() }
        reader.read()
        return reader.attributes
    }
}

/// Reads what is there of JSON; open lists and objects are on a stack of its own.
private struct PieceReader {
    private struct Frame {
        let isMap: Bool
        /// The member of the outer object that it is.
        let key: String?
        var members: [Attribute] = []
        var values: [AttributeValue] = []
        var value: AttributeValue { isMap ? .map(members) : .array(values) }
    }

    private static let deepest = 4_096

    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    private var frames: [Frame] = []
    /// The last string, while it may be a key.
    private var text: String?
    /// The key whose value comes next.
    private var key: String?
    private(set) var attributes: [Attribute] = []

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    mutating func read() {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                keepText()
                text = string()
                if text == nil { key = nil }
                continue
            case UInt8(ascii: ":"):
                key = text
                text = nil
            case UInt8(ascii: ","), UInt8(ascii: "0")...UInt8(ascii: "9"):
                keepText()
                key = nil
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                keepText()
                guard frames.count < Self.deepest else { break }
                frames.append(Frame(isMap: byte == UInt8(ascii: "{"), key: key))
                key = nil
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                keepText()
                close()
            default: break
            }
            position += 1
        }
        keepText()
        while !frames.isEmpty { close() }
    }

    /// Moves behind the end of a string that began before the piece.
    mutating func skipString() { _ = string() }

    private mutating func close() {
        key = nil
        guard let frame = frames.popLast() else { return }
        if frame.isMap, frame.key == "attributes" || frames.isEmpty {
            attributes += frame.members
        } else {
            key = frame.key
            keep(frame.value)
        }
    }

    private mutating func keepText() {
        if let text { keep(.string(text)) }
        text = nil
    }

    private mutating func keep(_ value: AttributeValue) {
        let key = key
        self.key = nil
        if let last = frames.indices.last {
            if !frames[last].isMap {
                frames[last].values.append(value)
            } else if let key {
                frames[last].members.append(Attribute(key, value))
            }
        } else if key != nil || value.stringValue == nil {
            attributes.append(Attribute(key ?? "", value))
        }
    }

    /// The string whose inside begins here; nil for one that is cut off.
    private mutating func string() -> String? {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        defer { position += 1 }
        guard position < bytes.count else { return nil }
        let raw = UnsafeRawBufferPointer(rebasing: bytes[start..<position])
        var text: [UInt8] = []
        return String(decoding: JSONEscape.decode(raw, into: &text) ? text : Array(raw), as: UTF8.self)
    }
}
