extension JSONTokenizer {
    /// Pulls the next token.
    package mutating func next() throws(JSONError) -> JSONToken {
        anchor = position
        var byte = try significantByte()
        switch state {
        case .value:
            return try beginValue(byte)
        case .afterMember:
            if byte == UInt8(ascii: ",") {
                position += 1
                anchor = position
                byte = try significantByte()
                return try scanKey(byte, expected: .key)
            }
            guard byte == UInt8(ascii: "}") else { throw unexpected(byte, .commaOrBrace) }
            return close(.endObject)
        case .afterElement:
            if byte == UInt8(ascii: ",") {
                position += 1
                anchor = position
                // A fault from here on leaves a state from which reading can go on at the same byte.
                state = .value
                byte = try significantByte()
                return try beginValue(byte)
            }
            guard byte == UInt8(ascii: "]") else { throw unexpected(byte, .commaOrBracket) }
            return close(.endArray)
        case .firstKey:
            if byte == UInt8(ascii: "}") { return close(.endObject) }
            return try scanKey(byte, expected: .keyOrBrace)
        case .firstElement:
            if byte == UInt8(ascii: "]") { return close(.endArray) }
            return try beginValue(byte)
        case .topLevel:
            guard byte >= 0 else {
                tokenStart = position
                tokenEnd = position
                return .endOfInput
            }
            if byte == 0xEF && offset == 0 { byte = try skipByteOrderMark() }
            return try beginValue(byte)
        }
    }

    /// Reads past U+FEFF at the very start, which some editors write.
    private mutating func skipByteOrderMark() throws(JSONError) -> Int {
        while limit - position < 3 {
            guard try refill() else { return 0xEF }
        }
        guard base[position + 1] == 0xBB && base[position + 2] == 0xBF else { return 0xEF }
        position += 3
        anchor = position
        return try significantByte()
    }

    /// Reads past the value that follows, whatever it is, with all it contains.
    ///
    /// Strings in it are not checked for valid UTF-8 or escapes.
    package mutating func skipValue() throws(JSONError) {
        let outer = containers.depth
        _ = try next()
        try skip(toDepth: outer)
    }

    /// Reads on until no more than `depth` containers are open.
    package mutating func skip(toDepth depth: Int) throws(JSONError) {
        while containers.depth > depth { _ = try next() }
    }

    /// Gives up the current value and moves to where the next may begin; false where the input ends first.
    ///
    /// That is the first place, from the token at fault on, where a brace opens and `begins` holds for the bytes ahead;
    /// `isFirst` tells it that nothing to be read stands before them on their line. In input of one value a line it is
    /// the start of the next line at the latest.
    package mutating func recover(
        _ begins: (_ ahead: UnsafeRawBufferPointer, _ isFirst: Bool) -> Bool
    ) throws(JSONError) -> Bool {
        containers.removeAll()
        state = .topLevel
        goBackToToken()
        var isFirst = true
        while true {
            anchor = position
            if position >= limit, !(try refill()) { return false }
            let byte = base[position]
            if byte == 0x7B {
                let here = isFirst
                if try withUpcomingBytes(atLeast: 256, { begins($0, here) }) { return true }
            }
            position += 1
            // Control characters and a byte order mark are junk, blanks an indentation.
            isFirst = byte == 0x0A || isFirst && (byte < 0x09 || byte >= 0x80)
            guard byte == 0x0A else { continue }
            line += 1
            if newlineEndsValue { return true }
        }
    }

    /// Gives up the current value, which began at `start`, and goes back to the first brace behind its own where
    /// `begins` holds; false where there is none, or its bytes are gone.
    package mutating func goBack(
        behind start: Int64, _ begins: (_ ahead: UnsafeRawBufferPointer) -> Bool
    ) -> Bool {
        let end = position
        var index = Int(clamping: start + 1 - windowOffset)
        guard index > 0 else { return false }
        while index < end {
            let ahead = UnsafeRawBufferPointer(start: UnsafeRawPointer(base + index), count: limit - index)
            if base[index] == 0x7B, begins(ahead) { break }
            index += 1
        }
        guard index < end else { return false }
        containers.removeAll()
        state = .topLevel
        for place in index..<end where base[place] == 0x0A { line -= 1 }
        (position, anchor) = (index, index)
        return true
    }

    /// Goes back to the first byte of the token that is being read, which the anchor stands before.
    private mutating func goBackToToken() {
        let end = position
        position = anchor
        while position < end, base[position] <= 0x20, base[position] >= 0x09 { position += 1 }
        for index in position..<end where base[index] == 0x0A { line -= 1 }
    }

    /// Gives a look at the unread bytes of the window, at least `minimum` of them where the input has as many.
    ///
    /// To be called between top-level values only.
    package mutating func withUpcomingBytes<Result>(
        atLeast minimum: Int, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(JSONError) -> Result {
        anchor = position
        while limit - position < minimum, try refill() {}
        return body(UnsafeRawBufferPointer(start: UnsafeRawPointer(base + position), count: limit - position))
    }

    /// The next byte that is no whitespace, not consumed; -1 at the end of the input.
    ///
    /// A token that is being read stays in the window only if the anchor stands before it.
    @inline(__always)
    mutating func significantByte() throws(JSONError) -> Int {
        if position < limit {
            let byte = base[position]
            if byte > 0x20 { return Int(byte) }
        }
        return try skipWhitespace()
    }

    private mutating func skipWhitespace() throws(JSONError) -> Int {
        let keepsToken = anchor < position
        while true {
            while position < limit {
                let byte = base[position]
                switch byte {
                case 0x20, 0x0D, 0x09:
                    position += 1
                case 0x0A:
                    if newlineEndsValue && containers.depth > 0 { throw error(.endOfLine, at: position) }
                    line += 1
                    position += 1
                default:
                    return Int(byte)
                }
            }
            if !keepsToken { anchor = position }
            guard try refill() else { return -1 }
        }
    }

    private func unexpected(_ byte: Int, _ expected: JSONError.Expected) -> JSONError {
        guard byte >= 0 else { return error(.endOfInput, at: position) }
        return error(.unexpected(UInt8(truncatingIfNeeded: byte), expected: expected), at: position)
    }

    @inline(__always)
    private mutating func valueEnded() {
        if containers.depth == 0 {
            state = .topLevel
        } else {
            state = containers.isObject ? .afterMember : .afterElement
        }
    }

    private mutating func close(_ token: JSONToken) -> JSONToken {
        tokenStart = position
        position += 1
        tokenEnd = position
        containers.pop()
        valueEnded()
        return token
    }

    private mutating func beginValue(_ byte: Int) throws(JSONError) -> JSONToken {
        tokenStart = position
        anchor = position
        switch byte {
        case 0x22:
            try scanString()
            valueEnded()
            return .string
        case 0x7B:
            try open(isObject: true)
            state = .firstKey
            return .beginObject
        case 0x5B:
            try open(isObject: false)
            state = .firstElement
            return .beginArray
        case _ where isLoose && byte >= 0:
            guard byte < 0x80, byte > 0x20 else { throw unexpected(byte, .value) }
            let token = try scanLooseWord()
            valueEnded()
            return token
        case 0x4E where allowsNaN, 0x49 where allowsNaN,
            0x2D where allowsNaN && position + 1 < limit && base[position + 1] == 0x49:
            let token = try scanLooseWord()
            valueEnded()
            return token
        case 0x2D, 0x30...0x39:
            try scanNumber()
            valueEnded()
            return .number
        case 0x74:
            try scanLiteral("true")
            valueEnded()
            return .true
        case 0x66:
            try scanLiteral("false")
            valueEnded()
            return .false
        case 0x6E:
            try scanLiteral("null")
            valueEnded()
            return .null
        default:
            throw unexpected(byte, .value)
        }
    }

    private mutating func open(isObject: Bool) throws(JSONError) {
        guard containers.depth < depthLimit else {
            throw error(.nestingTooDeep(limit: depthLimit), at: position)
        }
        containers.push(isObject: isObject)
        position += 1
        tokenEnd = position
    }

    private mutating func scanKey(_ byte: Int, expected: JSONError.Expected) throws(JSONError) -> JSONToken {
        guard byte == 0x22 else { throw unexpected(byte, expected) }
        tokenStart = position
        anchor = position
        try scanString()
        let colon = try significantByte()
        guard colon == UInt8(ascii: ":") else { throw unexpected(colon, .colon) }
        position += 1
        state = .value
        return .key
    }
}
