import Canvas
import TraceModel
import TraceQuery

/// The lists over the open trace: agents, steps, joints and the ledger.
enum TraceLists {
    /// Puts a list over the trace, in place of the one that stands there.
    static func open(_ state: inout AppState, _ view: View) -> [Effect] {
        guard state.trace != nil else {
            state.notice = .information("open a trace first")
            return []
        }
        showTree(&state)
        state.views.append(view)
        return []
    }

    /// Takes the lists away, so that the tree is on top.
    static func showTree(_ state: inout AppState) {
        state.views.removeAll { View.overTrace.contains($0) || $0 == .span }
        if state.view != .trace {
            state.views.removeAll { $0 == .trace }
            state.views.append(.trace)
        }
    }

    /// Asks for the rows of the list on top when they are not there, or belong to another trace.
    static func follow(_ state: inout AppState) -> [Effect] {
        guard View.overTrace.contains(state.view), let key = state.trace?.key, key >= 0 else { return [] }
        var effects: [Effect] = []
        if state.traceList?.traceKey != key || state.traceList?.isOutdated == true {
            effects = request(&state, key)
        }
        if var list = state.traceList {
            let layout = Layout.traceList(state)
            let before = list.cursor
            Navigation.clamp(&list.cursor, &list.top, count: rowCount(state), page: layout.list.rows)
            if list.cursor != before { list.detailTop = 0 }
            if list.detailTop > 0 {
                list.detailTop = min(list.detailTop, TraceListDetail.rowCount(state, layout.pane) - layout.pane.rows)
                list.detailTop = max(0, list.detailTop)
            }
            state.traceList = list
        }
        return effects
    }

    private static func request(_ state: inout AppState, _ key: Int64) -> [Effect] {
        let isOther = state.traceList?.traceKey != key
        state.traceList?.isOutdated = false
        switch state.view {
        case .agents:
            if isOther { state.agents = AgentsState(traceKey: key) }
            return state.requests.send(.agents(.key(key)), for: .agents)
        case .steps:
            if isOther { state.steps = StepsState(traceKey: key) }
            return state.requests.send(.steps(.key(key)), for: .steps)
        case .joints:
            if isOther { state.joints = JointsState(traceKey: key) }
            return state.requests.send(.joints(.key(key)), for: .joints)
        case .ledger:
            if isOther { state.ledger = LedgerState(traceKey: key) }
            return state.requests.send(.ledger(.key(key)), for: .ledger)
        default: return []
        }
    }

    /// The trace was read again: the lists are asked for again when they come into sight.
    ///
    /// A list whose first answer is still to come gets it from the newest data anyway.
    static func outdate(_ state: inout AppState) {
        if state.agents?.content != nil || state.agents?.list.error != nil { state.agents?.list.isOutdated = true }
        if state.steps?.content != nil || state.steps?.list.error != nil { state.steps?.list.isOutdated = true }
        if state.joints?.content != nil || state.joints?.list.error != nil { state.joints?.list.isOutdated = true }
        if state.ledger?.content != nil || state.ledger?.list.error != nil { state.ledger?.list.isOutdated = true }
    }

    /// Puts the cursor on a row.
    static func move(_ state: inout AppState, to row: Int) {
        state.traceList?.cursor = row
        state.traceList?.detailTop = 0
    }

    static func rowCount(_ state: AppState) -> Int {
        switch state.view {
        case .agents: state.agents?.rows.count ?? 0
        case .steps: state.steps?.rowCount ?? 0
        case .joints: state.joints?.content?.joints.count ?? 0
        case .ledger: state.ledger?.content?.ledger.items.count ?? 0
        default: 0
        }
    }

    static func isWaiting(_ state: AppState) -> Bool {
        if state.trace?.error != nil || state.traceList?.error != nil { return false }
        return switch state.view {
        case .agents: state.agents?.content == nil
        case .steps: state.steps?.content == nil
        case .joints: state.joints?.content == nil
        case .ledger: state.ledger?.content == nil
        default: false
        }
    }

    /// Scrolls what is told of the row under the cursor.
    static func scrollDetail(_ state: inout AppState, by distance: Int) -> [Effect] {
        guard var list = state.traceList else { return [] }
        list.detailTop = max(0, list.detailTop + distance)
        state.traceList = list
        return []
    }

    // MARK: The span of a row

    /// The store key of the span behind the row under the cursor, and its id.
    static func selectedSpan(_ state: AppState) -> (key: Int64, id: SpanID)? {
        switch state.view {
        case .agents: return state.agents?.selectedRun.flatMap { run in run.spanID.map { (run.spanKey, $0) } }
        case .steps: return state.steps?.selected.map { ($0.spanKey, $0.spanID) }
        case .joints: return state.joints?.selectedHop.map { ($0.spanKey, $0.spanID) }
        case .ledger: return state.ledger?.selected?.spanID.map { (0, $0) }
        default: return nil
        }
    }

    /// Goes to the span of the row in the tree; `back` returns to the list.
    static func goToSpan(_ state: inout AppState) -> [Effect] {
        guard let span = selectedSpan(state) else {
            if rowCount(state) > 0 { state.notice = .information("no record of a span stands behind this row") }
            return []
        }
        guard var trace = state.trace, let loaded = trace.loaded else {
            state.notice = .information("the tree is still being read")
            return []
        }
        let node = span.key != 0 ? loaded.node(key: span.key) : nil
        guard let node = node ?? loaded.node(id: span.id) else {
            state.notice = .information("span \(span.id.hex.prefix(8)) is not in this trace")
            return []
        }
        trace.reveal(node)
        state.trace = trace
        state.views.removeAll { $0 == .trace || $0 == .span }
        state.views.append(.trace)
        return []
    }

    /// The row's trace and span as the command line names them.
    static func selectedPath(_ state: AppState) -> String? {
        guard let trace = state.trace?.summary?.traceID else { return nil }
        return selectedSpan(state).map { trace.hex + "/" + $0.id.hex } ?? trace.hex
    }

    /// What is told of the row, as text.
    static func selectedText(_ state: AppState) -> String? {
        let lines = TraceListDetail.lines(state).map(\.text)
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
}
