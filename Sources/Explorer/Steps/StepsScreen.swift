import Canvas
import TraceModel

/// The steps of a trace: one row each, its figures, and where its time went.
enum StepsScreen {
    /// From this width on each row has its bar.
    private static let columnsForBars = 110
    /// The phases with a column of their own, in order; what a model call took unsplit stands with the model's.
    private static let shown: [Phase] = [
        .inputAssembly, .retrieval, .prefill, .decode, .modelUnsplit, .toolExecution, .resultHandling, .orchestration,
        .unattributed,
    ]

    static func render(_ state: AppState, into canvas: inout Canvas) {
        let width = Layout.traceList(state).list.columns
        TraceListScreen.render(state, content(state, width: width), into: &canvas) {
            index, columns, row, style, canvas in
            guard let step = state.steps?.step(index) else { return }
            renderRow(state, step, columns, row: row, style: style, into: &canvas)
        }
    }

    private static func content(_ state: AppState, width: Int) -> TraceListScreen.Content {
        var content = TraceListScreen.Content()
        content.columns = [
            ListColumn(title: "", width: 1),
            ListColumn(title: "step", width: width >= 100 ? 9 : 5, isNumber: true),
            ListColumn(title: "agent", width: width < 60 ? 0 : width < 90 ? 10 : width < 140 ? 16 : 24, from: 22),
            ListColumn(title: "total", width: 6, isNumber: true),
        ]
        for phase in shown {
            // A model call that nothing splits stands across prefill and decode where it has no column.
            let isWide = phase == .modelUnsplit
            content.columns.append(
                ListColumn(
                    title: PhaseGlyphs.title(phase), width: figureWidth(phase), isNumber: true,
                    from: isWide ? 96 : 78))
        }
        content.columns.append(ListColumn(title: "", width: 0, from: columnsForBars))
        content.emptySentence =
            "No steps: no model call and no step of a framework is recorded here. 1 goes back to the tree."
        guard let steps = state.steps, let loaded = steps.content else { return content }
        let whose = steps.run.flatMap { loaded.run($0)?.label }.map { "steps of \($0)" } ?? "steps of all agents"
        content.figures = [
            whose, Counted.text(steps.rowCount, "step"),
            DurationText.text(loaded.totalNanos, ascii: state.isASCII),
            "unattributed \(Figures.percent(loaded.unattributedShare))",
        ]
        return content
    }

    private static func figureWidth(_ phase: Phase) -> Int {
        switch phase {
        case .prefill: 7
        case .retrieval, .inputAssembly, .orchestration, .unattributed: 5
        default: 6
        }
    }

    private static func renderRow(
        _ state: AppState, _ step: StepFigures, _ columns: ListColumns, row: Int, style: RowStyle,
        into canvas: inout Canvas
    ) {
        let ascii = state.isASCII
        if step.isError {
            columns.write(Glyphs.error(ascii: ascii), 0, row: row, style: style[.error], into: &canvas)
        } else if isFat(step) {
            columns.write(Glyphs.finding(ascii: ascii), 0, row: row, style: style[.finding], into: &canvas)
        }
        columns.write(StepNumber.text(step, ascii: ascii), 1, row: row, style: style[.text], into: &canvas)
        StepAgent.render(state, step, in: columns.place(2, row: row), style: style, into: &canvas)
        columns.write(
            DurationText.text(step.durationNanos, ascii: ascii), 3, row: row, style: style[.text].adding(.bold),
            into: &canvas)
        let spansModel = renderUnsplit(step, columns, row: row, style: style, ascii: ascii, into: &canvas)
        for (offset, phase) in shown.enumerated() {
            if spansModel, phase == .prefill || phase == .decode { continue }
            let isDominant = step.dominant == phase
            var figure = style[step.quality[phase.rawValue] == .unknown ? .dim : .text]
            if phase == .unattributed, isFat(step) { figure = style[.finding] }
            if isDominant { figure = figure.adding([.bold, .underline]) }
            columns.write(
                PhaseFigure.text(phase, of: step, columns: figureWidth(phase), ascii: ascii), 4 + offset, row: row,
                style: figure, into: &canvas)
        }
        let bar = columns.place(4 + shown.count, row: row)
        let longest = state.steps?.content?.longestNanos ?? 0
        if longest > 0 {
            PhaseBar(state: state).render(
                step, share: Double(step.durationNanos) / Double(longest), in: bar, style: style, into: &canvas)
        }
    }

    /// Where no column holds it, what a model call took unsplit is told across the columns of its parts.
    private static func renderUnsplit(
        _ step: StepFigures, _ columns: ListColumns, row: Int, style: RowStyle, ascii: Bool, into canvas: inout Canvas
    ) -> Bool {
        let prefill = columns.place(6, row: row)
        guard columns.place(8, row: row).isEmpty, !prefill.isEmpty, step.wall[Phase.modelUnsplit.rawValue] > 0,
            step.wall[Phase.prefill.rawValue] == 0, step.wall[Phase.decode.rawValue] == 0
        else { return false }
        let end = columns.place(7, row: row).endColumn
        var figure = style[.text]
        if step.dominant == .modelUnsplit { figure = figure.adding([.bold, .underline]) }
        let start = canvas.write(
            PhaseFigure.text(.modelUnsplit, of: step, ascii: ascii), endingAt: end, row: row, style: figure,
            limit: end - prefill.column)
        canvas.write(
            "unsplit", endingAt: start - 1, row: row, style: style[.dim], limit: max(0, start - prefill.column))
        return true
    }

    /// True where more than a fifth of the step is unaccounted for.
    static func isFat(_ step: StepFigures) -> Bool { (step.unattributedShare ?? 0) > 0.2 }
}

/// The number of a step, with the number that the source states where that differs.
enum StepNumber {
    static func text(_ step: StepFigures, ascii: Bool) -> String {
        guard let declared = step.declaredNumber, declared != Int64(step.numberInRun) else {
            return "\(step.numberInRun)"
        }
        return "\(step.numberInRun)/\(declared)"
    }
}
