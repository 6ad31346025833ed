/// A pull tokenizer over UTF-8 JSON, held in memory or read in pieces.
///
/// It accepts a sequence of top-level values, as in JSON Lines, checks the grammar, and never recurses. It holds a
/// window of the input: memory depends on the longest token, not on the input. Bytes of strings are checked when a
/// string is asked for, so skipped ones cost little. Little-endian machines only, as all of Swift's current ones are.
package struct JSONTokenizer: ~Copyable {
    /// Fills the buffer with the next bytes and returns their number, 0 at the end.
    package typealias Reader = (UnsafeMutableRawBufferPointer) -> Int

    /// The nesting that documents may have unless stated otherwise.
    package static let defaultDepthLimit = 512
    /// The longest token that is held, in bytes.
    package static let tokenLimit = 512 << 20

    enum State: UInt8 {
        case topLevel
        case value
        case firstKey
        case firstElement
        case afterMember
        case afterElement
    }

    var base: UnsafeMutablePointer<UInt8>
    var capacity: Int
    /// The number of valid bytes in the window.
    var limit: Int
    var position = 0
    /// Bytes from here on survive a refill.
    var anchor = 0
    let ownsBuffer: Bool
    let reader: Reader?
    var isAtEnd: Bool
    /// The offset of the window in the input.
    var windowOffset: Int64 = 0
    var state = State.topLevel
    var containers = ContainerStack()

    var tokenStart = 0
    var tokenEnd = 0
    var tokenHasEscape = false
    var tokenHasControl = false
    var tokenIsInteger = false
    var scratch: [UInt8] = []

    /// The current line, from 1.
    package internal(set) var line: Int64 = 1
    /// The nesting that is refused when exceeded.
    package var depthLimit = JSONTokenizer.defaultDepthLimit
    /// Whether a line break inside a value is an error, as in input of one value a line.
    package var newlineEndsValue = false
    /// Whether the text may hold what producers write beside RFC 8259: `NaN`, `Infinity`, numbers such as `01` and `1.`,
    /// and line breaks in strings.
    package var isLoose = false
    /// Whether `NaN` and `Infinity` may stand for numbers, as Python writes them.
    package var allowsNaN = false

    /// Reads bytes that stay in place as long as the tokenizer lives.
    package init(borrowing bytes: UnsafeRawBufferPointer) {
        if let start = bytes.baseAddress {
            // The window is never written to unless the buffer is owned.
            base = UnsafeMutablePointer(mutating: start.assumingMemoryBound(to: UInt8.self))
            ownsBuffer = false
        } else {
            base = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
            ownsBuffer = true
        }
        capacity = bytes.count
        limit = bytes.count
        reader = nil
        isAtEnd = true
    }

    /// Reads pieces as they are needed, `window` bytes at a time.
    package init(window: Int = 256 << 10, reading reader: @escaping Reader) {
        base = UnsafeMutablePointer<UInt8>.allocate(capacity: max(window, 16))
        capacity = max(window, 16)
        limit = 0
        ownsBuffer = true
        self.reader = reader
        isAtEnd = false
    }

    deinit {
        if ownsBuffer { base.deallocate() }
    }

    /// The number of open containers.
    package var depth: Int { containers.depth }

    /// The offset of the next unread byte.
    package var offset: Int64 { windowOffset + Int64(position) }

    /// The offset of the current token's first byte; of a string, its opening quote.
    package var tokenOffset: Int64 { windowOffset + Int64(tokenStart) }

    func error(_ reason: JSONError.Reason, at index: Int) -> JSONError {
        JSONError(reason, offset: windowOffset + Int64(index), line: line)
    }

    /// Brings more bytes into the window and keeps those from the anchor on.
    ///
    /// Indices shift with the window. Returns false at the end of the input.
    @inline(never)
    mutating func refill() throws(JSONError) -> Bool {
        guard !isAtEnd, let reader else { return false }
        if anchor > 0 {
            let kept = limit - anchor
            if kept > 0 { memmoveBytes(base, base + anchor, kept) }
            windowOffset += Int64(anchor)
            position -= anchor
            tokenStart -= anchor
            tokenEnd -= anchor
            limit = kept
            anchor = 0
        } else if limit == capacity {
            guard capacity < JSONTokenizer.tokenLimit else {
                throw error(.tokenTooLong(limit: JSONTokenizer.tokenLimit), at: 0)
            }
            let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
            memmoveBytes(grown, base, limit)
            base.deallocate()
            base = grown
            capacity *= 2
        }
        let count = reader(UnsafeMutableRawBufferPointer(start: base + limit, count: capacity - limit))
        if count <= 0 {
            isAtEnd = true
            return false
        }
        limit += count
        return true
    }

    private func memmoveBytes(_ to: UnsafeMutablePointer<UInt8>, _ from: UnsafeMutablePointer<UInt8>, _ count: Int) {
        UnsafeMutableRawPointer(to).copyMemory(from: UnsafeRawPointer(from), byteCount: count)
    }
}

/// What a pull of the tokenizer found.
package enum JSONToken: UInt8, Sendable {
    case beginObject
    case endObject
    case beginArray
    case endArray
    /// The key of an object member; its colon is consumed.
    case key
    case string
    case number
    case `true`
    case `false`
    case null
    /// The input is at its end, and outside of any value.
    case endOfInput
}
