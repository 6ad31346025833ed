import Canvas
import TraceModel
import TraceQuery

/// The span in focus: loading it and passing actions to its view.
enum Panes {
    /// Loads the span under the cursor when a pane or screen shows it, and gives up older loads.
    static func follow(_ state: inout AppState) -> [Effect] {
        guard let trace = state.trace, trace.isPaneOpen && state.view == .trace || state.view == .span,
            let key = trace.selectedSpan?.key, trace.pane.key != key
        else { return [] }
        state.trace?.pane.key = key
        state.trace?.pane.error = nil
        return state.requests.send(SpanRequest(.key(key)), for: .span)
    }

    static func show(_ state: inout AppState, _ span: LoadedSpan) {
        guard state.trace?.pane.key == span.detail.row.key else { return }
        state.trace?.pane.document = span
        // Each span is read from its top, in the tab that was open.
        let tab = state.trace?.pane.view.tab
        var view = SpanViewState()
        if let tab { view.tab = tab }
        state.trace?.pane.view = view
    }

    static func apply(_ state: inout AppState, _ action: SpanViewAction) -> [Effect] {
        guard let document = state.trace?.pane.document?.document else {
            // A tab that is chosen while the span is still being read is the one that opens.
            if case .showTab(let tab) = action { state.trace?.pane.view.tab = tab }
            return []
        }
        let area = Layout.span(state)
        state.trace?.pane.view.apply(
            action, document: document, size: Size(columns: area.columns, rows: area.rows))
        return []
    }

    /// Brings what the trace says of the span in focus up to date, after the trace was read or shown again.
    static func refresh(_ state: inout AppState) -> [Effect] {
        guard let trace = state.trace, let document = trace.pane.document, let loaded = trace.loaded,
            document.trace !== loaded, !state.requests.isOpen(.spanPlace)
        else { return [] }
        return state.requests.derive(.spanPlace)
    }

    /// Takes the span in focus in with what the trace says of it now; the place in it stays.
    static func replace(_ state: inout AppState, _ span: LoadedSpan) {
        guard state.trace?.pane.document?.detail.row.key == span.detail.row.key else { return }
        state.trace?.pane.document = span
    }

    /// Goes to the span that the evidence under the cursor names; elsewhere folds or unfolds.
    static func openUnderCursor(_ state: inout AppState) -> [Effect] {
        guard let pane = state.trace?.pane, let document = pane.document?.document,
            let target = document.target(pane.view)
        else { return apply(&state, .toggleFold) }
        guard target != document.detail.row.spanID else { return apply(&state, .showTab(.messages)) }
        guard let loaded = state.trace?.loaded, let node = loaded.node(id: target) else {
            state.notice = .information("no record of span \(target.hex.prefix(8)) is stored in this trace")
            return []
        }
        if let here = Places.here(state) { state.placeMarks["'"] = here }
        state.trace?.reveal(node)
        // What the evidence says stands in its messages, not in what was found about it.
        state.trace?.pane.view.tab = .messages
        state.notice = .information("'' goes back to the finding")
        return []
    }

    /// Goes to the next span of the tree while its screen stays open.
    static func step(_ state: inout AppState, by distance: Int) -> [Effect] {
        guard let trace = state.trace else { return [] }
        var index = trace.cursor + distance
        // Placeholders and runs have no payload to show.
        while trace.rows.rows.indices.contains(index),
            trace.rows.rows[index].runLength > 1 || trace.loaded?.row(trace.rows.rows[index].node) == nil
        {
            index += distance
        }
        guard trace.rows.rows.indices.contains(index) else {
            state.notice = .information(distance > 0 ? "this is the last span" : "this is the first span")
            return []
        }
        state.trace?.cursor = index
        return []
    }
}
