import Canvas

/// The text of a tape, wrapped at words for one width.
///
/// Rows are those of the finished text, and playing uncovers them: words do not jump to the next line while they
/// grow, and a row is laid out once however often it is drawn. Paragraphs are found from any byte without an index, so
/// that nothing here depends on the number of chunks; a paragraph of more than 64 KB is broken every 64 KB.
struct StreamRows {
    private static let longest = 1 << 16

    let tape: StreamTape
    let columns: Int
    let metrics: TextMetrics

    init(_ tape: StreamTape, columns: Int, metrics: TextMetrics) {
        self.tape = tape
        self.columns = max(4, columns)
        self.metrics = metrics
    }

    // MARK: Walking

    /// The last row of which something is shown; nil while nothing is.
    func last(count: Int, end: Int) -> StreamRow? {
        guard let block = tape.lastBlock(count: count) else { return nil }
        let start = tape.blocks[block].start
        guard end > start else {
            // A label alone, else what is before the block.
            if tape.blocks[block].label != nil {
                return StreamRow(block: block, start: start, end: start, isLabel: true)
            }
            return row(before: .init(block: block, byte: -1))
        }
        return row(block: block, containing: end - 1)
    }

    /// The first row of the text.
    func first() -> StreamRow? {
        guard let block = tape.blocks.first else { return nil }
        if block.label != nil { return StreamRow(block: 0, start: block.start, end: block.start, isLabel: true) }
        return firstText(from: 0)
    }

    func row(before address: StreamRow.Address) -> StreamRow? {
        guard tape.blocks.indices.contains(address.block) else { return nil }
        let start = tape.blocks[address.block].start
        if address.byte > start { return row(block: address.block, containing: address.byte - 1) }
        if address.byte == start, tape.blocks[address.block].label != nil {
            return StreamRow(block: address.block, start: start, end: start, isLabel: true)
        }
        var block = address.block - 1
        while block >= 0 {
            let range = tape.byteRange(block: block)
            if !range.isEmpty { return row(block: block, containing: range.upperBound - 1) }
            if tape.blocks[block].label != nil {
                return StreamRow(block: block, start: range.lowerBound, end: range.lowerBound, isLabel: true)
            }
            block -= 1
        }
        return nil
    }

    func row(after row: StreamRow) -> StreamRow? {
        let range = tape.byteRange(block: row.block)
        let next = row.isLabel ? range.lowerBound : row.end
        if next < range.upperBound { return self.row(block: row.block, containing: next) }
        let block = row.block + 1
        guard block < tape.blocks.count else { return nil }
        if tape.blocks[block].label != nil {
            let start = tape.blocks[block].start
            return StreamRow(block: block, start: start, end: start, isLabel: true)
        }
        return firstText(from: block)
    }

    /// The row at an address, or the one that took its place at another width.
    func row(at address: StreamRow.Address) -> StreamRow? {
        guard tape.blocks.indices.contains(address.block) else { return nil }
        let range = tape.byteRange(block: address.block)
        if address.byte < 0 || range.isEmpty {
            return StreamRow(block: address.block, start: range.lowerBound, end: range.lowerBound, isLabel: true)
        }
        return row(block: address.block, containing: min(address.byte, range.upperBound - 1))
    }

    /// True when something of a row is shown.
    func isShown(_ row: StreamRow, count: Int, end: Int) -> Bool {
        row.isLabel ? tape.blocks[row.block].firstChunk < count : row.start < end
    }

    private func firstText(from block: Int) -> StreamRow? {
        var block = block
        while block < tape.blocks.count {
            let range = tape.byteRange(block: block)
            if !range.isEmpty { return row(block: block, containing: range.lowerBound) }
            block += 1
        }
        return nil
    }

    // MARK: Wrapping

    private func row(block: Int, containing byte: Int) -> StreamRow? {
        let segment = self.segment(of: byte, in: tape.byteRange(block: block))
        let rows = tape.rows(of: segment, columns: columns, metrics: metrics) { wrapped(segment, block: block) }
        // The last row that begins at or before the byte.
        var low = 0
        var high = rows.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if rows[middle].start <= byte { low = middle } else { high = middle }
        }
        return rows.indices.contains(low) ? rows[low] : nil
    }

    /// The paragraph that a byte lies in, or the part of it that is laid out at once.
    private func segment(of byte: Int, in range: Range<Int>) -> Range<Int> {
        let longest = StreamRows.longest
        let bytes = tape.bytes
        var start = byte
        // A little more than two distances, so that every byte of a part finds the same ends of it.
        let floor = max(range.lowerBound, byte - 2 * longest - 1024)
        while start > floor, bytes[start - 1] != 0x0A { start -= 1 }
        var isParagraphStart = start == range.lowerBound || bytes[start - 1] == 0x0A
        // Breaks of a long paragraph lie on a grid, at least one distance behind its start.
        var grid = byte / longest * longest
        while grid > start {
            let cut = self.cut(near: grid, in: range)
            if cut <= byte, !isParagraphStart || grid - start >= longest {
                start = cut
                isParagraphStart = false
                break
            }
            grid -= longest
        }
        var end = byte
        let ceiling = min(range.upperBound, start + 2 * longest + 1024)
        while end < ceiling, bytes[end] != 0x0A { end += 1 }
        if end < ceiling { end += 1 }
        var next = (start / longest + 1) * longest
        while next < end {
            let cut = self.cut(near: next, in: range)
            if cut > byte, next - start >= longest || !isParagraphStart {
                end = min(end, cut)
                break
            }
            next += longest
        }
        return start..<max(end, byte + 1)
    }

    /// The place behind the next blank after a point of the grid, else the next end of a character.
    private func cut(near grid: Int, in range: Range<Int>) -> Int {
        let bytes = tape.bytes
        let limit = min(range.upperBound, grid + 256)
        var index = grid
        while index < limit {
            if bytes[index] == 0x20 || bytes[index] == 0x0A { return index + 1 }
            index += 1
        }
        index = grid
        while index < range.upperBound, bytes[index] & 0xC0 == 0x80 { index += 1 }
        return StreamGraphemes.boundary(atOrBefore: index, in: bytes, of: range)
    }

    /// Cuts a paragraph into rows: at blanks, between wide characters, and within words only where one fills a row.
    private func wrapped(_ segment: Range<Int>, block: Int) -> [StreamRow] {
        var rows: [StreamRow] = []
        let metrics = metrics
        tape.bytes.withUnsafeBufferPointer { all in
            let bytes = UnsafeBufferPointer(rebasing: all[segment])
            var leading = 0
            while leading < bytes.count, bytes[leading] == 0x20 { leading += 1 }
            let hang = leading <= columns / 3 ? leading : 0
            var start = 0
            var used = 0
            var breakAt = -1
            var usedAtBreak = 0
            var position = 0
            func indent() -> Int { rows.isEmpty ? 0 : hang }
            func close(at end: Int) {
                rows.append(
                    StreamRow(
                        block: block, start: segment.lowerBound + start, end: segment.lowerBound + end,
                        indent: indent()))
                start = end
                breakAt = -1
            }
            metrics.forEachCell(of: bytes) { end, width in
                let first = bytes[position]
                defer { position = end }
                let isLineEnd =
                    first == 0x0A && end == bytes.count
                    || first == 0x0D && end + 1 == bytes.count && bytes[end] == 0x0A
                if isLineEnd { return true }
                if first == 0x20 || first == 0x09 {
                    // Blanks hang over the edge rather than begin a row.
                    used += width
                    breakAt = end
                    usedAtBreak = used
                    return true
                }
                if used + width + indent() > columns, breakAt > start {
                    let rest = used - usedAtBreak
                    close(at: breakAt)
                    used = rest
                }
                if used + width + indent() > columns, position > start {
                    close(at: position)
                    used = 0
                }
                used += width
                if width == 2, first >= 0x80 {
                    breakAt = end
                    usedAtBreak = used
                }
                return true
            }
            if start < bytes.count || rows.isEmpty { close(at: bytes.count) }
        }
        return rows
    }
}

/// One row of a stream's text as it is wrapped: a stretch of bytes, or the label of a block.
struct StreamRow: Equatable, Sendable {
    /// The place of a row in the whole text, whatever is shown of it.
    struct Address: Equatable, Sendable, Comparable {
        var block: Int
        /// The first byte; -1 for the label.
        var byte: Int

        static func < (a: Address, b: Address) -> Bool { (a.block, a.byte) < (b.block, b.byte) }
    }

    var block: Int
    /// The bytes of the row with the blanks or the newline that end it; empty for a label.
    var start: Int
    var end: Int
    /// Columns before the text, so that wrapped lines keep their indentation.
    var indent = 0
    var isLabel = false

    var address: Address { Address(block: block, byte: isLabel ? -1 : start) }
}
