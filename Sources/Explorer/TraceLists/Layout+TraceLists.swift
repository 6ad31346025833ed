import Canvas

extension Layout {
    /// The parts of a list over the open trace; `pane` tells more of the row under the cursor.
    ///
    /// The pane stands beside the list where there is room for both, else under it, and on small screens not at all.
    package static func traceList(_ state: AppState) -> ListView {
        var view = frame(state, overview: 0, titles: 1, filter: 0)
        let isBeside = state.hasRoomForPane && (state.view == .joints || state.view == .agents)
        if isBeside {
            let columns = max(60, state.size.columns * 45 / 100)
            let body = Rect(
                column: 0, row: view.header.endRow, columns: state.size.columns,
                rows: view.footer.row - view.header.endRow)
            view.pane = body.splitLeft(state.size.columns - columns).rest
            view.titles.columns = state.size.columns - columns - 1
            view.list.columns = view.titles.columns
            return view
        }
        guard !view.header.isEmpty, view.list.rows >= 8 else { return view }
        // One row is the rule between list and pane.
        let (list, below) = view.list.splitTop(view.list.rows - paneRows(state, of: view.list.rows) - 1)
        view.list = list
        view.pane = below.splitTop(1).rest
        return view
    }

    private static func paneRows(_ state: AppState, of rows: Int) -> Int {
        switch state.view {
        case .joints: min(20, max(4, rows * 58 / 100))
        case .agents: state.agents?.isComparing == true ? max(4, rows * 60 / 100) : min(8, rows * 30 / 100)
        case .steps: min(8, max(3, rows * 40 / 100))
        default: min(8, max(3, rows * 25 / 100))
        }
    }
}
