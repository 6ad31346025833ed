import FastJSON
import TraceModel

/// Gathers text for the index in one pass, up to a limit, without building trees.
struct SearchTextBuilder {
    /// Levels of JSON inside strings of JSON that are opened.
    private static let embeddingLimit = 3
    /// A run of printable ASCII of this length without a space is encoded data, no text.
    private static let blobLength = 1024

    private(set) var bytes: [UInt8] = []
    private(set) var isComplete = true
    private let limit: Int

    init(limit: Int) {
        self.limit = max(limit, 0)
        bytes.reserveCapacity(min(self.limit, 4096))
    }

    var isFull: Bool { bytes.count >= limit }

    /// Appends text as it is, on a line of its own.
    mutating func add(plain text: String) {
        let done: Void? = text.utf8.withContiguousStorageIfAvailable { add(plain: UnsafeRawBufferPointer($0)) }
        if done == nil { Array(text.utf8).withUnsafeBytes { add(plain: $0) } }
    }

    /// Appends the strings inside of JSON text, or the text itself where it is no JSON.
    mutating func add(content text: String) {
        let done: Void? = text.utf8.withContiguousStorageIfAvailable {
            add(content: UnsafeRawBufferPointer($0), level: 0)
        }
        if done == nil { Array(text.utf8).withUnsafeBytes { add(content: $0, level: 0) } }
    }

    /// Appends the strings inside of a value, without those behind keys that say nothing.
    ///
    /// A stack takes the place of recursion.
    mutating func add(value: AttributeValue) {
        var pending = [value]
        while let current = pending.popLast() {
            switch current {
            case .string(let text): add(content: text)
            case .array(let elements): pending += elements.reversed()
            case .map(let members):
                for member in members.reversed() where !Self.isSilent(member.key) { pending.append(member.value) }
            case .empty, .bool, .int, .double, .bytes: break
            }
        }
    }

    /// The text gathered.
    func text() -> String { String(decoding: bytes, as: UTF8.self) }

    private mutating func add(plain text: UnsafeRawBufferPointer) {
        guard !text.isEmpty else { return }
        let separator = bytes.isEmpty ? 0 : 1
        let room = limit - bytes.count - separator
        guard room > 0 else {
            isComplete = false
            return
        }
        if separator == 1 { bytes.append(0x0A) }
        if text.count <= room {
            bytes.append(contentsOf: text)
            return
        }
        isComplete = false
        var end = room
        // Never half a character.
        while end > 0 && text[end] & 0xC0 == 0x80 { end -= 1 }
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[..<end]))
    }

    private mutating func add(content text: UnsafeRawBufferPointer, level: Int) {
        let isQuoted = level == 0 && text.first { $0 > 0x20 } == UInt8(ascii: "\"")
        guard level < Self.embeddingLimit, isQuoted || text.opensContainer else {
            if !Self.isBlob(text) { add(plain: text) }
            return
        }
        let mark = bytes.count
        let wasComplete = isComplete
        if !addStrings(text, level: level) && isComplete {
            // Cut or no JSON at all: the text itself.
            bytes.removeSubrange(mark...)
            isComplete = wasComplete
            add(plain: text)
        }
    }

    /// Appends the strings of JSON text; false where it is not sound.
    private mutating func addStrings(_ text: UnsafeRawBufferPointer, level: Int) -> Bool {
        var tokenizer = JSONTokenizer(borrowing: text)
        var decoded: [UInt8] = []
        do throws(JSONError) {
            while !isFull {
                switch try tokenizer.next() {
                case .key:
                    switch SilentKey.of(tokenizer.tokenBytes) {
                    case .speaking: break
                    // Lists and objects behind such a key may hold text and are entered.
                    case .silentString: _ = try tokenizer.next()
                    case .silentTree: try tokenizer.skipValue()
                    }
                case .string:
                    if tokenizer.hasEscapes {
                        decoded.removeAll(keepingCapacity: true)
                        try tokenizer.appendText(to: &decoded)
                        decoded.withUnsafeBytes { add(content: $0, level: level + 1) }
                    } else {
                        add(content: tokenizer.tokenBytes, level: level + 1)
                    }
                case .endOfInput: return true
                default: break
                }
            }
            isComplete = false
            return true
        } catch {
            return false
        }
    }

    private static func isSilent(_ key: String) -> Bool {
        key.utf8.withContiguousStorageIfAvailable { SilentKey.of(UnsafeRawBufferPointer($0)) != .speaking } ?? false
    }

    /// Whether the text is encoded data: long, without a space, all ASCII.
    private static func isBlob(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count >= blobLength else { return false }
        return text.prefix(blobLength).allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
