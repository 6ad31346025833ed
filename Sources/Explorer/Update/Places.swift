import TraceModel

/// Marks, and the way back from a jump.
enum Places {
    static func mark(_ state: inout AppState, _ letter: String) -> [Effect] {
        guard let letter = letter.first, letter.isASCII, letter.isLetter, let place = here(state) else {
            state.notice = .error("a mark is a letter from a to z")
            return []
        }
        state.placeMarks[letter] = place
        state.notice = .information("mark \(letter)")
        return []
    }

    static func jump(_ state: inout AppState, _ letter: String) -> [Effect] {
        guard let letter = letter.first, let place = state.placeMarks[letter] else {
            state.notice = .error(letter == "'" ? "no jump to go back from" : "no mark \(letter)")
            return []
        }
        if let here = here(state) { state.placeMarks["'"] = here }
        if place.span == nil, let index = state.traces.rows.firstIndex(where: { $0.traceID == place.trace }) {
            state.views = [.traces]
            state.traces.cursor = index
            return []
        }
        if state.view == .span, place.trace == state.trace?.id,
            let node = place.span.flatMap({ state.trace?.loaded?.node($0) })
        {
            // From span to span the span's screen stays open.
            state.trace?.reveal(node)
            if let tab = place.tab { state.trace?.pane.view.tab = tab }
            return []
        }
        if let tab = place.tab { state.trace?.pane.view.tab = tab }
        return Opening.openTrace(&state, place.trace, summary: nil, span: place.span)
    }

    static func here(_ state: AppState) -> Place? {
        switch state.view {
        case .traces: state.traces.selected.map { Place(trace: $0.traceID, span: nil) }
        default:
            state.trace.flatMap { trace in
                trace.id.map {
                    Place(
                        trace: $0, span: trace.selectedSpan?.local,
                        tab: Keys.context(state) == .span ? trace.pane.view.tab : nil)
                }
            }
        }
    }
}
