import Canvas

/// What is told of the row under the cursor, wrapped to the pane.
enum TraceListDetail {
    static func lines(_ state: AppState) -> [DisplayLine] {
        switch state.view {
        case .agents: AgentDetail.lines(state)
        case .steps: StepDetail.lines(state)
        case .joints: JointDetail.lines(state)
        case .ledger: LedgerDetail.lines(state)
        default: []
        }
    }

    /// The rows that all lines take in a pane.
    static func rowCount(_ state: AppState, _ pane: Rect) -> Int {
        let wrapper = RowWrapper(metrics: state.metrics, width: max(1, pane.columns - 2))
        return lines(state).reduce(0) { $0 + wrapper.rows(of: $1).count }
    }

    static func render(_ state: AppState, top: Int, in pane: Rect, into canvas: inout Canvas) {
        guard pane.columns > 4 else { return }
        let wrapper = RowWrapper(metrics: state.metrics, width: pane.columns - 2)
        let painter = LinePainter(theme: state.theme)
        var row = -top
        for line in lines(state) {
            for wrapped in wrapper.rows(of: line) {
                if row >= pane.rows { return }
                if row >= 0 {
                    painter.draw(
                        line, wrapped.start..<wrapped.end, column: pane.column + 1 + wrapped.indent,
                        row: pane.row + row, limit: pane.columns - 2 - wrapped.indent, into: &canvas)
                }
                row += 1
            }
        }
    }
}
