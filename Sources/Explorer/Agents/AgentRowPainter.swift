import Basics
import Canvas
import Tables
import TraceAnalysis
import TraceModel
import TraceTables

/// Draws one row of the agents: the label in the tree, figures, and the lane.
struct AgentRowPainter {
    let state: AppState
    let loaded: LoadedAgents
    let style: RowStyle

    private var ascii: Bool { state.isASCII }

    /// Draws what no other list has; the figures stand as their columns write them.
    func draw(_ item: AgentRow, _ cell: ListCell<AgentLine>, into canvas: inout Canvas) -> CellDrawing {
        switch cell.column {
        case "mark":
            if let (sign, role) = mark(cell.item.runs) { canvas.write(sign, in: cell.place, style: style[role]) }
        case "agent": renderLabel(item, cell.item.run, cell.item.runs, in: cell.place, into: &canvas)
        case "lane": for run in cell.item.runs { renderLane(run, in: cell.place, into: &canvas) }
        default: return .text()
        }
        return .done
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
