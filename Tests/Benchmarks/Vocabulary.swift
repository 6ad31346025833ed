import Basics

/// Made-up words that occur as often as words do in a language: the n-th most frequent with a share of 1/n.
struct Vocabulary: Sendable {
    private static let syllables = [
        "ka", "lo", "mi", "ter", "ran", "vel", "sto", "pri", "nex", "qua", "dor", "fin", "gal", "hes", "jun", "kor",
        "lim",
        "mon", "nor", "pel", "rix", "sal", "tor", "und", "vex", "wil", "yon", "zed",
    ]

    let words: [String]
    /// For each of 65,536 equal parts of the whole, the word that stands there.
    private let table: [UInt16]

    init(seed: UInt64, count: Int = 3000) {
        var random = SplitMix64(seed: seed)
        words = (0..<count).map { _ in
            (0..<random.integer(1...3)).map { _ in
                Vocabulary.syllables[Int(random.integer(0...Int64(Vocabulary.syllables.count - 1)))]
            }.joined()
        }
        let total = (0..<count).reduce(0.0) { $0 + 1 / Double($1 + 2) }
        var table: [UInt16] = []
        var sum = 0.0
        for index in 0..<count {
            sum += 1 / Double(index + 2) / total
            let end = index == count - 1 ? 65_536 : Int(clamped: sum * 65_536)
            while table.count < end { table.append(UInt16(index)) }
        }
        self.table = table
    }

    func text(_ count: Int, _ random: inout SplitMix64) -> String {
        var text = ""
        text.reserveCapacity(count * 7)
        for index in 0..<count {
            if index > 0 { text += " " }
            text += words[Int(table[Int(random.next() >> 48)])]
        }
        return text
    }
}
