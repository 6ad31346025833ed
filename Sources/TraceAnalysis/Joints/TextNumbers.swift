/// Numbers texts from 0 in the order in which they first come.
///
/// An open-addressing table of hashes beside the texts: a lookup touches one word of the table and the text itself, and
/// growing moves words only.
struct TextNumbers {
    private(set) var texts: [String] = []
    /// The high half of each word is the hash of a text, the low half its number plus 1; 0 is free.
    private var words: [UInt64] = Array(repeating: 0, count: 16)

    /// The number of a text, a new one where it is new.
    mutating func number(of text: String) -> Int32 {
        let hash = UInt64(UInt32(truncatingIfNeeded: text.hashValue))
        let place = place(of: text, hash)
        if words[place] != 0 { return number(words[place]) }
        texts.append(text)
        words[place] = hash << 32 | UInt64(texts.count)
        if texts.count * 2 > words.count { grow() }
        return Int32(clamping: texts.count - 1)
    }

    /// Where a text stands in the table, or the free place where it would.
    private func place(of text: String, _ hash: UInt64) -> Int {
        let mask = words.count - 1
        var place = Int(hash) & mask
        while words[place] != 0, words[place] >> 32 != hash || texts[Int(number(words[place]))] != text {
            place = (place + 1) & mask
        }
        return place
    }

    private func number(_ word: UInt64) -> Int32 { Int32(truncatingIfNeeded: word & 0xFFFF_FFFF) - 1 }

    private mutating func grow() {
        let old = words
        words = Array(repeating: 0, count: old.count * 4)
        let mask = words.count - 1
        for word in old where word != 0 {
            var place = Int(word >> 32) & mask
            while words[place] != 0 { place = (place + 1) & mask }
            words[place] = word
        }
    }
}
