import Canvas

/// Writes Markdown in which trace text stands in code only, so that nothing of it is markup, a link or a mention.
///
/// Forges make mentions, issue numbers, commits, addresses and emoji of plain text even where it is escaped, but never
/// of code. A span of code is fenced by more backticks than it holds in a row, and so is a block. In tables `|` cannot be
/// told from a border by all readers and is written `¦`.
struct MarkdownWriter: MarkupWriter {
    var bytes: [UInt8] = []

    /// Appends trace text as a block of code.
    mutating func block(_ text: String) {
        let fence = String(repeating: "`", count: max(3, MarkdownWriter.longestRun(text) + 1))
        bytes.append(contentsOf: (fence + "text\n").utf8)
        VisibleText.append(text.utf8, to: &bytes) { _ in nil }
        if bytes.last != 0x0A { bytes.append(0x0A) }
        bytes.append(contentsOf: (fence + "\n\n").utf8)
    }

    fileprivate static func longestRun(_ text: String) -> Int {
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    /// What Markdown could read in words: the characters that begin or end any construct.
    fileprivate static func punctuation(_ byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "\\"): "\\\\"
        case UInt8(ascii: "`"): "\\`"
        case UInt8(ascii: "*"): "\\*"
        case UInt8(ascii: "_"): "\\_"
        case UInt8(ascii: "["): "\\["
        case UInt8(ascii: "]"): "\\]"
        case UInt8(ascii: "#"): "\\#"
        case UInt8(ascii: "~"): "\\~"
        case UInt8(ascii: "|"): "\\|"
        case UInt8(ascii: "!"): "\\!"
        case UInt8(ascii: "@"): "&#64;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "&"): "&amp;"
        default: nil
        }
    }
}

extension Markup.StringInterpolation where Writer == MarkdownWriter {
    /// Appends words of our own and figures, which hold nothing that Markdown would read.
    mutating func appendInterpolation(_ words: String) {
        VisibleText.append(words.utf8, to: &writer.bytes, asLine: true, escape: MarkdownWriter.punctuation)
    }

    /// Appends trace text as a span of code in one line; nothing for an empty text.
    mutating func appendInterpolation(code text: String) {
        code(VisibleText.line(text))
    }

    /// Appends trace text as a span of code in a cell of a table.
    mutating func appendInterpolation(cell text: String) {
        code(VisibleText.line(text).replacing("|", with: "¦"))
    }

    private mutating func code(_ line: String) {
        if line.isEmpty { return }
        let fence = String(repeating: "`", count: MarkdownWriter.longestRun(line) + 1)
        // A space on both sides is taken away again; without it a backtick at the end would join the fence.
        let isBare = fence.count == 1 && !line.hasPrefix(" ") && !line.hasSuffix(" ")
        writer.bytes.append(contentsOf: (isBare ? fence + line + fence : fence + " " + line + " " + fence).utf8)
    }
}
