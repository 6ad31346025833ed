/// A text in which every number is one and the same symbol, with the numbers beside it.
///
/// Numbers are runs of ASCII digits, and the English number words up to twenty, which counters are written in.
struct NumberFolding {
    /// Stands for a number; no Unicode scalar has this value.
    static let number: UInt32 = 0x0011_0000

    /// The folded text.
    private(set) var symbols: [UInt32] = []
    /// Where each symbol starts in the text, and where the text ends.
    private(set) var origins: [Int32] = []
    /// The places of numbers in `symbols`, and their values; nil for numbers beyond 18 digits.
    private(set) var numberPlaces: [Int] = []
    private(set) var values: [Int64?] = []

    init(_ text: [UInt32]) {
        symbols.reserveCapacity(text.count)
        origins.reserveCapacity(text.count + 1)
        var place = 0
        while place < text.count {
            let symbol = text[place]
            let start = place
            if isDigit(symbol) {
                var value: Int64? = 0
                while place < text.count, isDigit(text[place]) {
                    value = place - start < 18 ? value.map { $0 * 10 + Int64(text[place] - 0x30) } : nil
                    place += 1
                }
                append(value, at: start)
            } else if isLetter(symbol) {
                var packed: UInt64 = 0
                while place < text.count, isLetter(text[place]) {
                    packed = place - start < 8 ? packed << 8 | UInt64(text[place] | 0x20) : 0
                    place += 1
                }
                if place - start >= 3, place - start <= 8, let value = Self.words[packed] {
                    append(value, at: start)
                } else {
                    for letter in start..<place {
                        symbols.append(text[letter])
                        origins.append(Int32(truncatingIfNeeded: letter))
                    }
                }
            } else {
                symbols.append(symbol)
                origins.append(Int32(truncatingIfNeeded: start))
                place += 1
            }
        }
        origins.append(Int32(truncatingIfNeeded: text.count))
    }

    private mutating func append(_ value: Int64?, at start: Int) {
        numberPlaces.append(symbols.count)
        values.append(value)
        symbols.append(Self.number)
        origins.append(Int32(truncatingIfNeeded: start))
    }

    private func isDigit(_ symbol: UInt32) -> Bool { symbol >= 0x30 && symbol <= 0x39 }

    private func isLetter(_ symbol: UInt32) -> Bool {
        let lower = symbol | 0x20
        return lower >= 0x61 && lower <= 0x7A
    }

    /// Number words of three to eight letters, packed as bytes.
    private static let words: [UInt64: Int64] = {
        let cardinals = [
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "", "eighteen", "nineteen", "twenty",
        ]
        let ordinals = [
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
            "twelfth",
        ]
        var words: [UInt64: Int64] = [:]
        for list in [cardinals, ordinals] {
            for (index, word) in list.enumerated() where !word.isEmpty {
                words[word.utf8.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }] = Int64(index + 1)
            }
        }
        return words
    }()
}
