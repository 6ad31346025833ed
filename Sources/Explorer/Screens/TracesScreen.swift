import Canvas
import TraceModel
import TraceQuery

/// The list of traces.
enum TracesScreen {
    static func render(_ state: AppState, into canvas: inout Canvas) {
        let layout = Layout.traces(state)
        let list = state.traces
        let clock = WallClock(state.timeZone)
        let totals = list.overview.map {
            ["\(Figures.count(Int64($0.totalTraces))) traces", "\(Figures.count(Int64($0.totalSpans))) spans"]
        }
        Header.render(
            state, title: "Traces", figures: [state.databaseName] + (totals ?? []) + modes(list),
            right: clock.weekdayTime(state.nowUnixNano), in: layout.header, into: &canvas)
        renderHistogram(state, in: layout.overview, into: &canvas)
        renderFilter(state, in: layout.filter, into: &canvas)
        if let sentence = emptySentence(list) {
            let role: Role = list.error == nil ? .dim : .error
            canvas.write(
                sentence,
                in: Rect(
                    column: 1, row: layout.list.row + (layout.list.rows > 3 ? 1 : 0),
                    columns: layout.list.columns - 2, rows: 1),
                style: state.theme[role])
            return
        }
        let last = min(list.rows.count, list.top + layout.list.rows)
        guard list.top < last else { return }
        let columns = TraceListTable(state, width: layout.list.columns, rows: list.rows[list.top..<last], clock: clock)
        if !layout.titles.isEmpty { columns.renderTitles(state, row: layout.titles.row, into: &canvas) }
        for index in list.top..<last {
            columns.render(state, index: index, row: layout.list.row + index - list.top, into: &canvas)
        }
    }

    private static func modes(_ list: TracesState) -> [String] {
        var modes: [String] = []
        if list.isFollowing { modes.append("following") }
        if list.isPaused { modes.append("paused") }
        if !list.tagged.isEmpty { modes.append("\(list.tagged.count) tagged") }
        return modes
    }

    /// What to say where there is no row: it always tells what to do next.
    private static func emptySentence(_ list: TracesState) -> String? {
        if let error = list.error { return "\(error)" }
        guard list.rows.isEmpty else { return nil }
        if !list.hasLoaded { return "Reading …" }
        if !list.filterText.isEmpty { return "No traces match. Press \\ to edit the filter, U to clear it." }
        return "No traces yet. Leave with Q and run: spandrel import PATH"
    }

    /// Traces over time, as bars of one row.
    private static func renderHistogram(_ state: AppState, in rect: Rect, into canvas: inout Canvas) {
        guard !rect.isEmpty, let overview = state.traces.overview, !overview.histogram.isEmpty else { return }
        let width = rect.columns - 2
        let counts = overview.histogram
        let cells = (0..<width).map { i in
            // The list may have been read at another width: neighbours are added up or repeated.
            let from = i * counts.count / width
            let to = max(from + 1, (i + 1) * counts.count / width)
            return counts[from..<min(to, counts.count)].reduce(0, +)
        }
        canvas.write(
            Histogram.text(cells, ascii: state.isASCII), column: 1, row: rect.row, style: state.theme[.histogram],
            limit: width)
    }

    private static func renderFilter(_ state: AppState, in rect: Rect, into canvas: inout Canvas) {
        guard !rect.isEmpty else { return }
        let overview = state.traces.overview
        let isEditing = state.prompt?.kind == .filter
        let text = isEditing ? state.prompt?.text ?? "" : state.traces.filterText
        let isInvalid = isEditing && state.prompt?.fault != nil
        var column = 1
        column += canvas.write("\\ ", column: column, row: rect.row, style: state.theme[.accent])
        var end = rect.endColumn - 1
        if let overview {
            let share = "\(Figures.count(Int64(overview.matching))) of \(Figures.count(Int64(overview.totalTraces)))"
            end = canvas.write(share, endingAt: end, row: rect.row, style: state.theme[.dim]) - 2
        }
        canvas.write(
            text, in: Rect(column: column, row: rect.row, columns: end - column, rows: 1),
            style: state.theme[isInvalid ? .promptInvalid : .text])
    }
}
