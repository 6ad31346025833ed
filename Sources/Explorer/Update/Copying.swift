import Canvas
import TraceModel
import TraceQuery

/// What `y` puts into the clipboard of the terminal.
enum Copying {
    static func copyID(_ state: inout AppState) -> [Effect] {
        copy(&state, ViewRecord.of(state.view).id(state))
    }

    static func copyText(_ state: inout AppState) -> [Effect] {
        copy(&state, ViewRecord.of(Keys.context(state)).text(state))
    }

    static func copyValue(_ state: inout AppState) -> [Effect] {
        guard let trace = state.trace, let document = trace.pane.document?.document else { return copy(&state, nil) }
        return copy(&state, document.yankValue(state: trace.pane.view, size: spanSize(state)))
    }

    static func copyCommand(_ state: inout AppState) -> [Effect] {
        guard let text = ViewRecord.of(state.view).command(state) else {
            state.notice = .information("the command line has no words for this")
            return []
        }
        return copy(&state, text)
    }

    static func spanSize(_ state: AppState) -> Size {
        let area = Layout.span(state)
        return Size(columns: area.columns, rows: area.rows)
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
    package static func text(for state: AppState) -> String? { ViewRecord.of(state.view).command(state) }

    /// A word as a POSIX shell takes it literally.
    package static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
