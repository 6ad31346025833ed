/// The characters that nobody sees, or that change how others are seen: what could steer a terminal or hide in a text.
///
/// The one table of them, for JSON, for cells and for files. It holds, by their Unicode properties: the controls (`Cc`)
/// and the line and paragraph separator (`Zl`, `Zp`), `Bidi_Control`, `Default_Ignorable_Code_Point` (zero widths, tags,
/// variation selectors, fillers, the soft hyphen), the other format characters (`Cf`) but for those that are drawn before
/// digits (`Prepended_Concatenation_Mark`), and three signs that are blank though they are none. Source:
/// Unicode 16, DerivedCoreProperties.txt, PropList.txt.
package enum UnseenCharacters {
    package static let ranges: [ClosedRange<UInt32>] = [
        0x0000...0x001F, 0x007F...0x009F, 0x00AD...0x00AD, 0x034F...0x034F, 0x061C...0x061C, 0x115F...0x1160,
        0x17B4...0x17B5, 0x180B...0x180F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
        // The blank of Braille.
        0x2800...0x2800,
        0x3164...0x3164, 0xFE00...0xFE0F, 0xFEFF...0xFEFF, 0xFFA0...0xFFA0, 0xFFF0...0xFFFB, 0x13430...0x1343F,
        // The filler of the Khitan small script.
        0x16FE4...0x16FE4,
        0x1BCA0...0x1BCA3,
        // The musical sign for a note without a head.
        0x1D159...0x1D159,
        0x1D173...0x1D17A, 0xE0000...0xE0FFF,
    ]

    /// Whether a code point is one of them.
    @inline(__always)
    package static func contain(_ scalar: UInt32) -> Bool {
        scalar < 0x10000 ? basic[Int(scalar >> 6)] >> (scalar & 63) & 1 != 0 : containRare(scalar)
    }

    /// A bit for each code point of the basic plane.
    private static let basic: [UInt64] = {
        var bits = [UInt64](repeating: 0, count: 0x10000 >> 6)
        for range in ranges where range.upperBound < 0x10000 {
            for scalar in range { bits[Int(scalar >> 6)] |= 1 << UInt64(scalar & 63) }
        }
        return bits
    }()

    private static let rare = ranges.filter { $0.lowerBound >= 0x10000 }

    private static func containRare(_ scalar: UInt32) -> Bool {
        rare.contains { $0.contains(scalar) }
    }
}
