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
        return openTrace(&state, key: summary.key, summary: summary, spanKey: nil)
    }

    /// Shows a trace, and a span of it if one is named.
    static func openTrace(
        _ state: inout AppState, key: Int64, summary: TraceSummary?, spanKey: Int64?
    ) -> [Effect] {
        if state.view != .trace {
            state.views.removeAll { $0 == .trace || $0 == .span }
            state.views.append(.trace)
        }
        if var trace = state.trace, trace.key == key, trace.loaded != nil {
            if let spanKey, let node = trace.loaded?.node(key: spanKey) { trace.reveal(node) }
            state.trace = trace
            return []
        }
        state.trace = TraceState(key: key, summary: summary)
        state.trace?.wantedSpanKey = spanKey
        var effects = state.requests.cancel(.span)
        if summary.map({ $0.spanCount > Loading.previewThreshold }) ?? false {
            effects += state.requests.send(
                .structure(.key(key), limit: Loading.previewSpans), for: .structurePreview)
        }
        return effects + state.requests.send(.structure(.key(key), limit: nil), for: .structure)
    }

    /// Shows the trace whose id begins with a prefix, as the command line names it.
    static func openTrace(_ state: inout AppState, prefix: String) -> [Effect] {
        let parts = prefix.split(separator: "/", maxSplits: 1)
        state.views = [.traces, .trace]
        state.trace = TraceState(key: -1)
        if parts.count == 2 { state.trace?.wantedSpanPrefix = parts[1].lowercased() }
        return state.requests.send(.structure(.prefix(String(parts.first ?? "")), limit: nil), for: .structure)
    }

    /// Takes a trace's structure in; what was folded, selected and zoomed stays.
    static func show(_ state: inout AppState, _ structure: TraceStructure) {
        guard var trace = state.trace, trace.key == structure.summary.key || trace.key == -1 else { return }
        trace.key = structure.summary.key
        trace.error = nil
        let selectedKey = trace.selectedSpan?.key
        let old = trace.loaded
        let loaded = LoadedTrace(structure, adjustsClocks: trace.adjustsClocks)
        if let old { trace.translateFolds(from: old, to: loaded) }
        trace.loaded = loaded
        trace.summary = structure.summary
        trace.rows = TreeRows(
            loaded, collapsed: trace.collapsed, foldsRuns: trace.foldsRuns, openRuns: trace.openRuns)
        if let wanted = trace.wantedSpanKey {
            if let node = loaded.node(key: wanted) {
                trace.reveal(node)
                trace.wantedSpanKey = nil
            }
        } else if let prefix = trace.wantedSpanPrefix {
            if let index = loaded.structure.spans.firstIndex(where: { $0.spanID.hex.hasPrefix(prefix) }) {
                trace.reveal(SpanForest.Node(index))
                trace.wantedSpanPrefix = nil
            }
        } else if let selectedKey, let node = loaded.node(key: selectedKey) {
            trace.reveal(node)
        }
        state.trace = trace
        Panes.replace(&state)
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
        show(&state, loaded.source)
        let adjusts = state.trace?.adjustsClocks == true
        state.notice = .information(adjusts ? "clocks adjusted to the root's" : "times as recorded")
        return []
    }

    static func openSelectedSpan(_ state: inout AppState) -> [Effect] {
        guard let trace = state.trace, let row = trace.selectedRow else { return [] }
        if row.runLength > 1 {
            state.trace?.openRuns.insert(row.node)
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

extension TraceState {
    /// Carries folds over to a newer reading of the trace, by the spans' store keys.
    mutating func translateFolds(from old: LoadedTrace, to new: LoadedTrace) {
        guard !collapsed.isEmpty || !openRuns.isEmpty else { return }
        var nodes: [Int64: SpanForest.Node] = [:]
        for (i, span) in new.structure.spans.enumerated() { nodes[span.key] = SpanForest.Node(i) }
        func translate(_ folds: Set<SpanForest.Node>) -> Set<SpanForest.Node> {
            Set(folds.compactMap { node in old.row(node).flatMap { nodes[$0.key] } })
        }
        collapsed = translate(collapsed)
        openRuns = translate(openRuns)
    }
}
