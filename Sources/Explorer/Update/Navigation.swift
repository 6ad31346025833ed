import Canvas

/// Moving within the view on top, and between views.
enum Navigation {
    /// How many rows a page has.
    static func pageRows(_ state: AppState) -> Int {
        let record = ViewRecord.of(Keys.context(state))
        return record.pageRows?(state) ?? record.rows(state)?.place.rows ?? 1
    }

    static func move(_ state: inout AppState, _ movement: Movement) -> [Effect] {
        ViewRecord.of(Keys.context(state)).move(&state, movement)
    }

    /// Leaves the view on top; at the first view there is nowhere to go back to.
    static func back(_ state: inout AppState) -> [Effect] {
        if state.view == .trace, state.trace?.isPaneOpen == true {
            if state.trace?.isPaneFocused == true {
                state.trace?.isPaneFocused = false
            } else {
                state.trace?.isPaneOpen = false
            }
            return []
        }
        guard state.views.count > 1 else {
            state.notice = .information("Q leaves the program")
            return []
        }
        let left = state.views.removeLast()
        if left == .export { Exporting.left(&state) }
        guard left == .stream else { return [] }
        state.stream = nil
        return state.requests.cancel(.stream) + state.requests.cancel(.otherStream)
    }

    static func showHelp(_ state: inout AppState) -> [Effect] {
        if state.view == .help { return back(&state) }
        state.help.top = 0
        state.views.append(.help)
        return []
    }

    /// Brings cursors and scroll positions back into range and loads what came into view.
    static func afterChange(_ state: inout AppState) -> [Effect] {
        Playing.pauseOutOfSight(&state)
        let traceRows = Layout.traces(state).list.rows
        clamp(&state.traces.cursor, &state.traces.top, count: state.traces.rows.count, page: traceRows)
        var effects = Listing.loadMoreIfNeeded(&state)
        if var trace = state.trace {
            clamp(&trace.cursor, &trace.top, count: trace.rows.rows.count, page: Layout.trace(state).list.rows)
            state.trace = trace
            effects += Panes.follow(&state) + Panes.refresh(&state)
        }
        if var results = state.results {
            clamp(&results.cursor, &results.top, count: results.rowCount, page: Layout.results(state).list.rows)
            state.results = results
            effects += Results.loadMoreIfNeeded(&state)
        }
        effects += Lists.follow(&state)
        let helpRows = HelpText.lines(state).count
        state.help.top = max(0, min(state.help.top, helpRows - Layout.help(state).rows))
        return effects
    }

    /// Keeps a cursor in its list and in sight, a line from the edge where there is more.
    static func clamp(_ cursor: inout Int, _ top: inout Int, count: Int, page: Int) {
        cursor = max(0, min(cursor, count - 1))
        let page = max(1, page)
        let margin = page > 6 ? 1 : 0
        top = min(top, max(0, cursor - margin))
        top = max(top, min(cursor + margin, count - 1) - page + 1)
        top = max(0, min(top, count - page))
    }
}
