extension JSONTokenizer {
    /// Finds the end of the string whose opening quote is at `position`.
    ///
    /// Eight bytes at a time: a byte is special if it is a quote, a backslash or below 0x20. Control characters but for
    /// line feeds are refused when the text is asked for, so that one bad string does not end the document.
    mutating func scanString() throws(JSONError) {
        tokenHasEscape = false
        tokenHasControl = false
        position += 1
        while true {
            var index = position
            let wordEnd = limit - 8
            let bytes = UnsafeRawPointer(base)
            words: while index <= wordEnd {
                let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                let special = Self.specialBytes(word)
                if special == 0 {
                    index += 8
                } else {
                    index += special.trailingZeroBitCount >> 3
                    break words
                }
            }
            while index < limit {
                let byte = base[index]
                if byte == 0x22 {
                    tokenEnd = index
                    position = index + 1
                    return
                }
                if byte == 0x5C {
                    tokenHasEscape = true
                    break
                }
                if byte < 0x20 {
                    if byte == 0x0A, !isLoose {
                        // Most likely a line that was cut: what follows is no part of the string.
                        position = index
                        throw error(.controlCharacter(byte), at: index)
                    }
                    tokenHasControl = true
                }
                index += 1
                if index <= wordEnd { break }
            }
            position = index
            if index < limit && base[index] == 0x5C {
                if index + 1 < limit {
                    guard base[index + 1] != 0x0A || isLoose else {
                        position = index + 1
                        throw error(.invalidEscape, at: index)
                    }
                    position = index + 2
                    continue
                }
            } else if index < limit {
                continue
            }
            guard try refill() else { throw error(.endOfInput, at: limit) }
        }
    }

    /// The high bit of each byte that needs a closer look; exact for the lowest such byte.
    @inline(__always)
    private static func specialBytes(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        let quotes = word ^ (ones &* 0x22)
        let slashes = word ^ (ones &* 0x5C)
        let isQuote = (quotes &- ones) & ~quotes
        let isSlash = (slashes &- ones) & ~slashes
        let isControl = (word &- (ones &* 0x20)) & ~word
        return (isQuote | isSlash | isControl) & highs
    }

    /// Reads the number at `position` by the JSON grammar.
    mutating func scanNumber() throws(JSONError) {
        tokenIsInteger = true
        var byte = Int(base[position])
        if byte == 0x2D { byte = try advance() }
        switch byte {
        case 0x30:
            byte = try advance()
        case 0x31...0x39:
            byte = try advanceDigits()
        default:
            throw error(.invalidNumber, at: position)
        }
        if byte == 0x2E {
            tokenIsInteger = false
            guard Self.isDigit(try advance()) else { throw error(.invalidNumber, at: position) }
            byte = try advanceDigits()
        }
        if byte == 0x65 || byte == 0x45 {
            tokenIsInteger = false
            byte = try advance()
            if byte == 0x2B || byte == 0x2D { byte = try advance() }
            guard Self.isDigit(byte) else { throw error(.invalidNumber, at: position) }
            byte = try advanceDigits()
        }
        // A letter or digit right behind is part of no number: 01, 1x.
        if Self.isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) {
            throw error(.invalidNumber, at: position)
        }
        tokenEnd = position
    }

    mutating func scanLiteral(_ word: StaticString) throws(JSONError) {
        let start = word.utf8Start
        for index in 0..<word.utf8CodeUnitCount {
            if position >= limit {
                guard try refill() else { throw error(.endOfInput, at: limit) }
            }
            guard base[position] == start[index] else { throw error(.invalidLiteral, at: tokenStart) }
            position += 1
        }
        tokenEnd = position
    }

    @inline(__always)
    private static func isDigit(_ byte: Int) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// Moves one byte on and returns the byte there, -1 at the end of the input.
    private mutating func advance() throws(JSONError) -> Int {
        position += 1
        if position < limit { return Int(base[position]) }
        return try refill() ? Int(base[position]) : -1
    }

    private mutating func advanceDigits() throws(JSONError) -> Int {
        while true {
            while position < limit {
                let byte = Int(base[position])
                guard Self.isDigit(byte) else { return byte }
                position += 1
            }
            guard try refill() else { return -1 }
        }
    }
}
