import TraceModel

/// What a recorded terminal shows last: where its cursor is, and whose text stands there.
///
/// Texts are safe for terminals when they come here; the sequences for looks are ours.
struct CastTerminal {
    static let columns = 100
    static let rows = 30

    /// Looks of text: the only sequences that a recording holds.
    enum Look: String {
        case dim = "\u{1B}[2m"
        case bold = "\u{1B}[1m"
        case red = "\u{1B}[31m"
        case yellow = "\u{1B}[33m"
        case cyan = "\u{1B}[36m"
    }

    private static let plain = "\u{1B}[0m"

    private var column = 0
    private var owner: Int?

    static func styled(_ text: String, _ look: Look) -> String { look.rawValue + text + plain }

    /// A whole line of its own; `text` fits the terminal.
    mutating func line(_ text: String) -> String {
        let isAtStart = column == 0
        column = 0
        owner = nil
        return (isAtStart ? "" : "\r\n") + text + "\r\n"
    }

    /// A piece of a text that grows; where another text or line came between, it goes on behind its prefix.
    ///
    /// Lines break between words as far as the piece shows them.
    mutating func type(_ text: String, owner: Int, prefix: String, label: String) -> String {
        var result = ""
        if self.owner != owner {
            if column > 0 { result += "\r\n" }
            result += CastTerminal.styled(prefix + label, .dim)
            column = TextColumns.width(prefix + label)
            self.owner = owner
        }
        var rest = text[...]
        while let first = rest.first {
            if first == "\n" || first == "\r\n" {
                rest.removeFirst()
                result += "\r\n"
                column = 0
                continue
            }
            let word = first == " " ? rest.prefix(1) : rest.prefix { $0 != " " && $0 != "\n" && $0 != "\r\n" }
            rest = rest.dropFirst(word.count)
            result += put(word, prefix: prefix)
        }
        return result
    }

    /// A word or a space, on the next line where it does not fit.
    private mutating func put(_ word: Substring, prefix: String) -> String {
        var result = ""
        let isWide = column + TextColumns.width(String(word)) > CastTerminal.columns
        if isWide, column > TextColumns.width(prefix), word.count <= CastTerminal.columns / 2 {
            result += "\r\n"
            column = 0
            if word == " " { return result }
        }
        for character in word {
            let width = TextColumns.width(character)
            if column + width > CastTerminal.columns {
                result += "\r\n"
                column = 0
            }
            if column == 0 {
                result += CastTerminal.styled(prefix, .dim)
                column = TextColumns.width(prefix)
            }
            result.append(character)
            column += width
        }
        return result
    }
}

/// A span as a recording keeps it until its trace ends.
struct CastSpan {
    var row: SpanRow
    var name: String
    var subject: String?
    /// The start of what it was given and of what came out, in one line each.
    var given: String?
    var result: String?
    /// Its stream, where chunks have times.
    var stream: WholeStream?
    var errorMessage: String?

    private static let previewBytes = 600

    init(_ span: ExportSpan) {
        let report = ReportSpan(span)
        row = report.row
        name = report.shownName
        subject = report.subject
        let content = span.content
        given = CastSpan.preview(content.toolArguments)
        if let whole = span.stream, whole.info.timing == .measured || whole.info.timing == .synthetic,
            whole.chunks.offsets.contains(where: { $0 != StreamChunks.unknownOffset })
        {
            stream = whole
        } else {
            result = CastSpan.preview(content.toolResult ?? CastSpan.answer(content.outputMessages))
        }
        errorMessage = span.row.isError ? CastSpan.preview(span.span.status.message) : nil
    }

    private static func preview(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        let start = ReportPiece.cut(text, to: previewBytes)
        return start.utf8.count < text.utf8.count ? start + "…" : start
    }

    private static func answer(_ messages: [Message]) -> String? {
        let parts = messages.flatMap(\.parts).compactMap { part -> String? in
            switch part {
            case .text(let text): preview(text)
            case .toolCall(_, let name, let arguments): "\(name ?? "a tool") \(preview(arguments) ?? "")"
            default: nil
            }
        }
        return parts.isEmpty ? nil : parts.prefix(8).joined(separator: "\n")
    }
}
