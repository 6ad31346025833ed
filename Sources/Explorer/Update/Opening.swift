import TraceAnalysis
import TraceModel
import TraceQuery

/// Going from the list into a trace, and from a trace into a span.
enum Opening {
    static func openSelectedTrace(_ state: inout AppState) -> [Effect] {
        // The rows in sight are not those that were asked for: what is opened is taken from the ones to come.
        if state.traces.isOutdated {
            state.traces.opensWhenListed = true
            return []
        }
        guard let summary = state.traces.selected else { return [] }
        return openTrace(&state, summary.traceID, summary: summary, span: nil)
    }

    /// Shows a trace, and a span of it if one is named.
    static func openTrace(
        _ state: inout AppState, _ id: TraceID, summary: TraceSummary?, span: LocalSpanID?
    ) -> [Effect] {
        if state.view != .trace {
            state.views.removeAll { $0 == .trace || $0 == .span }
            state.views.append(.trace)
        }
        if var trace = state.trace, trace.id == id, trace.loaded != nil {
            if let span, let node = trace.loaded?.node(span) { trace.reveal(node) }
            state.trace = trace
            return []
        }
        state.trace = TraceState(id: id, summary: summary)
        state.trace?.wantedSpan = span.map { .id($0) }
        var effects = state.requests.cancel(.span)
        if summary.map({ $0.spanCount > Loading.previewThreshold }) ?? false {
            effects += state.requests.send(
                StructureRequest(.id(id), limit: Loading.previewSpans), for: .structurePreview)
        }
        return effects + state.requests.send(StructureRequest(.id(id)), for: .structure)
    }

    /// Shows the trace whose id begins with a prefix, as the command line names it.
    static func openTrace(_ state: inout AppState, prefix: String) -> [Effect] {
        let parts = prefix.split(separator: "/", maxSplits: 1)
        state.views = [.traces, .trace]
        state.trace = TraceState(id: nil)
        if parts.count == 2 { state.trace?.wantedSpan = SpanPrefix(String(parts[1])).map { .prefix($0) } }
        return state.requests.send(StructureRequest(.prefix(String(parts.first ?? ""))), for: .structure)
    }

    /// Takes a trace in; what was folded, selected and zoomed stays.
    static func show(_ state: inout AppState, _ prepared: PreparedTrace) -> [Effect] {
        let loaded = prepared.loaded
        let id = loaded.structure.summary.traceID
        guard var trace = state.trace, trace.id == id || trace.id == nil else { return [] }
        trace.id = id
        trace.error = nil
        let selected = trace.selectedSpan?.local
        if prepared.fits(trace) {
            trace.folds = prepared.folds
            trace.rows = prepared.rows
        } else {
            // Folded since the trace was asked for.
            if let old = trace.loaded { trace.folds = trace.folds.translated(from: old, to: loaded) }
            trace.rows = TreeRows(loaded, trace.folds)
        }
        if trace.loaded == nil, let notice = loaded.structure.summary.analysis.notice {
            state.notice = .information(notice)
        }
        trace.loaded = loaded
        trace.summary = loaded.structure.summary
        if let wanted = trace.wantedSpan {
            if let node = loaded.node(wanted) {
                trace.reveal(node)
                trace.wantedSpan = nil
            }
        } else if let selected, let node = loaded.node(selected) {
            trace.reveal(node)
        }
        state.trace = trace
        // The clocks were switched since the trace was asked for.
        return loaded.clocks.isAdjusted == trace.adjustsClocks ? [] : state.requests.derive(.shownClocks)
    }

    /// Shows times as recorded, or adjusted; folds, cursor and the span in focus stay.
    static func toggleClocks(_ state: inout AppState) -> [Effect] {
        guard let loaded = state.trace?.loaded else { return [] }
        guard loaded.clocks.differ else {
            let count = loaded.source.clocks.count
            state.notice = .information(count > 1 ? "the clocks of this trace agree" : "this trace has one clock")
            return []
        }
        state.trace?.adjustsClocks.toggle()
        state.trace?.window = nil
        let effects = state.requests.derive(.shownClocks)
        let adjusts = state.trace?.adjustsClocks == true
        state.notice = .information(adjusts ? "clocks adjusted to the root's" : "times as recorded")
        return effects
    }

    static func openSelectedSpan(_ state: inout AppState) -> [Effect] {
        guard let trace = state.trace, let row = trace.selectedRow else { return [] }
        if row.runLength > 1 {
            state.trace?.folds.openRuns.insert(row.node)
            state.trace?.refold()
            return []
        }
        guard trace.selectedSpan != nil else {
            state.notice = .information("no record of this span is stored; its children name it as their parent")
            return []
        }
        if state.hasRoomForPane {
            state.trace?.isPaneFocused = trace.isPaneOpen
            state.trace?.isPaneOpen = true
        } else {
            state.views.append(.span)
        }
        return []
    }

    static func nextPane(_ state: inout AppState) -> [Effect] {
        if state.view == .trace, let trace = state.trace {
            guard trace.isPaneOpen else { return openSelectedSpan(&state) }
            if !trace.isPaneFocused {
                state.trace?.isPaneFocused = true
                return []
            }
        }
        return Panes.apply(&state, .nextTab)
    }

    static func previousPane(_ state: inout AppState) -> [Effect] {
        Keys.context(state) == .span ? Panes.apply(&state, .previousTab) : []
    }
}
