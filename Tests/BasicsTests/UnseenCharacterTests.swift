import Basics
import Testing

@Suite("Unseen characters")
struct UnseenCharacterTests {
    /// Format characters that are drawn in front of digits; Swift does not name their property.
    static let prepended: Set<UInt32> = [
        0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD,
    ]
    /// Blank by their look and not by a property.
    static let blank: Set<UInt32> = [0x2800, 0x16FE4, 0x1D159]

    @Test("The table is what the Unicode properties say, for every character")
    func properties() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let properties = scalar.properties
            let isUnseen =
                switch properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator: true
                case .format: !Self.prepended.contains(value)
                default: properties.isDefaultIgnorableCodePoint || properties.isBidiControl
                }
            if UnseenCharacters.contain(value) != (isUnseen || Self.blank.contains(value)) {
                Issue.record("U+\(String(value, radix: 16))")
            }
        }
    }

    @Test("The ranges are in order and apart")
    func order() {
        for (range, next) in zip(UnseenCharacters.ranges, UnseenCharacters.ranges.dropFirst()) {
            #expect(range.upperBound < next.lowerBound)
        }
    }

    @Test("What people read is none of them")
    func seen() {
        for scalar in "aé中हि😀 \u{A0}\u{3000}\u{E000}\u{FFFD}\u{301}".unicodeScalars {
            #expect(!UnseenCharacters.contain(scalar.value), "\(scalar)")
        }
    }
}
