import Basics
import TraceModel

extension MarkdownWriter {
    /// A list of statements as a table of two columns.
    mutating func facts(_ facts: [ReportOverview.Fact]) {
        markup("| | |\n|---|---|\n")
        for fact in facts {
            markup("| ")
            words(fact.label)
            markup(" | ")
            if fact.isQuoted { code(fact.value, inTable: true) } else { words(fact.value) }
            markup(" |\n")
        }
        markup("\n")
    }

    /// A line that counts what is not shown.
    mutating func more(_ remark: String) {
        markup("… ")
        words(remark)
        markup("\n\n")
    }

    /// A part of what a span said or heard.
    mutating func block(_ block: ReportBlock) {
        markup("**")
        switch block.voice {
        case .system: markup("system")
        case .user: markup("user")
        case .assistant: markup("assistant")
        case .tool: markup("tool")
        case .error: markup("error")
        case .other: markup("other")
        }
        markup("** ")
        code(block.title)
        if let note = block.note {
            markup(" ")
            code(note)
        }
        markup("\n\n")
        for piece in block.pieces {
            if piece.form == .remark {
                code(piece.text)
                markup("\n\n")
                continue
            }
            if let label = piece.label {
                code(label)
                markup("\n\n")
            }
            self.block(piece.text)
            if piece.isCut {
                words(piece.cutRemark)
                markup("\n\n")
            }
        }
    }

    /// A stream: arrivals as a line of bars, figures, text with its gaps.
    mutating func stream(_ stream: WholeStream, _ shown: ReportStream) {
        if let bins = StreamBins(stream, most: 72) {
            block(MarkdownWriter.sparkline(bins))
        }
        facts(shown.facts)
        var text = ""
        for segment in shown.segments {
            if let mark = segment.mark {
                let glyph =
                    switch mark.kind {
                    case .gap: "‖"
                    case .loop: "⟲"
                    case .end: "■"
                    }
                text += "⟦\(glyph) \(mark.words)⟧"
            }
            text += segment.text
        }
        block(text)
        if let remark = shown.cutRemark { more(remark) }
    }

    /// Content by time in eighth blocks, stalls as `‖`, and an axis beneath.
    private static func sparkline(_ bins: StreamBins) -> String {
        let levels = Array("▁▂▃▄▅▆▇█")
        let most = Double(bins.bins.map(\.bytes).max() ?? 0)
        var line = ""
        for (place, bin) in bins.bins.enumerated() {
            let share = Double(place) / Double(bins.bins.count)
            if bin.bytes > 0, most > 0 {
                let level = (Double(bin.bytes) / most).squareRoot() * Double(levels.count - 1)
                line.append(levels[min(levels.count - 1, max(0, Int(clamped: level.rounded())))])
            } else {
                line.append(bins.stalls.contains { $0.start <= share && share < $0.end } ? "‖" : "·")
            }
        }
        let end = ReportFigures.duration(bins.durationNanos)
        let spaces = String(repeating: " ", count: max(1, bins.bins.count - 1 - TextColumns.width(end)))
        return line + "\n0" + spaces + end
    }
}
