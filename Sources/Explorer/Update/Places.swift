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
        if place.spanKey == nil, let index = state.traces.rows.firstIndex(where: { $0.key == place.traceKey }) {
            state.views = [.traces]
            state.traces.cursor = index
            return []
        }
        if state.view == .span, place.traceKey == state.trace?.key,
            let node = place.spanKey.flatMap({
                state.trace?.loaded?.node(key: $0)
            })
        {
            // From span to span the span's screen stays open.
            state.trace?.reveal(node)
            if let tab = place.tab { state.trace?.pane.view.tab = tab }
            return []
        }
        if let tab = place.tab { state.trace?.pane.view.tab = tab }
        return Opening.openTrace(&state, key: place.traceKey, summary: nil, spanKey: place.spanKey)
    }

    static func here(_ state: AppState) -> Place? {
        switch state.view {
        case .traces: state.traces.selected.map { Place(traceKey: $0.key, spanKey: nil) }
        default:
            state.trace.map {
                Place(
                    traceKey: $0.key, spanKey: $0.selectedSpan?.key,
                    tab: Keys.context(state) == .span ? $0.pane.view.tab : nil)
            }
        }
    }
}
