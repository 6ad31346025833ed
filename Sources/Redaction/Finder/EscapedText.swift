/// Escapes of JSON, of shells and of URLs in text that nobody decoded.
enum EscapedText {
    /// True for the letter of an escape such as `\n`, and within a colour: it belongs to no word.
    static func isEscape(in bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        guard position > 0 else { return false }
        if bytes[position - 1] == UInt8(ascii: "\\") { return letters.contains(bytes[position]) }
        guard bytes[position - 1] == UInt8(ascii: "[") || bytes[position - 1] == UInt8(ascii: ";") else { return false }
        guard bytes[position] == UInt8(ascii: "m") || parameters.contains(bytes[position]) else { return false }
        return isColour(bytes, endingAt: position)
    }

    /// True where an escape ends: `\n`, `\u003d`, `%3D`, or the colour `ESC[31m` of a terminal.
    static func isEscapeEnd(in bytes: UnsafeBufferPointer<UInt8>, before position: Int) -> Bool {
        guard position >= 2 else { return false }
        if bytes[position - 2] == UInt8(ascii: "\\"), letters.contains(bytes[position - 1]) { return true }
        if position >= 3, bytes[position - 3] == UInt8(ascii: "%"), areHex(bytes, (position - 2)..<position) {
            return true
        }
        if position >= 6, bytes[position - 6] == UInt8(ascii: "\\"), bytes[position - 5] == UInt8(ascii: "u"),
            areHex(bytes, (position - 4)..<position)
        {
            return true
        }
        return bytes[position - 1] == UInt8(ascii: "m") && isColour(bytes, endingAt: position - 1)
    }

    /// True for the `+` or `-` before a line of a diff.
    static func isDiffSign(in bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
        guard bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") else { return false }
        guard position > 0 else { return true }
        let before = bytes[position - 1]
        return before == 0x0A || before == 0x0D
            || (before == UInt8(ascii: "n") && position > 1 && bytes[position - 2] == UInt8(ascii: "\\"))
    }

    private static let letters = ByteSet("nrtbf".utf8)
    private static let parameters = ByteSet("0123456789;".utf8)

    private static func areHex(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        range.allSatisfy { ByteSet.hexDigits.contains(bytes[$0]) }
    }

    private static func isColour(_ bytes: UnsafeBufferPointer<UInt8>, endingAt end: Int) -> Bool {
        var position = end
        if position > 0, bytes[position] == UInt8(ascii: "m") { position -= 1 }
        let lowest = max(0, end - 16)
        while position > lowest, parameters.contains(bytes[position]) { position -= 1 }
        guard position > lowest, bytes[position] == UInt8(ascii: "[") else { return false }
        // Raw, or as the end of \x1b, \033 or \u001b.
        let before = bytes[position - 1]
        return before == 0x1B || before == UInt8(ascii: "b") || before == UInt8(ascii: "B")
            || before == UInt8(ascii: "3")
    }
}
