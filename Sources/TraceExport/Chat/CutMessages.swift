import FastJSON

/// Tells a list of messages that was cut, as limits on the length of attributes do it, from what somebody said.
///
/// A dialect that cannot read a list takes it for the text of one message, so that it can be seen and found.
enum CutMessages {
    /// Words by which an object of a list of messages is known.
    private static let keys = ["role", "parts", "content", "message", "messages", "type", "tool_calls"]

    /// Whether a text begins like a list of messages, or an object that holds one, and does not end like one.
    static func isCut(_ text: String) -> Bool {
        var rest = text.utf8.drop(while: isSpace)
        guard let first = rest.first, first == UInt8(ascii: "[") || first == UInt8(ascii: "{") else { return false }
        while let byte = rest.first, byte == UInt8(ascii: "[") || isSpace(byte) { rest.removeFirst() }
        // A list may be cut behind its first bracket.
        if rest.isEmpty { return first == UInt8(ascii: "[") && text.utf8.count <= 2 }
        guard rest.first == UInt8(ascii: "{") else { return false }
        rest.removeFirst()
        rest = rest.drop(while: isSpace)
        guard let quote = rest.first else { return true }
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return false }
        let key = Array(rest.dropFirst().prefix { $0 != quote }.prefix(24))
        let isWhole = rest.dropFirst().count > key.count
        guard keys.contains(where: { isWhole ? $0.utf8.elementsEqual(key) : $0.utf8.starts(with: key) }) else {
            return false
        }
        if quote == UInt8(ascii: "'") {
            // What Python prints is no JSON; whole, it ends as it began.
            let last = text.utf8.last { !isSpace($0) }
            return last != (first == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: "}"))
        }
        return (try? JSONValue(parsing: text)) == nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
