/// The vocabulary of the text index, on one connection.
package struct TextVocabulary {
    /// The first occurrence of the first word at or after a text; the words are walked by leaps.
    package static let selectNext = "SELECT term FROM span_text_word WHERE term >= ?1 LIMIT 1"

    /// The words that begin with a text, in order.
    package static func words(
        _ prefix: String, atMost limit: Int, _ next: PreparedStatement
    ) throws(SQLiteFailure) -> [String] {
        var words: [String] = []
        var from = prefix
        while words.count < limit {
            next.bind(1, from)
            defer { next.reset() }
            guard try next.step(), let word = next.text(0), word.utf8.starts(with: prefix.utf8) else { break }
            words.append(word)
            // No word holds a control character, so that this is just behind it.
            from = word + "\u{1}"
        }
        return words
    }
}
