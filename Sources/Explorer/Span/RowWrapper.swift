import Canvas

/// A stretch of a line that fills one row.
struct WrappedRow: Equatable, Sendable {
    /// UTF-8 offsets into the line's text; line breaks and the blanks at a break are in no row.
    var start: Int
    var end: Int
    /// Columns before the text.
    var indent: Int
}

/// Breaks a line into rows at words, at line breaks in the text, and between wide characters.
struct RowWrapper {
    let metrics: TextMetrics
    /// Columns of a row.
    let width: Int
    /// Columns at the right of the first row that something else takes.
    var reserved = 0

    /// The rows of a line; at least one.
    func rows(of line: DisplayLine) -> [WrappedRow] {
        var builder = RowBuilder(
            width: max(1, width), reserved: reserved, indent: line.indent, hang: line.hang)
        let isPlain = line.text.utf8.allSatisfy { ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x0A }
        if isPlain {
            if line.text.utf8.count <= builder.available, !line.text.utf8.contains(0x0A) {
                return [WrappedRow(start: 0, end: line.text.utf8.count, indent: builder.firstIndent)]
            }
            var offset = 0
            for byte in line.text.utf8 {
                builder.add(offset: offset, length: 1, columns: 1, kind: byte == 0x0A ? .newline : .init(byte: byte))
                offset += 1
            }
        } else {
            add(line.text, to: &builder)
        }
        return builder.finish(end: line.text.utf8.count)
    }

    /// Adds text that is not plain ASCII, character by character.
    private func add(_ text: String, to builder: inout RowBuilder) {
        let utf8 = text.utf8
        let count = utf8.count
        var offset = 0
        while offset < count {
            let ready = utf8.withContiguousStorageIfAvailable { simple($0, from: offset, &builder) } ?? offset
            if ready > offset {
                offset = ready
                continue
            }
            let index = utf8.index(utf8.startIndex, offsetBy: offset)
            let length = utf8.distance(from: index, to: text.index(after: index))
            let character = text[index]
            // Bytes are looked at rather than characters compared, which would normalize long runs of marks.
            let first = utf8[index]
            if first == 0x0A && length == 1 || first == 0x0D && length == 2 {
                builder.add(offset: offset, length: length, columns: 0, kind: .newline)
            } else if first == 0x20 && length == 1 {
                builder.add(offset: offset, length: 1, columns: 1, kind: .blank)
            } else {
                let columns = metrics.columns(of: character)
                builder.add(offset: offset, length: length, columns: columns, kind: columns > 1 ? .ideograph : .word)
            }
            offset += length
        }
    }

    /// Adds characters whose width is plain from their bytes, ASCII and most ideographs; returns where they end.
    private func simple(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ builder: inout RowBuilder
    ) -> Int {
        /// True when what starts at an offset cannot join the character before it.
        func stands(_ offset: Int) -> Bool {
            offset == bytes.count || bytes[offset] < 0x80 || (0xE4...0xE9).contains(bytes[offset])
        }
        var offset = start
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte >= 0x20, byte < 0x7F, stands(offset + 1) {
                builder.add(offset: offset, length: 1, columns: 1, kind: .init(byte: byte))
                offset += 1
            } else if (0xE5...0xE8).contains(byte), !metrics.asciiOnly, stands(offset + 3) {
                // U+5000 to U+8FFF: ideographs, all of two columns.
                builder.add(offset: offset, length: 3, columns: 2, kind: .ideograph)
                offset += 3
            } else {
                break
            }
        }
        return offset
    }
}

extension TextMetrics {
    /// The columns that a character takes, its stand-in included.
    func columns(of character: Character) -> Int {
        if let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7F { return 1 }
        return width(of: String(character))
    }
}

/// The greedy line breaker behind `RowWrapper`.
private struct RowBuilder {
    enum Kind {
        case blank, word, ideograph, newline

        init(byte: UInt8) {
            self = byte == 0x20 ? .blank : .word
        }
    }

    let firstIndent: Int
    private let width: Int
    private let hangIndent: Int
    private let reserved: Int
    private var rows: [WrappedRow] = []
    private var start = 0
    private var used = 0
    /// Where the row may end, where the next would start, and the columns used up to there.
    private var breakEnd = -1
    private var breakNext = 0
    private var breakUsed = 0
    /// Leading blanks of the text line: the rows that continue it keep them.
    private var leading = 0
    private var isLeading = true
    private var isContinued = false
    private var previous = Kind.blank

    init(width: Int, reserved: Int, indent: Int, hang: Int) {
        // Text keeps at least half of the row, however deep it stands.
        self.width = width
        firstIndent = min(indent, width / 2)
        hangIndent = min(indent + hang, width / 2)
        self.reserved = max(0, min(reserved, width - firstIndent - 1))
    }

    private var indent: Int {
        rows.isEmpty ? firstIndent : hangIndent + (isContinued ? min(leading, max(0, width / 2 - hangIndent)) : 0)
    }

    /// Columns for text in the row that is being filled.
    var available: Int { max(1, width - indent - (rows.isEmpty ? reserved : 0)) }

    mutating func add(offset: Int, length: Int, columns: Int, kind: Kind) {
        if kind == .newline {
            close(end: trimmed(offset), next: offset + length, continues: false)
            return
        }
        if isLeading {
            if kind == .blank { leading += 1 } else { isLeading = false }
        }
        if kind == .blank {
            if previous != .blank || breakEnd < 0 {
                breakEnd = offset
            }
            breakNext = offset + length
            breakUsed = used + columns
        } else if offset > start, previous == .ideograph || (kind == .ideograph && previous != .blank) {
            breakEnd = offset
            breakNext = offset
            breakUsed = used
        }
        if kind != .blank, used + columns > available, offset > start {
            if breakEnd > start {
                let carried = used - breakUsed
                close(end: breakEnd, next: breakNext, continues: true)
                used = max(0, carried)
                // A word that is itself longer than a row is cut.
                if used + columns > available, offset > start {
                    close(end: offset, next: offset, continues: true)
                }
            } else {
                close(end: offset, next: offset, continues: true)
            }
        }
        used += columns
        previous = kind
    }

    mutating func finish(end: Int) -> [WrappedRow] {
        rows.append(WrappedRow(start: start, end: max(start, trimmed(end)), indent: indent))
        return rows
    }

    /// The end of a row without the blanks before it.
    private func trimmed(_ end: Int) -> Int {
        breakEnd > start && breakNext == end ? breakEnd : end
    }

    private mutating func close(end: Int, next: Int, continues: Bool) {
        rows.append(WrappedRow(start: start, end: max(start, end), indent: indent))
        start = next
        used = 0
        breakEnd = -1
        isContinued = continues
        if !continues {
            leading = 0
            isLeading = true
            previous = .blank
        }
    }
}
