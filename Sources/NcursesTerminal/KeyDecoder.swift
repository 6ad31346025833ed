import Basics
package import Canvas

/// Bytes of a keyboard to keys.
///
/// Understands the sequences of xterm and its kin (tmux, screen, kitty's `CSI u`, rxvt, the Linux console) and those
/// that the terminal database names. A sequence may arrive in parts; what is unknown is one `.unknown`, never a run of
/// stray characters. It never fails and holds no more than a paste of `pasteLimit` bytes.
///
/// A paste whose end does not come, as a broken line may leave it, takes no keys for ever: it ends when nothing much has
/// come for `pasteNanos`, and at once where ^C is pressed. Times are nanoseconds of any clock that only runs forward.
package struct KeyDecoder {
    /// The longest paste in bytes that is held; the rest is dropped.
    static let pasteLimit = 1 << 20
    /// How long a paste goes on after the last piece of it, in nanoseconds.
    static let pasteNanos: Int64 = 2_000_000_000
    /// Fewer bytes at once are typed rather than pasted, and do not keep a paste going.
    static let pieceSize = 16
    /// A ^C that comes alone after such a pause is pressed, and no part of what is pasted.
    static let pauseNanos: Int64 = 100_000_000
    /// Longer sequences than this are noise.
    static let sequenceLimit = 256

    var buffer: [UInt8] = []
    var position = 0
    private var paste: [UInt8]?
    /// When the paste ends if nothing more comes of it.
    private var pasteDeadline: Int64 = 0
    private var lastBytes: Int64 = 0
    private let sequences: [[UInt8]: Key]
    private let prefixes: Set<[UInt8]>

    /// A decoder that knows sequences besides the usual ones.
    package init(sequences: [(bytes: [UInt8], key: Key)] = []) {
        var known: [[UInt8]: Key] = [:]
        var prefixes: Set<[UInt8]> = []
        for (bytes, key) in sequences where bytes.count > 1 {
            known[bytes] = key
            for count in 1..<bytes.count { prefixes.insert(Array(bytes[..<count])) }
        }
        self.sequences = known
        self.prefixes = prefixes
    }

    /// A sequence has begun and not ended; a paste, which may take long, does not count.
    package var isIncomplete: Bool { paste == nil && position < buffer.count }

    /// All there is, is one ESC: a key of its own unless more comes at once.
    package var isLoneEscape: Bool { isIncomplete && buffer.count - position == 1 && buffer[position] == 0x1B }

    /// Takes bytes that came at a time, and returns the keys that they complete.
    package mutating func decode(_ bytes: some Collection<UInt8>, at nanos: Int64) -> [Key] {
        var keys = expire(at: nanos)
        if paste != nil, bytes.count == 1, bytes.first == 0x03, nanos - lastBytes >= Self.pauseNanos {
            keys += endPaste()
        }
        if bytes.count >= Self.pieceSize { pasteDeadline = nanos.addingClamped(Self.pasteNanos) }
        lastBytes = nanos
        buffer += bytes
        while position < buffer.count {
            if paste != nil {
                guard let text = endOfPaste() else { break }
                keys.append(.paste(text))
            } else {
                let before = position
                switch next() {
                case .key(let key): keys.append(key)
                case .nothing: break
                case .pasteBegins:
                    paste = []
                    pasteDeadline = nanos.addingClamped(Self.pasteNanos)
                case .incomplete:
                    position = before
                    compact()
                    return keys
                }
            }
        }
        compact()
        return keys
    }

    /// Ends a paste that waits for its end for too long; what came of it is pasted.
    package mutating func expire(at nanos: Int64) -> [Key] {
        paste != nil && nanos >= pasteDeadline ? endPaste() : []
    }

    private mutating func endPaste() -> [Key] {
        let text = (paste ?? []) + buffer[position...].prefix(max(0, Self.pasteLimit - (paste?.count ?? 0)))
        paste = nil
        buffer.removeAll()
        position = 0
        return text.isEmpty ? [] : [.paste(String(decoding: text, as: UTF8.self))]
    }

    /// Takes what has come so far as complete: a lone ESC is the key, the rest what it stands for one by one.
    package mutating func flush() -> [Key] {
        guard isIncomplete else { return [] }
        let bytes = Array(buffer[position...])
        buffer.removeAll()
        position = 0
        guard bytes[0] == 0x1B else { return [.unknown] }
        if bytes.count == 1 { return [.escape] }
        if bytes.count == 2, let scalar = Unicode.Scalar(UInt32(bytes[1])), bytes[1] >= 0x20, bytes[1] < 0x7F {
            return [.alt(Character(scalar))]
        }
        return [.unknown]
    }

    enum Step {
        case key(Key)
        case nothing
        case pasteBegins
        case incomplete
    }

    private mutating func next() -> Step {
        let byte = buffer[position]
        if byte == 0x1B { return escape() }
        if byte >= 0x80 { return utf8().map { .key($0) } ?? .incomplete }
        position += 1
        return .key(Self.single(byte))
    }

    private mutating func escape() -> Step {
        if let step = knownSequence() { return step }
        guard position + 1 < buffer.count else { return .incomplete }
        switch buffer[position + 1] {
        case UInt8(ascii: "["): return controlSequence()
        case UInt8(ascii: "O"): return singleShift()
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"): return string()
        case 0x20..<0x7F:
            position += 2
            return .key(.alt(Character(Unicode.Scalar(buffer[position - 1]))))
        case 0x80...:
            position += 1
            guard let key = utf8() else { return .incomplete }
            if case .character(let character) = key { return .key(.alt(character)) }
            return .key(key)
        default:
            // ESC before a control character is the key itself: someone types fast.
            position += 1
            return .key(.escape)
        }
    }

    /// The longest sequence of the terminal database that stands here; incomplete if one may be about to.
    private mutating func knownSequence() -> Step? {
        guard !sequences.isEmpty else { return nil }
        var candidate: [UInt8] = []
        var found: (count: Int, key: Key)?
        for byte in buffer[position...] {
            candidate.append(byte)
            if let key = sequences[candidate] { found = (candidate.count, key) }
            if !prefixes.contains(candidate) { break }
        }
        if let found {
            position += found.count
            return .key(found.key)
        }
        // `ESC [` begins more than the database knows; the general rules tell when it is complete.
        return nil
    }

    /// A reply of the terminal to a question that nobody here asked; dropped.
    private mutating func string() -> Step {
        var index = position + 2
        while index < buffer.count {
            if buffer[index] == 0x07 {
                position = index + 1
                return .nothing
            }
            if buffer[index] == 0x1B {
                guard index + 1 < buffer.count else { return .incomplete }
                if buffer[index + 1] == UInt8(ascii: "\\") {
                    position = index + 2
                    return .nothing
                }
                break
            }
            if index - position > Self.sequenceLimit { break }
            index += 1
        }
        if index >= buffer.count { return .incomplete }
        position += 2
        return .key(.alt(Character(Unicode.Scalar(buffer[position - 1]))))
    }

    /// A character of several bytes; nil if its end is still to come.
    private mutating func utf8() -> Key? {
        let first = buffer[position]
        guard (0xC2...0xF4).contains(first) else {
            position += 1
            return .unknown
        }
        let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        let available = buffer[position...].prefix(count)
        let valid = available.dropFirst().prefix { $0 & 0xC0 == 0x80 }.count + 1
        if valid == available.count, available.count < count { return nil }
        let text = String(decoding: available.prefix(valid), as: UTF8.self)
        position += valid
        guard valid == count, let character = text.first, text.count == 1, character != "\u{FFFD}",
            !SafeText.isUnsafe(character)
        else { return .unknown }
        return .character(character)
    }

    /// The paste's text if its end is here; keeps what came so far otherwise.
    private mutating func endOfPaste() -> String? {
        let end: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]
        var text = paste ?? []
        var index = position
        defer { position = index }
        while index < buffer.count {
            if buffer[index] == 0x1B {
                let rest = buffer[index...].prefix(end.count)
                if rest.elementsEqual(end) {
                    index += end.count
                    paste = nil
                    return String(decoding: text, as: UTF8.self)
                }
                if index + rest.count == buffer.count, end.starts(with: rest) { break }
            }
            if text.count < Self.pasteLimit { text.append(buffer[index]) }
            index += 1
        }
        paste = text
        return nil
    }

    private mutating func compact() {
        buffer.removeFirst(position)
        position = 0
    }

    private static func single(_ byte: UInt8) -> Key {
        switch byte {
        case 0x00: .control(" ")
        case 0x08, 0x7F: .backspace
        case 0x09: .tab
        case 0x0A, 0x0D: .enter
        case 0x01...0x1A: .control(Character(Unicode.Scalar(byte + 0x60)))
        case 0x1C...0x1F: .control(Character(Unicode.Scalar(byte + 0x40)))
        default: .character(Character(Unicode.Scalar(byte)))
        }
    }
}
