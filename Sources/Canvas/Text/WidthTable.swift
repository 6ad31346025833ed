import Basics

/// How wide each code point is, or why it must not be drawn.
///
/// The runs come from the Unicode character database (general category, East Asian width), see
/// `WidthTable+Runs.swift`; what is unseen is in `UnseenCharacters`. The C library's `wcwidth` is not asked: its Unicode version differs from machine to
/// machine, and it knows nothing of terminals that draw ambiguous characters wide.
enum WidthTable {
    enum Kind: UInt8 {
        /// One column.
        case narrow
        /// Two columns: East Asian wide and fullwidth, which include characters with emoji presentation.
        case wide
        /// Two columns on some East Asian terminals, else one.
        case ambiguous
        /// Joins the character before it: nonspacing and enclosing marks, Hangul vowels and finals.
        case mark
        /// Control, format, invisible, private, unassigned: never drawn as it is.
        case unsafe
    }

    /// The kind of a code point.
    static func kind(_ scalar: Unicode.Scalar) -> Kind {
        let value = Int(scalar.value)
        let raw = value < direct.count ? direct[value] : searched(scalar.value)
        return Kind(rawValue: raw) ?? .unsafe
    }

    /// Where a run of code points of one kind begins: the code point times 8, plus the raw value of its `Kind`.
    static let runs: [UInt32] = {
        var runs: [UInt32] = []
        var start: UInt32 = 0
        var length: UInt32 = 0
        for byte in lengths.utf8 where byte != 0x0A {
            if let kind = letters.firstIndex(of: byte) {
                runs.append(start << 3 | UInt32(kind))
                start += length
                length = 0
            } else if let digit = Hex.digit(byte) {
                length = length << 4 | UInt32(digit)
            }
        }
        return runs
    }()

    /// The letters of the kinds, in the order of their raw values; digits are in upper case.
    private static let letters = Array("nwamu".utf8)

    /// The code points below U+20000, where all but rare ideographs live, one by one.
    private static let direct: [UInt8] = {
        var kinds = [UInt8](repeating: Kind.unsafe.rawValue, count: 0x20000)
        for (index, run) in runs.enumerated() {
            let start = Int(run >> 3)
            let next = index + 1 < runs.count ? Int(runs[index + 1] >> 3) : kinds.count
            if start >= kinds.count { break }
            for value in start..<min(next, kinds.count) { kinds[value] = UInt8(run & 7) }
        }
        for range in UnseenCharacters.ranges {
            for value in range where value < kinds.count { kinds[Int(value)] = Kind.unsafe.rawValue }
        }
        return kinds
    }()

    /// The kind by binary search: the last run that begins at or before the code point.
    private static func searched(_ value: UInt32) -> UInt8 {
        if UnseenCharacters.contain(value) { return Kind.unsafe.rawValue }
        var low = 0
        var high = runs.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if runs[middle] >> 3 <= value { low = middle } else { high = middle }
        }
        return UInt8(runs[low] & 7)
    }
}
