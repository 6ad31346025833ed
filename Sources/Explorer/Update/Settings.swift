import Canvas

/// What `:set` changes.
enum Settings {
    static func set(_ state: inout AppState, _ text: String) -> [Effect] {
        let words = text.split(separator: " ").map(String.init)
        guard words.first == "theme", words.count == 2 else {
            state.notice = .error("set what? set theme NAME")
            return []
        }
        guard let theme = state.themes.first(where: { $0.name == words[1] }) else {
            let names = state.themes.map(\.name).joined(separator: ", ")
            state.notice = .error("no theme is called “\(words[1])”; there are \(names)")
            return []
        }
        state.theme = theme
        return [.redraw]
    }
}

/// The mouse, where the user asked for it.
enum Mouse {
    static func handle(_ state: inout AppState, _ event: MouseEvent) -> [Effect] {
        guard state.isMouseOn else { return [] }
        switch event.action {
        case .scrollUp: return Navigation.move(&state, .by(-3)) + Navigation.afterChange(&state)
        case .scrollDown: return Navigation.move(&state, .by(3)) + Navigation.afterChange(&state)
        case .press:
            let clicked = row(state, at: event)
            guard let clicked else { return [] }
            let isSecond = clicked.current == clicked.index
            if isSecond { return Keys.run(&state, "open", "") }
            _ = Navigation.move(&state, .by(clicked.index - clicked.current))
            return Navigation.afterChange(&state)
        default: return []
        }
    }

    /// The list row under the pointer, and the row of the cursor.
    private static func row(_ state: AppState, at event: MouseEvent) -> (index: Int, current: Int)? {
        guard let rows = ViewRecord.of(state.view).rows(state) else { return nil }
        let list = rows.place
        guard event.row >= list.row, event.row < list.endRow, event.column >= list.column,
            event.column < list.endColumn
        else { return nil }
        return (rows.top + event.row - list.row, rows.cursor)
    }
}
