import Canvas

/// Points at a place in a text, on the line below it.
enum Caret {
    /// The text as one safe line.
    static func line(_ text: String) -> String {
        TextMetrics().clusters(of: text).map(\.text).joined()
    }

    /// A caret under the character at a position, counted from 0; wide characters before it count twice.
    static func pointer(in text: String, at position: Int) -> String {
        let before = TextMetrics().width(of: String(text.prefix(max(0, position))))
        return String(repeating: " ", count: before) + "^"
    }
}
