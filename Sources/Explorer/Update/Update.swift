import Canvas
import TraceQuery

/// Folds one message into the state and says what is to be done outside.
package func update(_ state: inout AppState, _ message: AppMessage) -> [Effect] {
    switch message {
    case .start(let options): return Loading.start(&state, options)
    case .key(let key): return Keys.handle(&state, key)
    case .resized(let size):
        state.size = size
        return Navigation.afterChange(&state)
    case .loaded(let id, let answer):
        guard let purpose = state.requests.close(id) else { return [] }
        return Loading.loaded(&state, purpose, answer)
    case .failed(let id, let error):
        guard let purpose = state.requests.close(id) else { return [] }
        return Loading.failed(&state, purpose, error)
    case .tick(let now):
        state.nowUnixNano = now
        return []
    case .frame(let now):
        Playing.frame(&state, now)
        return []
    case .dataChanged: return Loading.dataChanged(&state)
    case .copied(let bytes, let problem):
        state.notice = problem.map { .error($0) } ?? .information("copied \(Figures.bytes(Int64(bytes)))")
        return []
    case .notice(let notice):
        state.notice = notice
        return []
    case .exportEstimated(let order, let estimate):
        Exporting.estimated(&state, order, estimate)
        return []
    case .exportProgress(let done, let total):
        Exporting.progressed(&state, done: done, total: total)
        return []
    case .exported(let outcome):
        Exporting.ended(&state, outcome)
        return Navigation.afterChange(&state)
    }
}

/// What a key does: text for the prompt, part of a sequence, or a command.
enum Keys {
    static func handle(_ state: inout AppState, _ key: Key) -> [Effect] {
        state.notice = nil
        if state.prompt != nil { return Prompting.handle(&state, key) }
        if let name = state.pendingCharacterCommand {
            state.pendingCharacterCommand = nil
            guard case .character(let character) = key else { return [] }
            return run(&state, name, String(character))
        }
        let keys = state.pendingKeys + [key]
        state.pendingKeys = []
        switch state.keymap.meaning(of: keys, in: context(state)) {
        case .command(let name): return run(&state, name, "")
        case .prefix:
            state.pendingKeys = keys
            return []
        case .nothing:
            if case .mouse(let event) = key { return Mouse.handle(&state, event) }
            if keys.count > 1 || key == .escape || key == .unknown { return [] }
            state.notice = .information("\(key.name) does nothing here; ? lists the keys")
            return []
        }
    }

    /// The view whose keys are in force: with the pane in focus, those of the span.
    static func context(_ state: AppState) -> View {
        state.view == .trace && state.trace?.isPaneOpen == true && state.trace?.isPaneFocused == true
            ? .span : state.view
    }

    /// Runs a command by name with its argument.
    static func run(_ state: inout AppState, _ name: String, _ argument: String) -> [Effect] {
        guard let command = CommandTable.command(name, in: context(state)) else {
            state.notice = .error(
                CommandTable.isKnown(name) ? "“\(name)” does not work in this view" : "no command is called “\(name)”")
            return []
        }
        if let reason = command.missing(state) {
            state.notice = .error("“\(name)” is not available: \(reason)")
            return []
        }
        if command.argument == .character, argument.isEmpty {
            state.pendingCharacterCommand = name
            return []
        }
        let effects = command.action(&state, argument)
        return effects + Navigation.afterChange(&state)
    }
}
