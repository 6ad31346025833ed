extension JSONTokenizer {
    /// Reads a number or a word in a loose text: what looks like a number is one, and so are `NaN` and `Infinity`.
    mutating func scanLooseWord() throws(JSONError) -> JSONToken {
        while true {
            while position < limit, Self.isWordByte(base[position]) { position += 1 }
            guard position == limit, try refill() else { break }
        }
        tokenEnd = position
        tokenIsInteger = false
        let word = tokenBytes
        if word.equals("true") { return .true }
        if word.equals("false") { return .false }
        if word.equals("null") { return .null }
        if word.equals("NaN") || word.equals("Infinity") || word.equals("-Infinity") { return .number }
        guard let first = word.first, first == 0x2D || (0x30...0x39).contains(first) else {
            throw error(.invalidLiteral, at: tokenStart)
        }
        let isNumber = word.allSatisfy { byte in
            (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
        }
        guard isNumber else { throw error(.invalidNumber, at: tokenStart) }
        tokenIsInteger = !word.contains { $0 == 0x2E || $0 | 0x20 == 0x65 }
        return .number
    }

    /// A digit, a letter, or one of `+`, `-` and `.`.
    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: true
        default: false
        }
    }
}
