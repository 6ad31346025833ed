import FastJSON

/// A line of a recording, with its place in the file.
struct RecordedLine {
    var offset: Int64
    /// From 1.
    var number: Int64
    var bytes: ArraySlice<UInt8>

    init(offset: Int64, number: Int64, bytes: ArraySlice<UInt8>) {
        self.offset = offset
        self.number = number
        self.bytes = bytes
    }

    /// All of a file.
    init(whole bytes: [UInt8]) {
        let text = bytes[...].withoutJunk
        self.init(offset: Int64(text.startIndex), number: 1, bytes: text)
    }

    /// The lines that are not blank.
    static func lines(_ bytes: [UInt8]) -> [RecordedLine] {
        var lines: [RecordedLine] = []
        var number: Int64 = 0
        var rest = bytes[...]
        while !rest.isEmpty {
            number += 1
            let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
            let line = rest[rest.startIndex..<end].withoutJunk
            if line.contains(where: { $0 > 0x20 }) {
                lines.append(RecordedLine(offset: Int64(line.startIndex), number: number, bytes: line))
            }
            rest = rest[min(end + 1, rest.endIndex)...]
        }
        return lines
    }
}

extension ArraySlice<UInt8> {
    /// Without what rotation and editors leave before a text: zero bytes and a byte order mark.
    fileprivate var withoutJunk: ArraySlice<UInt8> {
        let text = drop { $0 == 0 }
        return text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text
    }
}

extension RecordingReader {
    /// The JSON objects of a file: one a line, or one document, which may be an array of them.
    ///
    /// What is no JSON is rejected with its place.
    func objects(_ bytes: [UInt8]) -> [(line: RecordedLine, value: JSONValue)] {
        let whole = RecordedLine(whole: bytes)
        let lines = RecordedLine.lines(bytes)
        if lines.count > 1, let first = lines.first, let value = try? JSONValue(parsing: Array(first.bytes)),
            value.members != nil
        {
            return lines.compactMap { line in parse(line).map { (line, $0) } }
        }
        guard let value = parse(whole) else { return [] }
        return (value.elements ?? [value]).map { (whole, $0) }
    }

    /// Parses a line; a fault is rejected and gives nil.
    func parse(_ line: RecordedLine) -> JSONValue? {
        do throws(JSONError) {
            return try JSONValue(parsing: Array(line.bytes))
        } catch {
            reject(error, in: line.offset, linesBefore: line.number - 1)
            return nil
        }
    }
}
