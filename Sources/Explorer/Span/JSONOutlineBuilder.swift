import FastJSON

/// Builds the outline of a JSON text, token by token.
///
/// It accepts what producers really write: `NaN`, `Infinity` and `-Infinity` beside RFC 8259, and raw control
/// characters in strings.
struct JSONOutlineBuilder {
    /// The most lines of an outline; a value with more is shown as text.
    static let entryLimit = 4_000_000

    /// Containers of fewer bytes take one line, unless an escape may stand for a line break in them.
    private static let inlineBytes = 80

    private let bytes: UnsafeBufferPointer<UInt8>
    private var entries: [JSONOutline.Entry] = []
    /// The opening lines of the containers around the current token.
    private var open: [Int] = []
    private var key = JSONOutline.noKey

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// The lines of a JSON text; nil where it is none, or has too many.
    static func outline(of text: String, decodes: Bool) -> JSONOutline? {
        var text = text
        text.makeContiguousUTF8()
        guard text.utf8.count < Int(UInt32.max) else { return nil }
        let entries = text.utf8.withContiguousStorageIfAvailable { bytes -> [JSONOutline.Entry]? in
            var builder = JSONOutlineBuilder(bytes)
            return builder.build() ? builder.entries : nil
        }
        guard let entries, let entries else { return nil }
        return JSONOutline(text: text, entries: entries, decodes: decodes)
    }

    private mutating func build() -> Bool {
        // A byte order mark is no part of a value.
        guard bytes.first != 0xEF else { return false }
        var tokenizer = JSONTokenizer(borrowing: UnsafeRawBufferPointer(bytes))
        tokenizer.isLoose = true
        tokenizer.depthLimit = .max
        while let token = try? tokenizer.next() {
            let start = Int(tokenizer.tokenOffset)
            switch token {
            case .endOfInput: return !entries.isEmpty
            case _ where open.isEmpty && !entries.isEmpty: return false
            case .key: key = UInt32(start)
            case .beginObject, .beginArray:
                open.append(entries.count)
                append(token == .beginObject ? .openObject : .openArray, start, depth: open.count - 1)
            case .endObject, .endArray:
                if let top = open.popLast() { close(top, at: start) }
            case .string: addString(start..<Int(tokenizer.offset) - 1)
            case .number:
                append(isWord(at: start) ? .literal : .number, start, depth: open.count)
            case .true, .false, .null: append(.literal, start, depth: open.count)
            }
            if entries.count > Self.entryLimit { return false }
        }
        return false
    }

    /// Whether a number is `NaN`, `Infinity` or `-Infinity`.
    private func isWord(at start: Int) -> Bool {
        bytes[start...].prefix(2).first { $0 != UInt8(ascii: "-") }.map { [0x49, 0x4E].contains($0) } ?? false
    }

    private mutating func append(_ kind: JSONOutline.Kind, _ start: Int, depth: Int) {
        entries.append(JSONOutline.Entry(key: key, value: UInt32(start), depth: depth, kind: kind))
        key = JSONOutline.noKey
    }

    private mutating func close(_ top: Int, at offset: Int) {
        let opening = entries[top]
        let isObject = opening.kind == .openObject
        func replacement(_ kind: JSONOutline.Kind) -> JSONOutline.Entry {
            JSONOutline.Entry(key: opening.key, value: opening.value, depth: opening.depth, kind: kind)
        }
        if top == entries.count - 1 {
            entries[top] = replacement(isObject ? .emptyObject : .emptyArray)
        } else if !open.isEmpty, offset - Int(opening.value) < Self.inlineBytes,
            entries[(top + 1)...].allSatisfy({ !$0.kind.opens && !$0.kind.closes }),
            !bytes[Int(opening.value)..<offset].contains(UInt8(ascii: "\\"))
        {
            entries.removeSubrange((top + 1)...)
            entries[top] = replacement(.inline)
        } else {
            entries[top].jump = UInt32(entries.count)
            entries.append(
                JSONOutline.Entry(
                    key: JSONOutline.noKey, value: UInt32(offset), jump: UInt32(top), depth: opening.depth,
                    kind: isObject ? .closeObject : .closeArray))
        }
    }

    /// Adds a string between its quotes, cut into stretches of at most `LongText.chunk` bytes.
    private mutating func addString(_ range: Range<Int>) {
        let head = entries.count
        append(.string, range.lowerBound, depth: open.count)
        guard range.count >= LongText.chunk else { return }
        var start = range.lowerBound
        var offset = start + 1
        // Where the stretch may end: after a line break, after a blank, anywhere.
        var afterBreak = 0
        var afterBlank = 0
        while offset < range.upperBound {
            let byte = bytes[offset]
            if offset - start >= LongText.chunk, byte & 0xC0 != 0x80 {
                let half = start + LongText.chunk / 2
                let cut = afterBreak > half ? afterBreak : afterBlank > half ? afterBlank : offset
                entries.append(
                    JSONOutline.Entry(
                        key: JSONOutline.noKey, value: UInt32(cut), jump: UInt32(head), depth: open.count,
                        kind: .stringMore))
                entries[head].jump += 1
                start = cut
            }
            if byte == UInt8(ascii: "\\") {
                offset = JSONScalar.escapeEnd(bytes, from: offset)
                if offset - 1 < bytes.count, bytes[offset - 1] == UInt8(ascii: "n") { afterBreak = offset }
            } else {
                offset += 1
                if byte == 0x20 { afterBlank = offset }
                if byte == 0x0A { afterBreak = offset }
            }
        }
    }
}

/// Where values end in JSON bytes that may be cut anywhere.
enum JSONScalar {
    /// The first byte after a scalar, or after an empty or small container, that starts at an offset.
    static func end(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard start < bytes.count else { return start }
        switch bytes[start] {
        case UInt8(ascii: "\""): return stringEnd(bytes, from: start)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            var offset = start
            var depth = 0
            while offset < bytes.count {
                switch bytes[offset] {
                case UInt8(ascii: "\""):
                    offset = stringEnd(bytes, from: offset)
                    continue
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                default: break
                }
                offset += 1
                if depth == 0 { break }
            }
            return offset
        default:
            return bytes[start...].firstIndex { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
                    false
                default: true
                }
            } ?? bytes.count
        }
    }

    /// The first byte after the string whose opening quote stands at an offset.
    private static func stringEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        min(bytes.count, closingQuote(bytes, from: start + 1) + 1)
    }

    /// The closing quote of the string that an offset lies in; the end of the bytes where it has none.
    static func closingQuote(_ bytes: UnsafeBufferPointer<UInt8>, from content: Int) -> Int {
        var offset = content
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""): return offset
            case UInt8(ascii: "\\"): offset += 2
            default: offset += 1
            }
        }
        return bytes.count
    }

    /// The first byte after an escape, both halves of a surrogate pair taken as one.
    static func escapeEnd(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int) -> Int {
        guard offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "u") else { return offset + 2 }
        let isHigh =
            offset + 7 < bytes.count && bytes[offset + 2] | 0x20 == UInt8(ascii: "d")
            && [0x38, 0x39, 0x61, 0x62].contains(bytes[offset + 3] | 0x20)
            && bytes[offset + 6] == UInt8(ascii: "\\") && bytes[offset + 7] == UInt8(ascii: "u")
        // Never past a quote: what follows may be no hexadecimal digit.
        let end = min(bytes.count, offset + (isHigh ? 12 : 6))
        return bytes[(offset + 2)..<end].firstIndex(of: UInt8(ascii: "\"")) ?? end
    }
}
