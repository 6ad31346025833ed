import Canvas
import TraceModel
import TraceQuery

/// What `y` puts into the clipboard of the terminal.
enum Copying {
    static func copyID(_ state: inout AppState) -> [Effect] {
        switch state.view {
        case .traces: return copy(&state, state.traces.selected?.traceID.hex)
        case .results:
            guard let results = state.results, case .search(let page)? = results.content,
                page.hits.indices.contains(results.cursor)
            else { return copy(&state, nil) }
            let hit = page.hits[results.cursor]
            return copy(&state, hit.traceID.hex + "/" + hit.row.spanID.hex)
        case .stream:
            let detail = state.stream?.tape?.detail
            return copy(&state, detail.map { $0.traceID.hex + "/" + $0.row.spanID.hex })
        case .agents, .steps, .joints, .ledger: return copy(&state, TraceLists.selectedPath(state))
        default: return copy(&state, spanPath(state))
        }
    }

    static func copyText(_ state: inout AppState) -> [Effect] {
        switch Keys.context(state) {
        case .stream: return copy(&state, state.stream.flatMap { $0.tape?.text(count: $0.count) })
        case .span:
            guard let trace = state.trace, let document = trace.pane.document?.document else {
                return copy(&state, nil)
            }
            return copy(&state, document.yankText(state: trace.pane.view, size: spanSize(state)))
        case .results:
            return copy(&state, Results.cells(state, row: state.results?.cursor ?? 0).joined(separator: "\t"))
        case .traces: return copy(&state, state.traces.selected?.name)
        case .agents, .steps, .joints, .ledger: return copy(&state, TraceLists.selectedText(state))
        default:
            let name = state.trace?.selectedSpan.flatMap { state.trace?.loaded?.text($0.name) }
            return copy(&state, name)
        }
    }

    static func copyValue(_ state: inout AppState) -> [Effect] {
        guard let trace = state.trace, let document = trace.pane.document?.document else { return copy(&state, nil) }
        return copy(&state, document.yankValue(state: trace.pane.view, size: spanSize(state)))
    }

    static func copyCommand(_ state: inout AppState) -> [Effect] {
        copy(&state, CommandLineText.text(for: state))
    }

    private static func spanSize(_ state: AppState) -> Size {
        let area = Layout.span(state)
        return Size(columns: area.columns, rows: area.rows)
    }

    private static func spanPath(_ state: AppState) -> String? {
        guard let trace = state.trace, let id = trace.summary?.traceID else { return nil }
        return trace.selectedSpan.map { id.hex + "/" + $0.spanID.hex } ?? id.hex
    }

    private static func copy(_ state: inout AppState, _ text: String?) -> [Effect] {
        guard let text, !text.isEmpty else {
            state.notice = .information("nothing to copy here")
            return []
        }
        return [.copy(text)]
    }
}

/// The command line that prints what a view shows.
package enum CommandLineText {
    package static func text(for state: AppState) -> String? {
        switch state.view {
        case .export: return state.export.flatMap(ExportCommandLine.text)
        case .traces, .help:
            var words = ["spandrel", "traces"]
            if !state.traces.filterText.isEmpty { words += ["--filter", quoted(state.traces.filterText)] }
            if state.traces.sort != .start || !state.traces.isDescending {
                words += ["--sort", state.traces.sort.rawValue + (state.traces.isDescending ? ":desc" : ":asc")]
            }
            return words.joined(separator: " ")
        case .agents, .steps, .joints, .ledger:
            return state.trace?.summary.map { "spandrel \(state.view.rawValue) \($0.traceID.hex)" }
        case .trace: return state.trace?.summary.map { "spandrel trace \($0.traceID.hex)" }
        case .span:
            guard let trace = state.trace, let id = trace.summary?.traceID, let span = trace.selectedSpan else {
                return nil
            }
            return "spandrel span \(id.hex)/\(span.spanID.hex)"
        case .stream:
            guard let detail = state.stream?.tape?.detail else { return nil }
            return "spandrel stream \(detail.traceID.hex)/\(detail.row.spanID.hex)"
        case .results:
            switch state.results?.request {
            case .search(let request)?:
                let filter = request.filter.map { " --filter " + quoted($0.description) } ?? ""
                return "spandrel search" + filter + " -- " + quoted(request.text)
            case .sql(let statement, _)?: return "spandrel sql " + quoted(statement)
            default: return nil
            }
        }
    }

    /// A word as a POSIX shell takes it literally.
    package static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
