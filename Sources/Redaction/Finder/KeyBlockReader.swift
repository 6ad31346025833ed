/// Reads a private key as tools print it: PEM, PuTTY's and SSH2's form, with numbers, names of files, signs of a diff or
/// quotes before each line, on one line, with line breaks written as `\n`, and cut at either end.
///
/// Source: RFC 7468; what stands between two lines of base64 is bounded, so that the time is linear.
struct KeyBlockReader {
    /// The bytes that may stand between two runs of base64.
    private static let longestGap = 200
    private static let longestTitle = 80
    /// What is surely a line of a key.
    private static let leastRun = 20

    let bytes: UnsafeBufferPointer<UInt8>
    let room: Range<Int>

    init(_ bytes: UnsafeBufferPointer<UInt8>, in room: Range<Int>) {
        self.bytes = bytes
        self.room = room
    }

    /// The key whose first or last line begins at a position; nil where none does.
    func block(around literal: Int) -> Range<Int>? {
        if starts("Private-Lines:", at: literal) {
            guard let body = body(from: literal + 14, isNamed: true) else { return nil }
            return body
        }
        guard let title = title(at: literal) else { return nil }
        if title.isEnd {
            guard let start = start(before: literal) else { return nil }
            return start..<title.end
        }
        guard let body = body(from: title.end, isNamed: false) else { return nil }
        return literal..<body.upperBound
    }

    /// The line that begins or ends a private key.
    private func title(at start: Int) -> (isEnd: Bool, end: Int)? {
        var position = start
        while position < room.upperBound, bytes[position] == UInt8(ascii: "-") { position += 1 }
        if position < room.upperBound, bytes[position] == 0x20 { position += 1 }
        let first = position
        while position < room.upperBound, position - first < Self.longestTitle, bytes[position] != UInt8(ascii: "-") {
            position += 1
        }
        let title = bytes[first..<position]
        guard Self.private.isPart(of: title), title.allSatisfy({ ByteSet.word.contains($0) || $0 == 0x20 }) else {
            return nil
        }
        var end = position
        while end < room.upperBound, end - position < 5, bytes[end] == UInt8(ascii: "-") { end += 1 }
        guard end > position else { return nil }
        return (starts("END", at: first), end)
    }

    private static let `private` = WordList(["private key"])

    private func starts(_ word: String, at position: Int) -> Bool {
        room.contains(position) && bytes[position..<room.upperBound].starts(with: word.utf8)
    }

    /// What stands after the first line, with the last one where it is there.
    private func body(from start: Int, isNamed: Bool) -> Range<Int>? {
        var position = start
        var first: Int?
        var end = start
        while position < room.upperBound, position - end <= Self.longestGap {
            if first != nil || position > start, bytes[position] == UInt8(ascii: "-"), let title = title(at: position),
                title.isEnd
            {
                guard let first else { return nil }
                return (isNamed ? first : start)..<title.end
            }
            guard let run = run(at: position) else {
                guard let next = gap(at: position) else { break }
                position = next
                continue
            }
            let isLine = run.count >= Self.leastRun || first != nil && isRest(run)
            if isLine {
                first = first ?? run.lowerBound
                end = run.upperBound
            }
            position = run.upperBound
        }
        return first.map { $0..<end }
    }

    /// Where the first line of base64 stands that leads to a last line.
    private func start(before end: Int) -> Int? {
        var position = end
        var first = end
        while position > room.lowerBound, first - position <= Self.longestGap {
            if Self.base64.contains(bytes[position - 1]) {
                let last = position
                while position > room.lowerBound, Self.base64.contains(bytes[position - 1]) { position -= 1 }
                if last - position >= Self.leastRun || first == end && last - position > 1 { first = position }
            } else if Self.gaps.contains(bytes[position - 1]) || bytes[position - 1] >= 0x80 {
                position -= 1
            } else {
                break
            }
        }
        return end - first >= Self.leastRun ? first : nil
    }

    /// The rest of a cut line: too short for a line, and no word.
    private func isRest(_ run: Range<Int>) -> Bool {
        guard run.count >= 4, run.lowerBound > room.lowerBound else { return false }
        let before = bytes[run.lowerBound - 1]
        guard before == 0x0A || before == 0x0D || before == UInt8(ascii: "n") || ByteSet.blanks.contains(before) else {
            return false
        }
        let text = bytes[run]
        if text.last == UInt8(ascii: "=") { return true }
        let digits = text.filter { ByteSet.digits.contains($0) }.count
        let capitals = text.dropFirst().filter { (0x41...0x5A).contains($0) }.count
        return digits < run.count && (digits > 0 || capitals > 0 && capitals < run.count - 1)
    }

    private func run(at start: Int) -> Range<Int>? {
        var end = start
        while end < room.upperBound {
            if Self.base64.contains(bytes[end]) {
                end += 1
            } else if bytes[end] == 0x5C, end + 1 < room.upperBound, bytes[end + 1] == UInt8(ascii: "/") {
                end += 2
            } else {
                break
            }
        }
        while end < room.upperBound, bytes[end] == UInt8(ascii: "="), end > start { end += 1 }
        return end > start ? start..<end : nil
    }

    /// The position behind what may stand between two runs.
    private func gap(at position: Int) -> Int? {
        let byte = bytes[position]
        if byte == 0x5C {
            var end = position
            while end < room.upperBound, bytes[end] == 0x5C { end += 1 }
            if end < room.upperBound, "nrt".utf8.contains(bytes[end]) { end += 1 }
            return end
        }
        return Self.gaps.contains(byte) || byte >= 0x80 ? position + 1 : nil
    }

    private static let base64 = ByteSet.word.union(ByteSet("+/".utf8))
    private static let gaps = ByteSet.blanks.union(ByteSet("|>#*:.-()[]\"',;\\~@%=$".utf8))
}
