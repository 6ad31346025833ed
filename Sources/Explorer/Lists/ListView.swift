import Canvas
import TraceModel
import TraceQuery

/// What a list asks for, and its rows of the answer.
struct ListSource: Sendable {
    /// Of the open trace; lists of all traces ask for no trace.
    let request: @Sendable (TraceReference) -> any TraceRequest
    /// The kind of the request.
    let kind: any TraceRequest.Type
    /// Nil for an answer to something else.
    let content: @Sendable (any Sendable) -> (any ListContent)?

    init<Request: TraceRequest>(
        _ request: @escaping @Sendable (TraceReference) -> Request,
        content: @escaping @Sendable (Request.Answer) -> any ListContent
    ) {
        self.request = request
        kind = Request.self
        self.content = { ($0 as? Request.Answer).map(content) }
    }
}

/// A list screen as a record: what all lists share works on its entries.
///
/// A list is one file with its record and its content, and one row in the table.
struct ListView: Sendable {
    /// The table of lists, in the order of their keys.
    static let all: [ListView] = [.agents, .steps, .joints, .ledger, .findings]

    private static let byView = Dictionary(uniqueKeysWithValues: all.map { ($0.view, $0) })

    static func of(_ view: View) -> ListView? { byView[view] }

    let view: View
    /// It stands over the open trace and takes turns with the tree; else its rows are of all traces.
    var isOverTrace = true
    /// What the list asks for and shows.
    let source: ListSource
    /// What stands in place of rows where there are none.
    let emptySentence: String
    /// How many rows the details take below so many rows of the list.
    var paneRows: @Sendable (_ list: Int, _ isComparing: Bool) -> Int = { list, _ in min(8, max(3, list * 25 / 100)) }
    /// The details stand beside the list where there is room for both.
    var hasPaneBeside = false
    /// The help and key of the command that opens it, and its short word and place in the footer.
    let opening: (help: String, key: String, hint: (String, Int)?)
    /// The words behind `spandrel` that print the same rows; nil for its name and the id of the trace.
    var commandWords: String?
    /// Its own keys.
    var commands: [Command] = []

    var record: ViewRecord {
        let view = view
        return ViewRecord(
            view: view, render: { ListScreen.render($0, self, into: &$1) }, isWaiting: Lists.isWaiting,
            rows: { state in
                state.list.map {
                    ShownRows(
                        place: Layout.list(state, self).list, top: $0.top, cursor: $0.cursor, count: $0.count)
                }
            },
            pageRows: { Layout.list($0, self).list.rows },
            move: { state, movement in
                state.list?.detailTop = 0
                if var cursor = state.list?.cursor {
                    movement.apply(to: &cursor)
                    state.list?.cursor = cursor
                }
                return []
            },
            search: ViewSearch(
                rowsOf: view, pattern: { $0.list?.search ?? "" }, setPattern: { $0.list?.search = $1 },
                matches: { state, pattern, row in state.list?.content?.matches(row, pattern, state.words) ?? false }),
            id: Lists.selectedID, text: Lists.selectedText,
            command: { state in
                if let commandWords { return "spandrel \(commandWords)" }
                return state.trace?.summary.map { "spandrel \(view.rawValue) \($0.traceID.hex)" }
            },
            exports: { state in
                if isOverTrace { return TraceExportChoices(state).list() }
                guard let list = state.list, list.cursor < list.count else { return [] }
                return list.content?.exports(list.cursor) ?? []
            })
    }

    /// The command that opens the list.
    var openingCommand: Command {
        let view = view
        return Command(
            view.rawValue, opening.help, group: isOverTrace ? .traceList : .list,
            views: isOverTrace ? View.overTrace.union([.trace]) : [.traces], keys: [opening.key], hint: opening.hint,
            asks: source.kind
        ) { state, _ in
            Lists.open(&state, view)
        }
    }
}

/// What lists do, whatever they list.
enum Lists {
    /// Shows a list; one over the trace takes the place of the one that stands there.
    static func open(_ state: inout AppState, _ view: View) -> [Effect] {
        guard ListView.of(view)?.isOverTrace == true else {
            state.views.removeAll { $0 == view }
            state.views.append(view)
            return []
        }
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

    // MARK: Reading

    /// Asks for the rows of the list on top when they are not there, belong to another trace, or are outdated.
    static func follow(_ state: inout AppState) -> [Effect] {
        let view = state.view
        guard let list = ListView.of(view) else { return [] }
        var trace: TraceID?
        if list.isOverTrace {
            guard let open = state.trace?.id else { return [] }
            trace = open
        }
        var effects: [Effect] = []
        let isOther = state.list == nil || state.list?.traceID != trace
        if isOther { state.lists[view] = ListState(traceID: trace) }
        if isOther || state.list?.isOutdated == true {
            state.list?.isOutdated = false
            effects = state.requests.send(list.source.request(trace.map { .id($0) } ?? .prefix("")), for: .list(view))
        }
        keepInSight(&state, list)
        return effects
    }

    private static func keepInSight(_ state: inout AppState, _ list: ListView) {
        guard var shown = state.list else { return }
        let layout = Layout.list(state, list)
        let before = shown.cursor
        Navigation.clamp(&shown.cursor, &shown.top, count: shown.count, page: layout.list.rows)
        if shown.cursor != before { shown.detailTop = 0 }
        if shown.detailTop > 0 {
            let most = ListScreen.detailRows(state, layout.pane) - layout.pane.rows
            shown.detailTop = max(0, min(shown.detailTop, most))
        }
        state.list = shown
    }

    /// Takes rows in, unless they are of a trace that is no longer open.
    static func show(_ state: inout AppState, _ view: View, _ content: any ListContent) {
        guard var list = state.lists[view], list.traceID == content.traceID else { return }
        list.content = content.adopting(list.content)
        list.error = nil
        list.comparison = nil
        state.lists[view] = list
    }

    /// The data has changed: lists are asked for again when they come into sight.
    ///
    /// A list whose first answer is still to come gets it from the newest data anyway.
    static func outdate(_ state: inout AppState, overTrace: Bool) {
        for list in ListView.all where list.isOverTrace == overTrace {
            guard let shown = state.lists[list.view], shown.content != nil || shown.error != nil else { continue }
            state.lists[list.view]?.isOutdated = true
        }
    }

    static func isWaiting(_ state: AppState) -> Bool {
        let isOverTrace = ListView.of(state.view)?.isOverTrace == true
        if isOverTrace && state.trace?.error != nil || state.list?.error != nil { return false }
        return state.list?.content == nil
    }

    // MARK: The row under the cursor

    /// Puts the cursor on a row.
    static func move(_ state: inout AppState, to row: Int) {
        state.list?.cursor = row
        state.list?.detailTop = 0
    }

    /// Goes to the next of some rows, and round the end.
    static func jump(
        _ state: inout AppState, among rows: [Int], direction: Int, none: String, only: String
    ) -> [Effect] {
        let here = state.list?.cursor ?? 0
        let next = direction > 0 ? rows.first { $0 > here } : rows.last { $0 < here }
        guard let found = next ?? (direction > 0 ? rows.first : rows.last) else {
            state.notice = .information(none)
            return []
        }
        if next == nil { state.notice = .information(rows.count == 1 ? only : "round the end") }
        move(&state, to: found)
        return []
    }

    static func scrollDetail(_ state: inout AppState, by distance: Int) -> [Effect] {
        guard let top = state.list?.detailTop else { return [] }
        state.list?.detailTop = max(0, top + distance)
        return []
    }

    /// The span behind the row under the cursor.
    static func selectedSpan(_ state: AppState) -> LocalSpanID? {
        guard let list = state.list, let content = list.content, list.cursor < content.count else { return nil }
        return content.span(list.cursor)
    }

    /// Goes to the span of the row in the tree; `back` returns to the list.
    static func goToSpan(_ state: inout AppState) -> [Effect] {
        guard let span = selectedSpan(state) else {
            if state.list?.count ?? 0 > 0 {
                state.notice = .information("no record of a span stands behind this row")
            }
            return []
        }
        guard var trace = state.trace, let loaded = trace.loaded else {
            state.notice = .information("the tree is still being read")
            return []
        }
        guard let node = loaded.node(span) else {
            state.notice = .information("span \(span.span.hex.prefix(8)) is not in this trace")
            return []
        }
        trace.reveal(node)
        state.trace = trace
        state.views.removeAll { $0 == .trace || $0 == .span }
        state.views.append(.trace)
        return []
    }

    /// The row's trace and span as the command line names them; of a list over all traces, its first column.
    @Sendable static func selectedID(_ state: AppState) -> String? {
        guard ListView.of(state.view)?.isOverTrace == true else {
            guard let list = state.list, list.cursor < list.count else { return nil }
            return list.content?.name(list.cursor)
        }
        guard let trace = state.trace?.summary?.traceID else { return nil }
        return selectedSpan(state).map { SpanAddress(trace, $0).text } ?? trace.hex
    }

    /// The details of the row, as text.
    @Sendable static func selectedText(_ state: AppState) -> String? {
        let lines = ListScreen.detail(state).map(\.text)
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    // MARK: Comparing

    /// Sets the row beside another span; once more closes that.
    static func compare(_ state: inout AppState) -> [Effect] {
        let view = state.view
        guard let list = state.list, let content = list.content as? any ComparableContent, list.cursor < content.count
        else { return [] }
        if let comparison = list.comparison, content.isAbout(comparison, list.cursor) {
            state.list?.comparison = nil
            return state.requests.cancel(.compared(view, isLater: false))
                + state.requests.cancel(.compared(view, isLater: true)) + state.requests.cancel(.difference(view))
        }
        switch content.comparison(list.cursor, state) {
        case .failure(let refusal):
            state.notice = .information(refusal.text)
            return []
        case .success(let comparison):
            guard let trace = list.traceID else { return [] }
            state.list?.comparison = comparison
            state.list?.detailTop = 0
            func send(_ span: LocalSpanID, isLater: Bool) -> [Effect] {
                state.requests.send(
                    SpanRequest(.address(SpanAddress(trace, span))), for: .compared(view, isLater: isLater))
            }
            return send(comparison.earlierSpan, isLater: false) + send(comparison.laterSpan, isLater: true)
        }
    }

    /// Takes the texts of one of two spans in; with both, asks for what differs.
    static func compared(_ state: inout AppState, _ view: View, _ texts: [String?], isLater: Bool) -> [Effect] {
        guard var comparison = state.lists[view]?.comparison else { return [] }
        if isLater { comparison.laterTexts = texts } else { comparison.earlierTexts = texts }
        state.lists[view]?.comparison = comparison
        guard comparison.earlierTexts != nil, comparison.laterTexts != nil else { return [] }
        return state.requests.derive(.difference(view))
    }
}

extension AppState {
    /// The list on top; nil where another view is.
    var list: ListState? {
        get { lists[view] }
        set { lists[view] = newValue }
    }

    /// A list, by its view; nil where it was not opened yet.
    package func list(_ view: View) -> ListState? { lists[view] }

    /// The content of the list on top, for the commands of that list.
    func content<Content: ListContent>(_ type: Content.Type) -> Content? { list?.content as? Content }

    /// Changes the content of the list on top and its cursor; what comes back is said to the user.
    mutating func change<Content: ListContent>(
        _ type: Content.Type, _ body: (inout Content, _ cursor: inout Int) -> Notice?
    ) {
        guard var list, var content = list.content as? Content, list.cursor < content.count || content.count == 0
        else { return }
        let notice = body(&content, &list.cursor)
        list.content = content
        self.list = list
        if let notice { self.notice = notice }
    }
}
