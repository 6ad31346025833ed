extension JSONTokenizer {
    /// The bytes of the current key, string (without quotes, escapes in place) or number, valid until the next pull.
    package var tokenBytes: UnsafeRawBufferPointer {
        // Only strings and keys start with a quote.
        let start = tokenStart < tokenEnd && base[tokenStart] == 0x22 ? tokenStart + 1 : tokenStart
        return UnsafeRawBufferPointer(start: UnsafeRawPointer(base + start), count: tokenEnd - start)
    }

    /// Whether the current string or key holds escape sequences.
    package var hasEscapes: Bool { tokenHasEscape }

    /// Whether the current string or key stands for its bytes: no escape sequences, no raw control characters.
    package var isPlain: Bool { !tokenHasEscape && !tokenHasControl }

    /// The text of the current string or key.
    ///
    /// Surrogate pairs are joined, lone surrogates become U+FFFD.
    package mutating func text() throws(JSONError) -> String {
        let raw = stringBytes
        if tokenHasControl, let index = raw.firstIndex(where: { $0 < 0x20 }) {
            throw error(.controlCharacter(raw[index]), at: tokenStart + 1 + index)
        }
        if !tokenHasEscape {
            guard let text = String(validating: raw.bindMemory(to: UInt8.self), as: UTF8.self) else {
                throw error(.invalidUTF8, at: tokenStart)
            }
            return text
        }
        scratch.removeAll(keepingCapacity: scratch.capacity < 1 << 20)
        scratch.reserveCapacity(raw.count)
        guard JSONEscape.decode(raw, into: &scratch) else { throw error(.invalidEscape, at: tokenStart) }
        guard let text = String(validating: scratch, as: UTF8.self) else { throw error(.invalidUTF8, at: tokenStart) }
        return text
    }

    /// The decoded bytes of the current string or key, appended without a check for valid UTF-8.
    package func appendText(to bytes: inout [UInt8]) throws(JSONError) {
        let raw = stringBytes
        if tokenHasEscape {
            guard JSONEscape.decode(raw, into: &bytes) else { throw error(.invalidEscape, at: tokenStart) }
        } else {
            bytes.append(contentsOf: raw)
        }
    }

    /// The current number as an integer; nil with a fraction, an exponent, or beyond 64 bits.
    package var int64: Int64? {
        tokenIsInteger ? JSONNumber.int64(numberBytes) : nil
    }

    /// The current number as an unsigned integer; nil with a sign, a fraction, an exponent, or beyond 64 bits.
    package var uint64: UInt64? {
        tokenIsInteger ? JSONNumber.uint64(numberBytes) : nil
    }

    /// The current number as the nearest double.
    package var double: Double {
        JSONNumber.double(numberBytes)
    }

    private var stringBytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: UnsafeRawPointer(base + tokenStart + 1), count: tokenEnd - tokenStart - 1)
    }

    private var numberBytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: UnsafeRawPointer(base + tokenStart), count: tokenEnd - tokenStart)
    }
}
