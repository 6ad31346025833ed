import Canvas
import TraceAnalysis
import TraceModel
import TraceQuery

/// The span in focus, over the tree or beside it.
enum SpanScreen {
    static let record = ViewRecord(
        view: .span, render: { render($0, into: &$1) },
        isWaiting: { $0.trace.map { $0.pane.document == nil && $0.pane.error == nil } ?? false },
        pageRows: { Layout.span($0).rows },
        move: { state, movement in
            switch movement {
            case .by(let distance): Panes.apply(&state, .move(distance))
            case .to: Panes.apply(&state, .home)
            case .toEnd: Panes.apply(&state, .end)
            }
        },
        search: ViewSearch(
            preview: { _, _ in }, start: { Panes.apply(&$0, .search($1)) }, next: { Panes.apply(&$0, .nextHit($1)) }),
        id: { $0.trace?.selectedPath },
        text: { state in
            guard let trace = state.trace, let document = trace.pane.document?.document else { return nil }
            return document.yankText(state: trace.pane.view, size: Copying.spanSize(state))
        },
        command: { state in
            guard let id = state.trace?.summary?.traceID, let span = state.trace?.selectedSpan else { return nil }
            return "spandrel span \(SpanAddress(id, span.local).text)"
        },
        exports: { TraceExportChoices($0).list() })

    static func render(_ state: AppState, into canvas: inout Canvas) {
        render(state, in: Layout.span(state), into: &canvas)
    }

    static func render(_ state: AppState, in rect: Rect, into canvas: inout Canvas) {
        guard let trace = state.trace else { return }
        if let error = trace.pane.error {
            sentence("\(error)", .error, state, in: rect, into: &canvas)
        } else if let span = trace.pane.document {
            let row = trace.selectedSpan
            let run = row.flatMap { trace.loaded?.run(of: $0) }
            let context = SpanViewContext(
                agentLabel: run?.label ?? row.flatMap { trace.loaded?.text($0.agent) },
                agentSource: run != nil && run?.name == nil ? .missing : row?.agentSource,
                traceStartUnixNano: trace.loaded?.extent.start, startUnixNano: row?.startUnixNano,
                isFocused: state.view == .span || trace.isPaneFocused)
            SpanView.render(
                trace.pane.view, document: span.document, context: context, theme: state.theme, into: &canvas,
                rect: rect)
        } else if trace.selectedSpan == nil {
            sentence("No record of this span is stored.", .dim, state, in: rect, into: &canvas)
        } else {
            sentence("Reading …", .dim, state, in: rect, into: &canvas)
        }
    }

    private static func sentence(
        _ text: String, _ role: Role, _ state: AppState, in rect: Rect, into canvas: inout Canvas
    ) {
        canvas.write(
            text, in: Rect(column: rect.column + 1, row: rect.row, columns: rect.columns - 2, rows: 1),
            style: state.theme[role])
    }
}
