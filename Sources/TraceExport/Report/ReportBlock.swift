/// A part of what a span said or heard, as all reports show it.
struct ReportBlock {
    /// Who speaks; formats choose their looks by it.
    enum Voice {
        case system
        case user
        case assistant
        case tool
        case error
        case other
    }

    var voice: Voice
    /// The role or the kind of the content; trace text.
    var title: String
    /// A further word such as `finish reason stop`; trace text.
    var note: String?
    var pieces: [ReportPiece] = []
    /// The block only counts messages that were told above.
    var isHistory = false
}

/// A text of a block.
struct ReportPiece {
    enum Form {
        /// Text with its own line breaks.
        case prose
        /// JSON, arguments, results: fixed width.
        case code
        /// What the model wrote for itself.
        case reasoning
        /// Our own remark in place of a text, such as on content that was withheld.
        case remark
    }

    var form: Form
    /// What the text is, such as `arguments`; trace text.
    var label: String?
    var text: String
    /// Bytes of the whole text, of which `text` may be the start.
    var wholeBytes: Int
    /// Secondary: folded where the format can fold, whatever its length.
    var startsFolded: Bool

    /// Takes a text up to a limit, JSON laid out for reading.
    init(_ form: Form, label: String? = nil, _ text: String, limits: ReportLimits, startsFolded: Bool = false) {
        self.label = label
        self.startsFolded = startsFolded
        let laidOut = form == .code || form == .prose ? JSONLayout.pretty(text) : nil
        let whole = laidOut ?? text
        self.form = laidOut == nil ? form : .code
        self.text = ReportPiece.cut(whole, to: limits.textBytes)
        wholeBytes = whole.utf8.count
    }

    /// Our own remark.
    init(remark: String) {
        form = .remark
        text = remark
        wholeBytes = remark.utf8.count
        startsFolded = false
    }

    var isCut: Bool { text.utf8.count < wholeBytes }

    /// What is told of a text that goes on.
    var cutRemark: String {
        "… \(ReportFigures.bytes(wholeBytes - text.utf8.count)) more of \(ReportFigures.bytes(wholeBytes)), not shown"
    }

    /// True where the text is too long to stand open.
    func isLong(_ limits: ReportLimits) -> Bool {
        text.utf8.count > limits.openBytes
            || text.utf8.lazy.filter { $0 == 0x0A }.prefix(limits.openLines).count == limits.openLines
    }

    /// The first words, in one line.
    var opening: String {
        ReportPiece.cut(text, to: 160).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The start of a text in at most so many bytes, whole characters.
    static func cut(_ text: String, to bytes: Int) -> String {
        guard text.utf8.count > bytes else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: bytes)
        while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil {
            text.utf8.formIndex(before: &end)
        }
        return String(text[..<end])
    }
}

/// How much of a trace a report shows; what is beyond is counted, never dropped without a word.
struct ReportLimits {
    /// Spans drawn in the waterfall of a trace.
    var waterfallRows = 400
    /// Spans of a trace whose content is shown.
    var entries = 1000
    /// Streams of a trace that are shown.
    var streams = 200
    /// Findings, agent runs and steps of a trace, each.
    var listed = 500
    /// Bytes of one text.
    var textBytes = 100_000
    /// Bytes and lines of a text that stands open; longer ones are folded where the format can fold.
    var openBytes = 2000
    var openLines = 24
    /// Bytes of written content of a trace, of entries and of streams each.
    var contentBytes = 16_000_000
    /// Messages and pieces of one span.
    var blocks = 400
}
