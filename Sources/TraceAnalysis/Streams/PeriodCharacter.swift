/// What one period of a repetition is made of, which tells what a person or a program would repeat on purpose.
struct PeriodCharacter {
    private(set) var length = 0
    private(set) var letters = 0
    private(set) var digits = 0
    private(set) var blanks = 0
    private(set) var words = 0
    /// Ends of sentences: `.`, `!`, `?` and their kin before a blank or the end of the period.
    private(set) var sentences = 0
    /// Signs that code, tables and markup are full of and prose is not.
    private(set) var codeSigns = 0
    private(set) var hasWideLetters = false

    /// Reads one period; it is seen as a circle, since a repetition may start anywhere in it.
    init(_ text: some RandomAccessCollection<UInt32>) {
        var previous: UInt32 = text.last ?? 0x20
        for symbol in text {
            length += 1
            let isLetter = Self.isLetter(symbol)
            if isLetter {
                letters += 1
                if symbol >= 0x2E80 {
                    hasWideLetters = true
                    words += letters % 2
                } else if !Self.isLetter(previous) {
                    words += 1
                }
            } else if symbol >= 0x30, symbol <= 0x39 {
                digits += 1
            } else if Self.isBlank(symbol) {
                blanks += 1
                if Self.endsSentence(previous) { sentences += 1 }
            } else if Self.codeSigns.contains(symbol) {
                codeSigns += 1
            }
            if Self.endsWideSentence(symbol) { sentences += 1 }
            previous = symbol
        }
    }

    /// Mostly words.
    var isProse: Bool {
        length > 0 && letters * 10 >= length * 5 && codeSigns * 100 <= length * 5 && digits * 100 <= length * 15
            && (blanks > 0 || hasWideLetters)
    }

    private static let codeSigns: Set<UInt32> = Set("{}[]()<>=;|\\/_&$@^~`+\"#".unicodeScalars.map(\.value))

    private static func isLetter(_ symbol: UInt32) -> Bool {
        if symbol < 0x80 {
            let lower = symbol | 0x20
            return lower >= 0x61 && lower <= 0x7A
        }
        return Unicode.Scalar(symbol)?.properties.isAlphabetic ?? false
    }

    private static func isBlank(_ symbol: UInt32) -> Bool {
        symbol == 0x20 || symbol >= 0x09 && symbol <= 0x0D || symbol == 0xA0 || symbol == 0x3000
    }

    private static func endsSentence(_ symbol: UInt32) -> Bool {
        symbol == 0x2E || symbol == 0x21 || symbol == 0x3F || symbol == 0x2026
    }

    private static func endsWideSentence(_ symbol: UInt32) -> Bool {
        symbol == 0x3002 || symbol == 0xFF01 || symbol == 0xFF1F
    }
}
