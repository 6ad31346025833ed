import Synchronization

/// A text of any length and its lines, found when they are first asked for.
final class SpanText: Sendable {
    /// The lines of a text: of the text itself, or of the JSON value that it is.
    enum Lines: Sendable {
        case text(TextLines)
        case json(JSONOutline)
    }

    /// How a text is to be read.
    enum Form: Sendable {
        case plain
        /// As JSON where it is valid, else as plain text.
        case json
        /// The same, escapes in strings left as they are written.
        case rawJSON
    }

    let text: String
    let form: Form
    private let cache = Mutex<Lines?>(nil)

    init(_ text: String, form: Form) {
        self.text = text
        self.form = form
    }

    /// A container in JSON by its outer brackets, read as JSON; anything else as plain text.
    convenience init(recognizing text: String) {
        self.init(text, form: SpanText.looksLikeContainer(text) ? .json : .plain)
    }

    var lines: Lines {
        cache.withLock { cached in
            if let cached { return cached }
            let found = find()
            cached = found
            return found
        }
    }

    var lineCount: Int {
        switch lines {
        case .text(let lines): lines.count
        case .json(let outline): outline.count
        }
    }

    /// The outline, where the text is JSON.
    var outline: JSONOutline? {
        if case .json(let outline) = lines { return outline }
        return nil
    }

    private func find() -> Lines {
        switch form {
        case .plain: return .text(TextLines(text))
        case .json, .rawJSON:
            if let outline = JSONOutlineBuilder.outline(of: text, decodes: form == .json) { return .json(outline) }
            return .text(TextLines(text))
        }
    }

    /// True when the first and last characters are brackets of a kind.
    static func looksLikeContainer(_ text: String) -> Bool {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        guard let first = text.utf8.prefix(1024).first(where: { !isBlank($0) }),
            let last = text.utf8.suffix(1024).last(where: { !isBlank($0) })
        else { return false }
        return (first == UInt8(ascii: "{") && last == UInt8(ascii: "}"))
            || (first == UInt8(ascii: "[") && last == UInt8(ascii: "]"))
    }
}
