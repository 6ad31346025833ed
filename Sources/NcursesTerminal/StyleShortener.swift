/// Rewrites a stream for a terminal so that its changes of style take fewer bytes.
///
/// Curses ends all attributes to end one, and ends them once more when a frame is done. Here the style that the stream
/// asks for is kept until something is drawn that shows it, and then the shortest way to it is taken. Everything else
/// stays as it is. Sequences: ECMA-48, 8.3.117 (SGR) and 8.3 for those that only move the cursor.
struct StyleShortener {
    /// The style of the terminal, nil while it is not known, and the one that the stream asks for.
    private var real: SGRState? = SGRState()
    private var wanted = SGRState()
    /// The character set that was chosen last; it is never left for line drawing, since that has characters of its own.
    private var isPlainCharacterSet = false

    /// The stream's next part; sequences are whole.
    mutating func shorten(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let end = Self.end(of: bytes, at: index)
            let token = bytes[index..<end]
            index = end
            if token.count > 2, token.last == UInt8(ascii: "m"), token[token.startIndex + 1] == UInt8(ascii: "[") {
                // What is not understood is passed on, and the style is set again after it.
                if !wanted.apply(token.dropFirst(2).dropLast()) {
                    output += settle()
                    output += token
                    real = nil
                }
            } else if Self.isPlainSet(token) {
                if !isPlainCharacterSet { output += token }
                isPlainCharacterSet = true
            } else {
                if Self.isSpecialSet(token) { isPlainCharacterSet = false }
                if !Self.onlyMoves(token) { output += settle() }
                output += token
            }
        }
        return output
    }

    /// What brings the terminal to the style that the stream asked for last.
    mutating func settle() -> [UInt8] {
        defer { real = wanted }
        guard real != wanted else { return [] }
        return wanted.sequence(from: real)
    }

    /// The index behind the token that begins at an index: a sequence, a control character, or a run of text.
    private static func end(of bytes: [UInt8], at start: Int) -> Int {
        var index = start + 1
        guard bytes[start] == 0x1B else {
            guard bytes[start] >= 0x20 else { return index }
            while index < bytes.count, bytes[index] >= 0x20 { index += 1 }
            return index
        }
        guard index < bytes.count else { return index }
        if bytes[index] == UInt8(ascii: "[") {
            index += 1
            while index < bytes.count, !(0x40...0x7E).contains(bytes[index]) { index += 1 }
            return min(index + 1, bytes.count)
        }
        // Escape sequences of three bytes have one of these in the middle.
        while index < bytes.count, (0x20...0x2F).contains(bytes[index]) { index += 1 }
        return min(index + 1, bytes.count)
    }

    private static func isPlainSet(_ token: ArraySlice<UInt8>) -> Bool {
        token.elementsEqual([0x1B, UInt8(ascii: "("), UInt8(ascii: "B")]) || token.elementsEqual([0x0F])
    }

    private static func isSpecialSet(_ token: ArraySlice<UInt8>) -> Bool {
        token.first == 0x0E || token.count == 3 && token.dropFirst().first == UInt8(ascii: "(")
    }

    /// True of what shows no style: carriage return, backspace and the sequences that place the cursor.
    private static func onlyMoves(_ token: ArraySlice<UInt8>) -> Bool {
        guard let first = token.first, let last = token.last else { return true }
        if token.count == 1 { return first == 0x0D || first == 0x08 }
        guard token.dropFirst().first == UInt8(ascii: "["), token.dropFirst(2).first != UInt8(ascii: "?") else {
            return false
        }
        return "ABCDGHdr".utf8.contains(last)
    }
}
