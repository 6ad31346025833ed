/// Appends JSON text to a byte buffer, compact or indented.
///
/// Control characters, DEL and the C1 controls are always escaped, and what else could steer or hide
/// (`UnseenCharacters`) unless the text is for the store, which keeps texts as short as they came. The caller keeps the
/// order begin, key, value, end; commas and line breaks come by themselves.
package struct JSONWriter {
    /// The bytes written so far; a streaming caller may take and clear them at any time.
    package var bytes: [UInt8] = []
    /// The spaces a level is indented by; nil is one line.
    package let indent: Int?
    /// Whether invisible and direction-changing characters are escaped too.
    package let escapesInvisible: Bool

    private var depth = 0
    private var needsComma = false
    private var followsKey = false

    package init(indent: Int? = nil, escapesInvisible: Bool = true) {
        self.indent = indent
        self.escapesInvisible = escapesInvisible
    }

    /// The text written so far.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package mutating func beginObject() { begin(UInt8(ascii: "{")) }
    package mutating func endObject() { end(UInt8(ascii: "}")) }
    package mutating func beginArray() { begin(UInt8(ascii: "[")) }
    package mutating func endArray() { end(UInt8(ascii: "]")) }

    /// Writes the key of the member whose value is written next.
    package mutating func key(_ key: String) {
        beginItem()
        appendQuoted(key)
        bytes.append(UInt8(ascii: ":"))
        if indent != nil { bytes.append(0x20) }
        followsKey = true
    }

    package mutating func string(_ text: String) {
        beginItem()
        appendQuoted(text)
    }

    package mutating func int(_ value: some BinaryInteger) {
        beginItem()
        bytes.append(contentsOf: String(value).utf8)
    }

    /// Writes a number; the non-finite ones as the strings `NaN`, `Infinity` and `-Infinity`, as protobuf's JSON does.
    package mutating func double(_ value: Double) {
        beginItem()
        if value.isFinite {
            bytes.append(contentsOf: value.description.utf8)
        } else {
            appendQuoted(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
        }
    }

    package mutating func bool(_ value: Bool) {
        beginItem()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    package mutating func null() {
        beginItem()
        bytes.append(contentsOf: "null".utf8)
    }

    /// Writes text that is JSON already; only what could steer or hide is escaped in its strings.
    package mutating func raw(_ json: String) {
        beginItem()
        if escapesInvisible {
            JSONEscape.encodeUnseen(inJSON: json, into: &bytes)
        } else {
            bytes.append(contentsOf: json.utf8)
        }
    }

    /// Writes a line break outside of all values, as JSON Lines need it.
    package mutating func newline() {
        bytes.append(0x0A)
        needsComma = false
    }

    /// Writes a member; null where the value is nil.
    package mutating func member(_ key: String, _ value: String?) {
        self.key(key)
        if let value { string(value) } else { null() }
    }

    /// Writes a member; null where the value is nil.
    package mutating func member(_ key: String, _ value: (some BinaryInteger)?) {
        self.key(key)
        if let value { int(value) } else { null() }
    }

    /// Writes a member; null where the value is nil.
    package mutating func member(_ key: String, _ value: Double?) {
        self.key(key)
        if let value { double(value) } else { null() }
    }

    /// Writes a member; null where the value is nil.
    package mutating func member(_ key: String, _ value: Bool?) {
        self.key(key)
        if let value { bool(value) } else { null() }
    }

    /// Writes a member whose value is an array of strings.
    package mutating func member(_ key: String, _ values: [String]) {
        self.key(key)
        beginArray()
        for value in values { string(value) }
        endArray()
    }

    private mutating func begin(_ bracket: UInt8) {
        beginItem()
        bytes.append(bracket)
        depth += 1
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8) {
        depth -= 1
        if needsComma { breakLine() }
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func beginItem() {
        if followsKey {
            followsKey = false
        } else if depth > 0 {
            if needsComma { bytes.append(UInt8(ascii: ",")) }
            breakLine()
        }
        needsComma = true
    }

    private mutating func breakLine() {
        guard let indent else { return }
        bytes.append(0x0A)
        for _ in 0..<indent * depth { bytes.append(0x20) }
    }

    private mutating func appendQuoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        JSONEscape.encode(text, into: &bytes, escapesInvisible: escapesInvisible)
        bytes.append(UInt8(ascii: "\""))
    }
}
