extension HTMLWriter {
    /// A list of statements.
    mutating func facts(_ facts: [ReportOverview.Fact]) {
        markup("<dl>\n")
        for fact in facts {
            markup("<div><dt>")
            line(fact.label)
            markup("</dt><dd>")
            if fact.isIdentifier { markup("<code>") }
            line(fact.value)
            if fact.isIdentifier { markup("</code>") }
            markup("</dd></div>\n")
        }
        markup("</dl>\n")
    }

    /// A line that counts what is not shown.
    mutating func more(_ words: String) {
        markup("<p class=\"more\">… ")
        line(words)
        markup("</p>\n")
    }

    /// A part of what a span said or heard.
    mutating func block(_ block: ReportBlock, limits: ReportLimits) {
        switch block.voice {
        case .system: markup("<div class=\"msg system\">")
        case .user: markup("<div class=\"msg user\">")
        case .assistant: markup("<div class=\"msg assistant\">")
        case .tool: markup("<div class=\"msg tool\">")
        case .error: markup("<div class=\"msg bad\">")
        case .other: markup("<div class=\"msg\">")
        }
        markup("<div class=\"role\">")
        line(block.title)
        if let note = block.note {
            markup("<small>")
            line(note)
            markup("</small>")
        }
        markup("</div>\n<div class=\"said\">")
        for piece in block.pieces { self.piece(piece, limits: limits) }
        markup("</div></div>\n")
    }

    private mutating func piece(_ piece: ReportPiece, limits: ReportLimits) {
        if piece.form == .remark {
            markup("<p class=\"dim\">")
            line(piece.text)
            markup("</p>\n")
            return
        }
        let isFolded = piece.startsFolded || piece.isLong(limits)
        if isFolded {
            markup("<details><summary>")
            if let label = piece.label {
                line(label)
                markup(" ")
            }
            markup("<small>")
            line(ReportFigures.bytes(piece.wholeBytes))
            markup("</small> <span class=\"start\">")
            line(piece.opening)
            markup("</span></summary>\n")
        } else if let label = piece.label {
            markup("<p class=\"label\">")
            line(label)
            markup("</p>\n")
        }
        switch piece.form {
        case .code: markup("<pre>")
        case .reasoning: markup("<div class=\"prose reasoning\">")
        default: markup("<div class=\"prose\">")
        }
        text(piece.text)
        markup(piece.form == .code ? "</pre>\n" : "</div>\n")
        if piece.isCut {
            markup("<p class=\"more\">")
            line(piece.cutRemark)
            markup("</p>\n")
        }
        if isFolded { markup("</details>\n") }
    }
}
