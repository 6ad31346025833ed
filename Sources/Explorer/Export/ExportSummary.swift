import Canvas
import Tables
import TraceExport
import TraceModel

/// What an export comes to, said before anything is written; while it is written, how far it is.
struct ExportSummary {
    let state: AppState
    let export: ExportState

    private var ascii: Bool { state.isASCII }

    func render(in rect: Rect, into canvas: inout Canvas) {
        guard rect.columns > 4 else { return }
        let painter = LinePainter(theme: state.theme)
        let wrapper = RowWrapper(metrics: state.metrics, width: rect.columns - 2)
        var row = rect.row
        for line in lines(columns: rect.columns - 2) {
            for wrapped in wrapper.rows(of: line) {
                if row >= rect.endRow { return }
                painter.draw(
                    line, wrapped.start..<wrapped.end, column: rect.column + 1 + wrapped.indent, row: row,
                    limit: rect.columns - 2 - wrapped.indent, into: &canvas)
                row += 1
            }
        }
    }

    private func lines(columns: Int) -> [DisplayLine] {
        if let run = export.run { return progress(run, columns: columns) }
        var lines: [DisplayLine] = []
        if let problem = export.problem {
            lines.append(DisplayLine(Glyphs.error(ascii: ascii) + " " + problem, role: .error, hang: 2))
        }
        for remark in export.remarks {
            lines.append(DisplayLine(Glyphs.finding(ascii: ascii) + " " + remark, role: .warning, hang: 2))
        }
        if !export.remarks.isEmpty { return lines }
        lines.append(amount)
        if let estimate = export.estimate { lines.append(stored(estimate.redaction)) }
        if export.order.scope.isPart {
            lines.append(DisplayLine("part of a trace: \(export.choice.title)", role: .accent, hang: 2))
        }
        return lines
    }

    private var amount: DisplayLine {
        guard let estimate = export.estimate else {
            let text = export.isEstimating ? "counting " + Glyphs.more(ascii: ascii) : "how much it is cannot be told"
            return DisplayLine("\(text), as \(export.format.rawValue)", role: .dim)
        }
        return DisplayLine("\(ExportWords.amount(estimate)), as \(export.format.rawValue)", role: .headerFigure)
    }

    /// Raw texts that leave unredacted are a leak; raw texts that are redacted on the way are worth a word.
    private func stored(_ redaction: TraceRedaction) -> DisplayLine {
        let isLeak = export.isUnredacted && redaction.spansRaw + redaction.spansUnknown > 0
        return DisplayLine(ExportWords.stored(redaction), role: isLeak ? .warning : .dim)
    }

    private func progress(_ run: ExportState.Run, columns: Int) -> [DisplayLine] {
        let share = ExportWords.share(run)
        let percent = run.total > 0 ? Figures.percent(share) : Glyphs.more(ascii: ascii)
        var line = DisplayLine(run.isStopping ? "stopping " : "writing ", role: .headerFigure)
        line.append(percent + " ", .headerFigure)
        let width = min(40, columns / 3)
        line.append(BarPlot.leftAligned(share: share, width: width, ascii: ascii), .waterfallModel)
        if run.total > 0 {
            line.append(" \(Figures.count(Int64(run.done))) of \(Counted.text(run.total, "span"))", .dim)
        }
        let hint = DisplayLine("Esc stops it, q closes the dialog while it goes on", role: .dim)
        return [line, hint]
    }
}
