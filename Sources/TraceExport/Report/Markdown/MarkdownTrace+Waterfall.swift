import Basics
import TraceModel

extension MarkdownTrace {
    private static let labelColumns = 48
    private static let durationColumns = 10
    private static let barColumns = 40

    /// The spans in tree order with bars, as a block of fixed-width text.
    func waterfall(into markdown: inout MarkdownWriter) {
        markdown.markup("## Waterfall\n\n")
        if rows.rows.isEmpty {
            markdown.markup("No spans.\n\n")
            return
        }
        var text = ""
        if let nanos = rows.extent.nanos {
            let end = ReportFigures.duration(nanos)
            let left = String(repeating: " ", count: MarkdownTrace.labelColumns + MarkdownTrace.durationColumns + 6)
            let middle = String(repeating: " ", count: max(1, MarkdownTrace.barColumns - 1 - TextColumns.width(end)))
            text += left + "0" + middle + end + "\n"
        }
        let flagged = body.flagged
        for row in rows.rows {
            text += line(row, flagged: flagged)
            text += "\n"
        }
        markdown.block(text)
        markdown.markup("`✗` error, `⊘` cancelled, `…` unfinished, `⚑` finding; ")
        markdown.markup("`◆` agent, `●` model call, `■` tool, `▲` retrieval, `▣` check, `○` `·` other.\n\n")
        if rows.hiddenCount > 0 {
            markdown.more("\(ReportFigures.counted(rows.hiddenCount, "span")) not drawn; +n counts those beneath a row")
        }
    }

    private func line(_ row: ReportWaterfall.Row, flagged: [SpanID: FindingSeverity]) -> String {
        let hidden = row.hiddenBeneath > 0 ? " +\(row.hiddenBeneath)" : ""
        let indent = String(repeating: "  ", count: min(row.depth, 12))
        guard let place = row.span else {
            let words = body.overview.trace.part == nil ? "not recorded" : "not in this part"
            return "   \(indent)┄ parent \(row.missingParent?.hex ?? ""), \(words)\(hidden)"
        }
        let span = body.spans[place]
        let flag = places[span.row.spanID] == place && flagged[span.row.spanID] != nil ? "⚑" : " "
        let cycle = row.opensCycle ? "(its own ancestor) " : ""
        let label = indent + span.row.kind.reportGlyph + " " + cycle + VisibleText.line(body.label(of: span))
        let cut = TextColumns.cut(label, to: MarkdownTrace.labelColumns - hidden.count) + hidden
        let duration = span.durationWords
        return (span.stateGlyph ?? " ") + flag + " " + padded(cut, to: MarkdownTrace.labelColumns) + " "
            + padded(duration, to: MarkdownTrace.durationColumns, isRight: true) + "  " + bar(span)
    }

    private func padded(_ text: String, to columns: Int, isRight: Bool = false) -> String {
        let spaces = String(repeating: " ", count: max(0, columns - TextColumns.width(text)))
        return isRight ? spaces + text : text + spaces
    }

    /// A bar in cells, at least one for a span that has a start; open-ended ones end in `…`.
    private func bar(_ span: ReportSpan) -> String {
        guard let start = span.row.startUnixNano else { return "" }
        let columns = Double(MarkdownTrace.barColumns)
        let from = min(MarkdownTrace.barColumns - 1, Int(clamped: rows.extent.share(start) * columns))
        let share = rows.extent.share(span.row.endUnixNano ?? rows.extent.end ?? start)
        let length = max(1, Int(clamped: (share * columns).rounded()) - from)
        let fill: Character =
            switch span.row.kind.reportGroup {
            case .model: "▓"
            case .tool, .retrieval: "█"
            default: "▒"
            }
        let bar = String(repeating: fill, count: span.isOpenEnded ? length - 1 : length)
        return String(repeating: " ", count: from) + bar + (span.isOpenEnded ? "…" : "")
    }
}
