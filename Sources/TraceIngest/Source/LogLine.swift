import FastJSON

/// A line of a log with what stands around the text that a program wrote.
///
/// Known are the prefixes of `docker compose logs`, `kubectl logs --prefix`, container runtimes and clocks, other words
/// before a JSON object, and the envelopes that log shippers put around a line.
enum LogLine {
    /// What the line holds, with a line break where it ends a line; nil where nothing stands around it.
    static func payload(_ line: ArraySlice<UInt8>) -> [UInt8]? {
        var text = line
        var isPart = false
        var isChanged = false
        while let inner = envelope(text) ?? prefix(text).map({ ($0.text, $0.isPart) }) {
            isChanged = true
            isPart = isPart || inner.1
            text = inner.0
        }
        guard isChanged else { return nil }
        if text.last == 0x0A { return Array(text) }
        return isPart ? Array(text) : text + [0x0A]
    }

    // MARK: Prefixes

    private static func prefix(_ line: ArraySlice<UInt8>) -> (text: ArraySlice<UInt8>, isPart: Bool)? {
        guard let first = line.first(where: { $0 != 0 && $0 != 0x1E }) else { return nil }
        if line.first == 0 || line.first == 0x1E { return (line.drop { $0 == 0 || $0 == 0x1E }, false) }
        if first == UInt8(ascii: "["), let end = line.prefix(300).firstIndex(of: UInt8(ascii: "]")),
            line[line.startIndex..<end].contains(UInt8(ascii: "/")) || isWordBytes(line[(line.startIndex + 1)..<end])
        {
            let rest = line[(end + 1)...]
            return rest.first == 0x20 ? (rest.dropFirst(), false) : nil
        }
        if let time = timestampEnd(line) {
            let rest = line[time...].drop { $0 == 0x20 }
            for stream in ["stdout ", "stderr "] where rest.starts(with: stream.utf8) {
                let tagged = rest.dropFirst(stream.utf8.count)
                if tagged.starts(with: "F ".utf8) { return (tagged.dropFirst(2), false) }
                if tagged.starts(with: "P ".utf8) { return (tagged.dropFirst(2), true) }
            }
            if rest.first == UInt8(ascii: "{") { return (rest, false) }
        }
        if let bar = line.prefix(120).firstIndex(of: UInt8(ascii: "|")), isName(line[..<bar]) {
            let rest = line[(bar + 1)...]
            return (rest.first == 0x20 ? rest.dropFirst() : rest, false)
        }
        return words(line, first: first)
    }

    /// Words before an object, such as the level of a logger.
    private static func words(_ line: ArraySlice<UInt8>, first: UInt8) -> (text: ArraySlice<UInt8>, isPart: Bool)? {
        guard !" \t{}[],\"".utf8.contains(first), !line.starts(with: "data:".utf8) else { return nil }
        var index = line.startIndex
        let end = min(line.endIndex, line.startIndex + 1_000)
        while let brace = line[index..<end].firstIndex(of: UInt8(ascii: "{")) {
            let next = line[(brace + 1)...].first { $0 > 0x20 }
            if next == UInt8(ascii: "\"") { return (line[brace...], false) }
            index = brace + 1
        }
        return nil
    }

    /// Where a time in ISO 8601 with a zone ends that the line begins with.
    private static func timestampEnd(_ line: ArraySlice<UInt8>) -> Int? {
        let head = line.prefix(40)
        guard let blank = head.firstIndex(of: 0x20), blank - head.startIndex >= 20,
            head.dropFirst(4).first == UInt8(ascii: "-"), head.dropFirst(10).first == UInt8(ascii: "T"),
            head.prefix(4).allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return blank
    }

    /// Whether the bytes are a name and blanks, as `docker compose` writes before its bar.
    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        let name = bytes.prefix { $0 != 0x20 }
        return !name.isEmpty && isWordBytes(name) && bytes[name.endIndex...].allSatisfy { $0 == 0x20 }
    }

    /// Whether a letter is among letters, digits and the marks of names.
    private static func isWordBytes(_ bytes: ArraySlice<UInt8>) -> Bool {
        func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
        return bytes.contains(where: isLetter)
            && bytes.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || "-_./: ".utf8.contains($0) }
    }

    // MARK: Envelopes

    /// Keys of log shippers under which a line stands, as text or as an object.
    private static let keys = [
        "log", "message", "MESSAGE", "msg", "textPayload", "jsonPayload", "line", "@message", "_raw", "body", "event",
        "payload", "text", "value",
    ]

    private static func envelope(_ line: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, Bool)? {
        guard line.first == UInt8(ascii: "{"), mentionsKey(line),
            let value = try? JSONValue(parsing: Array(line)), let members = value.members
        else { return nil }
        for key in keys {
            guard let inner = members.first(where: { $0.key == key })?.value else { continue }
            switch inner {
            case .string(let text):
                // Docker cuts long lines: all pieces but the last end without a line break.
                let isDocker = key == "log" && value["stream"] != nil
                let bytes = Array(text.utf8)
                if isDocker || bytes.contains(UInt8(ascii: "{")) {
                    return (bytes[...], isDocker && bytes.last != 0x0A && value["time"] != nil)
                }
            case .object(let members) where !members.isEmpty: return (Array(inner.text().utf8)[...], false)
            default: continue
            }
        }
        return nil
    }

    private static let quotedKeys = keys.map { Array("\"\($0)\"".utf8) }

    /// Whether one of the keys stands near the beginning: parsing every line would be dear.
    private static func mentionsKey(_ line: ArraySlice<UInt8>) -> Bool {
        let head = line.prefix(2_000)
        return head.indices.contains { index in
            head[index] == UInt8(ascii: "\"") && quotedKeys.contains { head[index...].starts(with: $0) }
        }
            || line.suffix(400).indices.contains { index in
                line[index] == UInt8(ascii: "\"") && quotedKeys.contains { line[index...].starts(with: $0) }
            }
    }
}

/// A stream without what a log puts around its lines; lines that are bare stay as they are.
final class LogSource: ByteSource {
    private static let pieceSize = 64 << 10
    /// Bytes of a line that are held; the rest of a longer one passes as it is.
    private static let lineLimit = 256 << 20
    /// Bytes of a first line that are looked at.
    static let longestHead = 4 << 20

    private let inner: any ByteSource
    private var pending: [UInt8] = []
    private var ready: [UInt8] = []
    private var readyPosition = 0
    private var isAtEnd = false

    init(_ inner: any ByteSource) { self.inner = inner }

    /// The lines of the bytes, each without what stands around it.
    static func rewritten(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        var rest = bytes
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.endIndex
            append(rest[..<end], to: &out)
            rest = rest[end...]
        }
        return out
    }

    private static func append(_ line: ArraySlice<UInt8>, to out: inout [UInt8]) {
        let bare = line.last == 0x0A ? line.dropLast() : line
        if let payload = LogLine.payload(bare.last == 0x0D ? bare.dropLast() : bare) {
            out += payload
        } else {
            out += line
        }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while readyPosition == ready.count {
            guard !isAtEnd else { return 0 }
            fill()
        }
        return ready.copy(from: &readyPosition, to: buffer)
    }

    private func fill() {
        let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
            count = inner.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        (ready, readyPosition) = ([], 0)
        isAtEnd = piece.isEmpty
        pending += piece
        guard
            let last = isAtEnd
                ? pending.indices.last : piece.lastIndex(of: 0x0A).map({ pending.count - piece.count + $0 })
        else {
            if pending.count > Self.lineLimit { (ready, pending) = (pending, []) }
            return
        }
        ready = Self.rewritten(pending[...last])
        pending = Array(pending[(last + 1)...])
    }

    var failure: SourceFailure? { inner.failure }
    var bytesConsumed: Int64 { inner.bytesConsumed }
    func reopened() -> (any ByteSource)? { inner.reopened().map { LogSource($0) } }
    func close() { inner.close() }
}
