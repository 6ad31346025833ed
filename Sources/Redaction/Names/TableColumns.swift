/// Reads the cells of a table under the names of its columns: CSV, TSV, Markdown, and what databases print.
struct TableColumns {
    private static let longestLine = 2_048
    private static let longestTable = 16_384
    private static let lineEnds = ByteSet("\r\n".utf8)
    private static let delimiters = ByteSet(",|\t;".utf8)

    let bytes: UnsafeBufferPointer<UInt8>
    let room: Range<Int>

    struct Table {
        var cells: [(range: Range<Int>, kind: SecretName)] = []
        var end = 0
    }

    /// The cells under all columns whose names have a label; nil where the name stands in no head of a table.
    func table(around name: Range<Int>, label: String) -> Table? {
        guard let delimiter = delimiter(behind: name), let line = line(around: name) else { return nil }
        var columns: [Int: SecretName] = [:]
        let heads = cells(of: line, delimiter)
        guard heads.count > 1 else { return nil }
        for (place, head) in heads.enumerated() {
            // Heads are names; a line of values is none.
            guard head.count <= 48, !bytes[head].contains(where: { "=:(){}[]<>@/\\".utf8.contains($0) }) else {
                return nil
            }
            if let kind = SecretName(bytes[head]), kind.label == label { columns[place] = kind }
        }
        guard !columns.isEmpty else { return nil }
        var table = Table(end: line.upperBound)
        while let next = self.line(from: table.end) {
            guard next.upperBound - line.upperBound <= Self.longestTable else { break }
            let row = cells(of: next, delimiter)
            if isRule(next) {
                table.end = next.upperBound
                continue
            }
            guard row.count == heads.count else { break }
            table.end = next.upperBound
            for (place, kind) in columns where !row[place].isEmpty { table.cells.append((row[place], kind)) }
        }
        return table
    }

    /// The mark between the cells, if one stands directly behind a name or ends its line.
    private func delimiter(behind name: Range<Int>) -> UInt8? {
        func mark(_ start: Int, _ step: Int) -> UInt8? {
            var position = start
            while room.contains(position), bytes[position] == 0x20 || bytes[position] == UInt8(ascii: "\"") {
                position += step
            }
            guard room.contains(position) else { return 0x0A }
            return bytes[position]
        }
        guard let after = mark(name.upperBound, 1), let before = mark(name.lowerBound - 1, -1) else { return nil }
        if Self.delimiters.contains(after), before == after || Self.lineEnds.contains(before) { return after }
        return Self.lineEnds.contains(after) && Self.delimiters.contains(before) ? before : nil
    }

    private func line(around name: Range<Int>) -> Range<Int>? {
        var start = name.lowerBound
        while start > room.lowerBound, !Self.lineEnds.contains(bytes[start - 1]) {
            start -= 1
            guard name.lowerBound - start < Self.longestLine / 2 else { return nil }
        }
        return line(from: start, isFirst: true)
    }

    /// The next line; nil at the end, and where it is long or empty.
    private func line(from end: Int, isFirst: Bool = false) -> Range<Int>? {
        var start = end
        if !isFirst {
            if start < room.upperBound, bytes[start] == 0x0D { start += 1 }
            if start < room.upperBound, bytes[start] == 0x0A { start += 1 }
        }
        var stop = start
        while stop < room.upperBound, !Self.lineEnds.contains(bytes[stop]) {
            stop += 1
            guard stop - start < Self.longestLine else { return nil }
        }
        return stop > start ? start..<stop : nil
    }

    /// True for a line that rules a table off: `|---|---|`, `+----+`.
    private func isRule(_ line: Range<Int>) -> Bool {
        bytes[line].allSatisfy { "-+|=: \t".utf8.contains($0) }
    }

    /// The cells of a line without blanks and quotes around them; what stands outside the outer marks is none.
    private func cells(of line: Range<Int>, _ delimiter: UInt8) -> [Range<Int>] {
        var cells: [Range<Int>] = []
        var start = line.lowerBound
        var isQuoted = false
        for position in line.lowerBound...line.upperBound {
            if position < line.upperBound {
                if bytes[position] == UInt8(ascii: "\"") { isQuoted.toggle() }
                guard bytes[position] == delimiter, !isQuoted else { continue }
            }
            cells.append(trimmed(start..<position))
            start = position + 1
        }
        if delimiter == UInt8(ascii: "|"), cells.count > 2 {
            if cells[0].isEmpty { cells.removeFirst() }
            if let last = cells.last, last.isEmpty { cells.removeLast() }
        }
        return cells
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        let marks = ByteSet(" \"`*".utf8)
        var (lower, upper) = (range.lowerBound, range.upperBound)
        while lower < upper, marks.contains(bytes[lower]) { lower += 1 }
        while upper > lower, marks.contains(bytes[upper - 1]) { upper -= 1 }
        return lower..<upper
    }
}
