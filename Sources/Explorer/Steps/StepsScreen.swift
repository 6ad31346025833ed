import Canvas
import Tables
import TraceModel
import TraceTables

/// The steps of a trace: one row each, its figures, and where its time went.
enum StepsScreen {
    private static let phases = Dictionary(uniqueKeysWithValues: Phase.allCases.map { ("\($0.name)_ns", $0) })

    static func render(_ state: AppState, into canvas: inout Canvas) {
        let columns = ListColumns(StepColumns.all, in: Layout.traceList(state).list)
        let line = { (index: Int) -> StepLine? in
            state.steps?.step(index).flatMap { state.steps?.content?.line($0) }
        }
        TraceListScreen.render(state, content(state), into: &canvas, row: line) { cell, canvas in
            draw(state, cell, columns, into: &canvas)
        }
    }

    private static func content(_ state: AppState) -> TraceListScreen.Content<StepLine> {
        var content = TraceListScreen.Content(columns: StepColumns.all)
        content.emptySentence =
            "No steps: no model call and no step of a framework is recorded here. 1 goes back to the tree."
        guard let steps = state.steps, let loaded = steps.content else { return content }
        let whose = steps.run.flatMap { loaded.run($0)?.label }.map { "steps of \($0)" } ?? "steps of all agents"
        content.figures = [
            whose, Counted.text(steps.rowCount, "step"), state.words.duration(loaded.totalNanos),
            "unattributed \(Figures.percent(loaded.unattributedShare))",
        ]
        return content
    }

    private static func draw(
        _ state: AppState, _ cell: ListCell<StepLine>, _ columns: ListColumns<StepLine>, into canvas: inout Canvas
    ) -> CellDrawing {
        let (step, place, style) = (cell.item.step, cell.place, cell.style)
        let ascii = state.isASCII
        switch cell.column {
        case "mark":
            if step.isError {
                canvas.write(Glyphs.error(ascii: ascii), in: place, style: style[.error])
            } else if step.isLargelyUnattributed {
                canvas.write(Glyphs.finding(ascii: ascii), in: place, style: style[.finding])
            }
        case "agent": RunLabel.render(cell.item.run, state, in: place, style: style, into: &canvas)
        case "bar":
            guard let longest = state.steps?.content?.longestNanos, longest > 0 else { break }
            PhaseBar(state: state).render(
                step, share: Double(step.durationNanos) / Double(longest), in: place, style: style, into: &canvas)
        default:
            guard let phase = phases[cell.column] else { return .text() }
            if phase == .prefill || phase == .decode, isSpannedByModel(step, columns) {
                if phase == .decode { renderUnsplit(state, cell, columns, into: &canvas) }
                return .done
            }
            return .text(step.dominant == phase ? cell.own.adding([.bold, .underline]) : nil)
        }
        return .done
    }

    /// Where no column holds it, what a model call took unsplit is told across the columns of its parts.
    private static func isSpannedByModel(_ step: StepFigures, _ columns: ListColumns<StepLine>) -> Bool {
        columns.place("model_unsplit_ns", row: 0).isEmpty && step.wall[Phase.modelUnsplit.rawValue] > 0
            && step.wall[Phase.prefill.rawValue] == 0 && step.wall[Phase.decode.rawValue] == 0
    }

    private static func renderUnsplit(
        _ state: AppState, _ cell: ListCell<StepLine>, _ columns: ListColumns<StepLine>, into canvas: inout Canvas
    ) {
        let row = cell.place.row
        let first = columns.place("prefill_ns", row: row).column
        let end = cell.place.endColumn
        var figure = cell.style[.text]
        if cell.item.step.dominant == .modelUnsplit { figure = figure.adding([.bold, .underline]) }
        let start = canvas.write(
            state.words.text(cell.item.step.wallCell(.modelUnsplit), .duration, columns: 12), endingAt: end, row: row,
            style: figure, limit: end - first)
        canvas.write(
            "unsplit", endingAt: start - 1, row: row, style: cell.style[.dim], limit: max(0, start - first))
    }
}
