import Basics
import Canvas
import TraceModel
import TraceQuery

/// Draws figures and findings, under the text or beside it.
struct StreamFigurePainter {
    let state: AppState
    let stream: StreamState
    let layout: StreamLayout

    private var ascii: Bool { state.isASCII }
    private var theme: Theme { state.theme }

    func render(into canvas: inout Canvas) {
        if stream.tapes.count > 1 {
            renderComparison(into: &canvas)
            return
        }
        guard let tape = stream.tape else { return }
        let items = StreamFigureItems(tape: tape, time: stream.figureTime, count: stream.figureCount, ascii: ascii)
        if !layout.pane.isEmpty {
            renderPane(tape, items, into: &canvas)
            return
        }
        if layout.header.isEmpty {
            // The smallest screens have no header: the status takes the place of the figures.
            let status = StreamScreen.status(state, stream)
            let both = status + "  " + tape.timing.label
            let hasRoom = canvas.metrics.width(of: both) <= layout.figures.columns
            canvas.write(hasRoom ? both : status, in: layout.figures, style: theme[.headerFigure])
            return
        }
        flow(items.live() + items.whole(), in: layout.figures, into: &canvas)
        for (index, finding) in tape.detail.findings.prefix(layout.findings.rows).enumerated() {
            var place = layout.findings
            place.row += index
            place.rows = 1
            let more = tape.detail.findings.count - layout.findings.rows
            let suffix = index == layout.findings.rows - 1 && more > 0 ? "  and \(more) more" : ""
            let width = canvas.metrics.width(of: suffix)
            if width > 0 {
                canvas.write(suffix, endingAt: place.endColumn, row: place.row, style: theme[.dim])
                place.columns -= width
            }
            let sign = Glyphs.finding(ascii: ascii) + " " + finding.rule
            let used = canvas.write(sign, in: place, style: theme[.finding])
            place.column += used + 2
            place.columns -= used + 2
            canvas.write(finding.message, in: place, style: theme[.text])
        }
    }

    /// Items side by side, two columns apart, on as many rows as there are.
    private func flow(_ items: [StreamFigureItems.Item], in rect: Rect, into canvas: inout Canvas) {
        var row = rect.row
        var column = rect.column
        for item in items {
            let width = item.label.count + 1 + canvas.metrics.width(of: item.value)
            if column > rect.column, column + width > rect.endColumn {
                row += 1
                column = rect.column
            }
            guard row < rect.endRow else { return }
            column += canvas.write(
                item.label, column: column, row: row, style: theme[.dim], limit: rect.endColumn - column)
            column += 1
            column += canvas.write(
                item.value, column: column, row: row, style: theme[item.isWarning ? .warning : .text],
                limit: rect.endColumn - column)
            column += 2
        }
    }

    // MARK: Pane

    private func renderPane(_ tape: StreamTape, _ items: StreamFigureItems, into canvas: inout Canvas) {
        let rect = layout.pane
        var row = rect.row + 1
        func line(_ text: String, _ role: Role) {
            guard row < rect.endRow else { return }
            canvas.write(
                text, in: Rect(column: rect.column + 1, row: row, columns: rect.columns - 2, rows: 1),
                style: theme[role])
            row += 1
        }
        func table(_ title: String, _ items: [StreamFigureItems.Item]) {
            line(title, .header)
            for item in items where row < rect.endRow {
                canvas.write(item.label, column: rect.column + 1, row: row, style: theme[.dim], limit: 16)
                let limit = rect.columns - 20
                if canvas.metrics.width(of: item.value) <= limit {
                    canvas.write(
                        item.value, endingAt: rect.endColumn - 1, row: row,
                        style: theme[item.isWarning ? .warning : .text])
                } else {
                    canvas.write(
                        item.value, in: Rect(column: rect.column + 19, row: row, columns: limit, rows: 1),
                        style: theme[item.isWarning ? .warning : .text])
                }
                row += 1
            }
            row += 1
        }
        table("At the playhead", items.live())
        table("Whole stream", items.whole())
        let wrapper = RowWrapper(metrics: state.metrics, width: max(8, rect.columns - 4))
        func paragraph(_ text: String, _ role: Role, indent: Int) {
            let shown = DisplayLine(LongText.prefix(text, bytes: 2000).text, role: role)
            for piece in wrapper.rows(of: shown) {
                line(
                    String(repeating: " ", count: indent + piece.indent)
                        + LongText.slice(shown.text, piece.start..<piece.end), role)
            }
        }
        for finding in tape.detail.findings {
            line(Glyphs.finding(ascii: ascii) + " " + finding.rule, .finding)
            paragraph(finding.message, .text, indent: 2)
            row += 1
        }
        for remark in tape.detail.info.remarks.prefix(10) { paragraph(remark, .dim, indent: 0) }
    }

    // MARK: Two streams

    private func renderComparison(into canvas: inout Canvas) {
        let (a, b) = (stream.tapes[0], stream.tapes[1])
        let here = StreamComparison(a, b, at: stream.figureTime)
        let aTime = here.first.map { StreamTime.text($0) } ?? Glyphs.unknown(ascii: ascii)
        let bTime = here.second.map { StreamTime.text($0) } ?? "never"
        let verdict: String
        switch here.difference {
        case nil: verdict = "b never has so many"
        case 0?: verdict = "at the same time"
        case let nanos?:
            verdict = "b " + Figures.duration(nanos: abs(nanos)) + (nanos > 0 ? " later" : " earlier")
        }
        let live = [
            StreamFigureItems.Item(label: "to", value: "\(here.characters) characters"),
            StreamFigureItems.Item(label: "a", value: aTime), StreamFigureItems.Item(label: "b", value: bTime),
            StreamFigureItems.Item(label: ascii ? "->" : "→", value: verdict),
        ]
        var first = layout.figures
        first.rows = min(1, first.rows)
        if layout.header.isEmpty {
            canvas.write(StreamScreen.status(state, stream) + "  \(verdict)", in: first, style: theme[.headerFigure])
            return
        }
        flow(live, in: first, into: &canvas)
        if layout.figures.rows > 1 {
            var second = layout.figures
            second.row += 1
            second.rows = 1
            let items = zip(["a", "b"], stream.tapes).enumerated().flatMap { index, side in
                let (letter, tape) = side
                let count = index == 0 ? stream.figureCount : tape.count(at: stream.figureTime)
                let rate = tape.rate(at: stream.figureTime).map { Figures.count(Int64(clamped: $0.rounded())) }
                return [
                    StreamFigureItems.Item(label: "\(letter) chunks", value: "\(count) of \(tape.chunkCount)"),
                    StreamFigureItems.Item(
                        label: "rate", value: (rate ?? Glyphs.unknown(ascii: ascii)) + " chunks/s"),
                ]
            }
            flow(items, in: second, into: &canvas)
        }
        renderDifferences(a, b, into: &canvas)
    }

    /// The difference at even distances of the first stream's time.
    private func renderDifferences(_ a: StreamTape, _ b: StreamTape, into canvas: inout Canvas) {
        guard !layout.difference.isEmpty else { return }
        let plot = StreamLayout.plot(layout.difference)
        StreamStripPainter(state: state, stream: stream, tape: a, extent: stream.duration)
            .label("b - a", of: layout.difference, into: &canvas)
        let distance = 12
        var column = 0
        while column + 8 <= plot.columns {
            let time = Int64(clamped: Double(column) / Double(plot.columns) * Double(stream.duration))
            if time <= a.duration, a.count(at: time) > 0 {
                canvas.write(
                    StreamComparison(a, b, at: time).text(ascii: ascii), column: plot.column + column, row: plot.row,
                    style: theme[.axis], limit: distance - 1)
            }
            column += distance
        }
    }
}
