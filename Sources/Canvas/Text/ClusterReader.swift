/// Cuts UTF-8 into clusters that a terminal cell can hold, one after another, without a heap.
///
/// A cell holds one spacing code point and up to `maximumMarks` combining ones. Longer sequences are reduced: an emoji
/// joined from several becomes its first, skin tones and presentation selectors go, a flag becomes its two letters.
/// What must not be drawn becomes one of the stand-ins of `SafeText`.
struct ClusterReader {
    /// Combining marks that one cell takes; curses has room for four.
    static let maximumMarks = 4

    /// What was read.
    enum Piece {
        /// A range of the input as it is.
        case text(Range<Int>, width: Int)
        /// A whole number of cells of other text.
        case standIn(StandIn)
    }

    /// Text in place of something that cannot be drawn.
    enum StandIn {
        /// Cells of one column each, all ASCII or narrow.
        case narrow(String)
        /// A base to which the input's marks are joined.
        case joined(String, width: Int)
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let metrics: TextMetrics
    var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, metrics: TextMetrics, from position: Int = 0) {
        self.bytes = bytes
        self.metrics = metrics
        self.position = position
    }

    /// The next piece; nil at the end.
    @inline(__always)
    mutating func next() -> Piece? {
        guard position < bytes.count else { return nil }
        let byte = bytes[position]
        if byte >= 0x20, byte < 0x7F, position + 1 == bytes.count || bytes[position + 1] < 0x80 {
            position += 1
            return .text(position - 1..<position, width: 1)
        }
        return slowNext()
    }

    private mutating func slowNext() -> Piece {
        let start = position
        let base = readScalar()
        let kind = WidthTable.kind(base)
        switch kind {
        case .unsafe: return .standIn(unsafe(base))
        case .mark: return loneMark(from: start)
        case .narrow, .wide, .ambiguous: break
        }
        if isRegional(base) { return .standIn(flag(base)) }
        let width = kind == .wide || kind == .ambiguous && metrics.ambiguousIsWide ? 2 : 1
        if isBlank(base) { return .standIn(.joined(" ", width: 1)) }
        return joined(base, from: start, width: width)
    }

    /// Takes what joins a base: marks, selectors, skin tones, joined emoji.
    private mutating func joined(_ base: Unicode.Scalar, from start: Int, width: Int) -> Piece {
        var end = position
        var reduced: String?
        var marks = 0
        var skipped = false
        var skippedSelector = false
        while position < bytes.count, bytes[position] >= 0x80 {
            let before = position
            let scalar = readScalar()
            let kind = WidthTable.kind(scalar)
            if kind == .mark {
                if marks == Self.maximumMarks {
                    position = before
                    break
                }
                marks += 1
                if skipped {
                    var text = reduced ?? string(start..<end)
                    text.unicodeScalars.append(scalar)
                    reduced = text
                } else {
                    end = position
                }
            } else if kind == .unsafe, !skippedSelector, isSelector(scalar, of: base) {
                skipped = true
                skippedSelector = true
            } else if kind == .wide, isSkinTone(scalar), base.properties.isEmojiModifierBase {
                skipped = true
            } else if kind == .unsafe, isJoiner(scalar), skipJoined(base) {
                skipped = true
                skippedSelector = false
            } else {
                position = before
                break
            }
        }
        if metrics.asciiOnly, !base.isASCII || marks > 0 {
            return .standIn(.joined(marks > 0 ? "?" : Self.likeness(base), width: 1))
        }
        if let reduced { return .standIn(.joined(reduced, width: width)) }
        return .text(start..<end, width: width)
    }

    /// After a joiner: takes the emoji that follows, or just the joiner inside a script that is written with it.
    private mutating func skipJoined(_ base: Unicode.Scalar) -> Bool {
        let before = position
        if isPictograph(base), position < bytes.count, bytes[position] >= 0x80, isPictograph(readScalar()) {
            return true
        }
        position = before
        return writesWithJoiners(base) && !(position < bytes.count && isJoiner(peekScalar()))
    }

    /// A mark without a base: on a dotted circle, the marks beyond the fourth of a base as a count.
    private mutating func loneMark(from start: Int) -> Piece {
        var end = position
        var marks = 1
        while position < bytes.count, bytes[position] >= 0x80 {
            let before = position
            guard WidthTable.kind(readScalar()) == .mark else {
                position = before
                break
            }
            marks += 1
            if marks <= Self.maximumMarks { end = position }
        }
        if metrics.asciiOnly { return .standIn(.narrow("?")) }
        if marks > Self.maximumMarks || start > 0 && endsInBase(before: start) {
            return .standIn(.narrow("⟨+\(marks)⟩"))
        }
        return .standIn(.joined("\u{25CC}" + string(start..<end), width: 1))
    }

    /// True if the input before a position is a mark, whose base has its fill.
    private func endsInBase(before position: Int) -> Bool {
        var start = position - 1
        while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        var reader = self
        reader.position = start
        return WidthTable.kind(reader.readScalar()) == .mark
    }

    /// Two regional indicators are a flag, drawn as its letters; one alone is nothing that terminals agree on.
    private mutating func flag(_ first: Unicode.Scalar) -> StandIn {
        guard position < bytes.count, bytes[position] == 0xF0 else { return unsafe(first) }
        let before = position
        let second = readScalar()
        guard isRegional(second) else {
            position = before
            return unsafe(first)
        }
        return .narrow(letter(first) + letter(second))
    }

    private func letter(_ regional: Unicode.Scalar) -> String {
        String(UnicodeScalar(UInt8(truncatingIfNeeded: regional.value - 0x1F1E6 + 0x41)))
    }

    private func unsafe(_ scalar: Unicode.Scalar) -> StandIn {
        .narrow(SafeText.standIn(for: scalar, asciiOnly: metrics.asciiOnly, ambiguousIsWide: metrics.ambiguousIsWide))
    }

    private func string(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }
}

extension ClusterReader {
    /// The ASCII character that people read a typographic one as; `?` where there is none.
    fileprivate static func likeness(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "–", "—", "‐", "‑", "−": "-"
        case "“", "”", "„", "«", "»": "\""
        case "‘", "’", "‚": "'"
        case "µ", "μ": "u"
        case "×": "x"
        case "≤": "<"
        case "≥": ">"
        case "…": "."
        case "→": ">"
        case "←": "<"
        case "•", "·": "*"
        case "\u{a0}": " "
        default: "?"
        }
    }
}
