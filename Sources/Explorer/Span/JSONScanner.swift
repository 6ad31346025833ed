import FastJSON

/// Reads JSON bytes into the lines of an outline, without recursion.
///
/// It accepts what producers really write: `NaN`, `Infinity` and `-Infinity` beside RFC 8259, and raw control
/// characters in strings.
struct JSONScanner {
    /// The most lines of an outline; a value with more is shown as text.
    static let entryLimit = 4_000_000

    /// Containers of fewer bytes take one line, unless an escape may stand for a line break in them.
    private static let inlineBytes = 80

    private enum State {
        case value, firstValue, firstKey, key, after
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var offset = 0
    private var entries: [JSONOutline.Entry] = []
    /// The opening lines of the containers around the offset.
    private var open: [UInt32] = []
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
            var scanner = JSONScanner(bytes)
            return scanner.scan() ? scanner.entries : nil
        }
        guard let entries, let entries else { return nil }
        return JSONOutline(text: text, entries: entries, decodes: decodes)
    }

    /// The first byte after a scalar that starts at an offset.
    static func scalarEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var scanner = JSONScanner(bytes)
        scanner.offset = start
        if start < bytes.count, bytes[start] == UInt8(ascii: "\"") {
            return scanner.skipString() ? scanner.offset : bytes.count
        }
        if start < bytes.count, bytes[start] == UInt8(ascii: "{") || bytes[start] == UInt8(ascii: "[") {
            // Only empty and small containers count as scalars, so this reads little.
            var depth = 0
            while scanner.offset < bytes.count {
                let byte = bytes[scanner.offset]
                if byte == UInt8(ascii: "\"") {
                    if !scanner.skipString() { return bytes.count }
                    continue
                }
                scanner.offset += 1
                if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth += 1 }
                if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { depth -= 1 }
                if depth == 0 { break }
            }
            return scanner.offset
        }
        scanner.skipWord()
        return scanner.offset
    }

    private mutating func scan() -> Bool {
        var state = State.value
        while true {
            skipBlanks()
            guard offset < bytes.count else { return state == .after && open.isEmpty }
            if entries.count >= Self.entryLimit { return false }
            let byte = bytes[offset]
            switch state {
            case .after:
                guard let top = open.last else { return false }
                let isObject = entries[Int(top)].kind == .openObject
                if byte == UInt8(ascii: ",") {
                    offset += 1
                    state = isObject ? .key : .value
                } else if byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                    close(Int(top))
                } else {
                    return false
                }
            case .firstKey where byte == UInt8(ascii: "}"), .firstValue where byte == UInt8(ascii: "]"):
                guard let top = open.popLast() else { return false }
                let entry = entries[Int(top)]
                entries[Int(top)] = JSONOutline.Entry(
                    key: entry.key, value: entry.value, depth: entry.depth,
                    kind: state == .firstKey ? .emptyObject : .emptyArray)
                offset += 1
                state = .after
            case .firstKey, .key:
                key = UInt32(offset)
                guard byte == UInt8(ascii: "\""), skipString() else { return false }
                skipBlanks()
                guard offset < bytes.count, bytes[offset] == UInt8(ascii: ":") else { return false }
                offset += 1
                state = .value
            case .value, .firstValue:
                guard let next = value(byte) else { return false }
                state = next
            }
        }
    }

    private mutating func value(_ byte: UInt8) -> State? {
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let isObject = byte == UInt8(ascii: "{")
            open.append(UInt32(entries.count))
            append(isObject ? .openObject : .openArray, depth: open.count - 1)
            offset += 1
            return isObject ? .firstKey : .firstValue
        case UInt8(ascii: "\""):
            return string() ? .after : nil
        default:
            let start = offset
            skipWord()
            guard let kind = word(start..<offset) else { return nil }
            offset = start
            append(kind, depth: open.count)
            skipWord()
            return .after
        }
    }

    private mutating func append(_ kind: JSONOutline.Kind, depth: Int) {
        entries.append(JSONOutline.Entry(key: key, value: UInt32(offset), depth: depth, kind: kind))
        key = JSONOutline.noKey
    }

    private mutating func close(_ top: Int) {
        open.removeLast()
        let opening = entries[top]
        if !open.isEmpty, offset - Int(opening.value) < Self.inlineBytes,
            entries[(top + 1)...].allSatisfy({ !$0.kind.opens && !$0.kind.closes }),
            !bytes[Int(opening.value)..<offset].contains(UInt8(ascii: "\\"))
        {
            entries.removeSubrange((top + 1)...)
            entries[top] = JSONOutline.Entry(
                key: opening.key, value: opening.value, depth: opening.depth, kind: .inline)
            offset += 1
            return
        }
        entries[top].jump = UInt32(entries.count)
        entries.append(
            JSONOutline.Entry(
                key: JSONOutline.noKey, value: UInt32(offset), jump: UInt32(top), depth: opening.depth,
                kind: opening.kind == .openObject ? .closeObject : .closeArray))
        offset += 1
    }

    /// Adds a string, cut into stretches of at most `LongText.chunk` bytes.
    private mutating func string() -> Bool {
        let head = entries.count
        append(.string, depth: open.count)
        var start = offset
        offset += 1
        // Where the stretch may end: after a line break, after a blank, anywhere.
        var afterBreak = 0
        var afterBlank = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") {
                offset += 1
                return true
            }
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
                skipEscape()
                if offset - 1 < bytes.count, bytes[offset - 1] == UInt8(ascii: "n") { afterBreak = offset }
            } else {
                offset += 1
                if byte == 0x20 { afterBlank = offset }
                if byte == 0x0A { afterBreak = offset }
            }
        }
        return false
    }

    /// Passes an escape, both halves of a surrogate pair at once.
    private mutating func skipEscape() {
        guard offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "u") else {
            offset += 2
            return
        }
        let isHigh =
            offset + 7 < bytes.count && bytes[offset + 2] | 0x20 == UInt8(ascii: "d")
            && [0x38, 0x39, 0x61, 0x62].contains(bytes[offset + 3] | 0x20)
            && bytes[offset + 6] == UInt8(ascii: "\\") && bytes[offset + 7] == UInt8(ascii: "u")
        // Never past a quote: what follows may be no hexadecimal digit.
        let end = min(bytes.count, offset + (isHigh ? 12 : 6))
        offset += 2
        while offset < end, bytes[offset] != UInt8(ascii: "\"") { offset += 1 }
    }

    /// The closing quote of the string that an offset lies in.
    static func closingQuote(_ bytes: UnsafeBufferPointer<UInt8>, from content: Int) -> Int {
        var scanner = JSONScanner(bytes)
        scanner.offset = content - 1
        return scanner.skipString() ? scanner.offset - 1 : bytes.count
    }

    private mutating func skipString() -> Bool {
        offset += 1
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == UInt8(ascii: "\"") { return true }
        }
        return false
    }

    private mutating func skipBlanks() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }

    private mutating func skipWord() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
                offset += 1
            default: return
            }
        }
    }

    private func word(_ range: Range<Int>) -> JSONOutline.Kind? {
        guard let first = range.first.map({ bytes[$0] }) else { return nil }
        let word = bytes[range]
        for literal: StaticString in ["true", "false", "null", "NaN", "Infinity", "-Infinity"]
        where word.elementsEqual(
            UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
        {
            return .literal
        }
        guard first == UInt8(ascii: "-") || (0x30...0x39).contains(first) else { return nil }
        let isNumber = word.allSatisfy {
            (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
                || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E")
        }
        return isNumber ? .number : nil
    }
}

/// The text of JSON strings.
enum JSONEscapes {
    /// What the content of a JSON string stands for; the content itself where an escape in it stands for nothing.
    static func decode(_ content: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        let bytes = UnsafeBufferPointer(rebasing: content)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        let isDecoded = JSONEscape.decode(UnsafeRawBufferPointer(bytes), into: &result)
        return isDecoded ? String(decoding: result, as: UTF8.self) : String(decoding: bytes, as: UTF8.self)
    }
}
