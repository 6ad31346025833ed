import Basics
import Canvas
import TraceAnalysis
import TraceModel

/// Draws one row of the agents: the label in the tree, figures, and the lane.
struct AgentRowPainter {
    let state: AppState
    let loaded: LoadedAgents
    let columns: ListColumns
    let style: RowStyle

    private var ascii: Bool { state.isASCII }

    func render(_ item: AgentRow, row: Int, into canvas: inout Canvas) {
        let run = loaded.runs[item.run]
        let runs = item.members.isEmpty ? [run] : item.members.map { loaded.runs[Int($0)] }
        let errors = runs.reduce(0) { $0 + $1.errorCount }
        if let (sign, role) = mark(runs) {
            columns.write(sign, 0, row: row, style: style[role], into: &canvas)
        }
        renderLabel(item, run, runs, in: columns.place(1, row: row), into: &canvas)
        columns.write(
            run.name == nil ? "missing" : run.source.name, 2, row: row, style: style[.dim], into: &canvas)
        let nanos = runs.compactMap { DurationText.between($0.startUnixNano, $0.endUnixNano) }
        let total = nanos.isEmpty ? nil : nanos.reduce(Int64(0)) { $0.addingClamped($1) }
        columns.write(DurationText.text(total, ascii: ascii), 3, row: row, style: style[.text], into: &canvas)
        let calls = runs.reduce(0) { $0 + $1.modelCalls + $1.toolCalls }
        columns.write(Figures.count(Int64(calls)), 4, row: row, style: style[.text], into: &canvas)
        columns.write(RunTokens(runs).text(ascii: ascii), 5, row: row, style: style[.text], into: &canvas)
        columns.write(
            Figures.count(Int64(errors)), 6, row: row, style: style[errors > 0 ? .error : .dim], into: &canvas)
        for run in runs { renderLane(run, in: columns.place(7, row: row), into: &canvas) }
    }

    /// The gravest of what became of the runs.
    private func mark(_ runs: [AgentRun]) -> (String, Role)? {
        if runs.contains(where: { $0.state == .error }) { return (Glyphs.error(ascii: ascii), .error) }
        if runs.contains(where: { $0.state == .cancelled }) { return (Glyphs.cancelled(ascii: ascii), .cancelled) }
        if runs.contains(where: { $0.state == .unfinished }) { return (Glyphs.unfinished(ascii: ascii), .warning) }
        return nil
    }

    private func renderLabel(
        _ item: AgentRow, _ run: AgentRun, _ runs: [AgentRun], in rect: Rect, into canvas: inout Canvas
    ) {
        // The label keeps at least half of the room, however deep the tree.
        let levels = min(item.depth, rect.columns / 4)
        var column = rect.column + levels * 2
        if item.depth > levels { canvas.write("\(min(item.depth, 99))", column: rect.column, row: rect.row, limit: 2) }
        if item.hasChildren {
            let sign = item.hiddenCount > 0 ? Glyphs.folded(ascii: ascii) : Glyphs.open(ascii: ascii)
            canvas.write(sign, column: column, row: rect.row, style: style[.dim])
        }
        column += 2
        var tail = ""
        if item.hiddenCount > 0 { tail = "+\(Figures.count(Int64(item.hiddenCount)))" }
        if runs.count > 1 { tail = (ascii ? "x" : "×") + "\(runs.count)" + (tail.isEmpty ? "" : " " + tail) }
        var end = rect.endColumn
        if !tail.isEmpty {
            end -= canvas.metrics.width(of: tail)
            canvas.write(tail, column: end, row: rect.row, style: style[.accent])
            end -= 1
        }
        if run.relation == .handedOff {
            column += canvas.write(Glyphs.right(ascii: ascii) + " ", column: column, row: rect.row, style: style[.dim])
        }
        let room = max(0, end - column)
        let label = RunLabel(run, columns: room, metrics: canvas.metrics)
        canvas.write(
            text(item, run, label), in: Rect(column: column, row: rect.row, columns: room, rows: 1),
            style: label.style(style))
    }

    /// The label, without what the grouping or the row above says already.
    private func text(_ item: AgentRow, _ run: AgentRun, _ label: RunLabel) -> String {
        switch state.agents?.grouping {
        case .names?: return run.name ?? run.role ?? "?"
        case .attempts? where item.depth > 0 && run.attempt > 1 && run.firstAttempt != run.number:
            let reason = run.attemptReason.map { " \(Glyphs.left(ascii: ascii))\($0.name)" } ?? ""
            return "try \(run.attempt)" + reason
        default: return label.text
        }
    }

    /// When the run ran, between the first and the last time of all runs.
    private func renderLane(_ run: AgentRun, in rect: Rect, into canvas: inout Canvas) {
        guard rect.columns > 0, let start = run.startUnixNano else { return }
        let scale = Double(rect.columns) / loaded.extent.length
        func cell(_ time: Int64) -> Int {
            max(0, min(rect.columns - 1, Int(clamped: loaded.extent.offset(of: time) * scale)))
        }
        let first = cell(start)
        let last = max(first, cell(run.endUnixNano ?? loaded.extent.end))
        let role: Role = run.state == .error ? .waterfallError : .waterfallAgent
        let isOpen = run.endUnixNano == nil
        let text: String
        if first == last {
            text = ascii ? "|" : "│"
        } else {
            let middle = String(repeating: ascii ? "-" : "─", count: last - first - 1)
            text = (ascii ? "|" : "├") + middle + (isOpen ? Glyphs.unfinished(ascii: ascii) : ascii ? "|" : "┤")
        }
        canvas.write(text, column: rect.column + first, row: rect.row, style: style[role])
        if run.state == .error, last + 1 < rect.columns {
            canvas.write(
                Glyphs.error(ascii: ascii), column: rect.column + last + 1, row: rect.row, style: style[.error])
        }
    }
}
