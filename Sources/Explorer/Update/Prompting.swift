import Canvas
import TraceQuery

/// Typing at the foot of the screen: editing, history, completion, and what Enter does.
enum Prompting {
    static func open(_ state: inout AppState, _ kind: PromptState.Kind) -> [Effect] {
        let text =
            switch kind {
            case .filter: state.traces.filterText
            case .exportPath: state.export?.path ?? ""
            case .exportSteps: state.export?.stepsText ?? ""
            case .command, .search, .sql, .find, .exportUnredacted: ""
            }
        state.prompt = PromptState(kind, text: text)
        return []
    }

    static func handle(_ state: inout AppState, _ key: Key) -> [Effect] {
        guard var prompt = state.prompt else { return [] }
        let before = prompt.text
        switch key {
        case .escape, .control("c"), .control("g"):
            state.prompt = nil
            return state.requests.cancel(.completion) + giveUp(&state, prompt)
        case .enter:
            state.prompt = nil
            return state.requests.cancel(.completion) + accept(&state, prompt)
        case .tab, .backTab:
            state.prompt = prompt
            let effects = Completing.complete(&state, backwards: key == .backTab)
            return state.prompt?.text == before ? effects : effects + changed(&state)
        case .up, .control("p"): recall(&prompt, state.history[prompt.kind] ?? [], by: 1)
        case .down, .control("n"): recall(&prompt, state.history[prompt.kind] ?? [], by: -1)
        case .left, .control("b"): prompt.move(-1)
        case .right, .control("f"): prompt.move(1)
        case .home, .control("a"): prompt.moveToStart()
        case .end, .control("e"): prompt.moveToEnd()
        case .backspace:
            if prompt.text.isEmpty {
                state.prompt = nil
                return giveUp(&state, prompt)
            }
            prompt.deleteBackward()
        case .delete, .control("d"): prompt.deleteForward()
        case .control("w"): prompt.deleteWordBackward()
        case .control("u"): prompt.deleteToStart()
        case .control("k"): prompt.deleteToEnd()
        case .character(let character): prompt.insert(String(character))
        case .paste(let text): prompt.insert(text.replacing("\n", with: " "))
        default: return []
        }
        prompt.completions = []
        prompt.chosenCompletion = nil
        state.prompt = prompt
        return prompt.text == before ? [] : changed(&state)
    }

    /// A filter takes effect while it is typed; an invalid one leaves the last good result.
    private static func changed(_ state: inout AppState) -> [Effect] {
        guard let prompt = state.prompt else { return [] }
        switch prompt.kind {
        case .filter:
            do throws(QueryError) {
                let filter = try state.capabilities.filter(prompt.text)
                state.prompt?.fault = nil
                guard filter != state.traces.filter else { return [] }
                state.traces.filter = filter
                state.traces.cursor = 0
                state.traces.top = 0
                return Loading.refreshTraces(&state)
            } catch {
                if case .filter(let message, _, let position) = error {
                    state.prompt?.fault = (message, position)
                } else {
                    state.prompt?.fault = (error.description, 0)
                }
                return []
            }
        case .search: return Searching.preview(&state, prompt.text)
        case .exportSteps:
            let fault = Exporting.stepsFault(state, prompt.text)
            state.prompt?.fault = fault
            return []
        default: return []
        }
    }

    private static func giveUp(_ state: inout AppState, _ prompt: PromptState) -> [Effect] {
        switch prompt.kind {
        case .filter where prompt.text != prompt.original: return Listing.setFilter(&state, prompt.original)
        case .search: return Searching.preview(&state, "")
        default: return []
        }
    }

    private static func accept(_ state: inout AppState, _ prompt: PromptState) -> [Effect] {
        let text = prompt.text.trimmed
        if !text.isEmpty, !prompt.kind.isForgotten, state.history[prompt.kind]?.last != text {
            state.history[prompt.kind, default: []].append(text)
        }
        if let fault = prompt.fault {
            // The line stays, so that nothing typed is lost.
            state.prompt = prompt
            state.notice = .error(fault.message)
            return []
        }
        let effects: [Effect]
        switch prompt.kind {
        case .filter: effects = Listing.setFilter(&state, text)
        case .command: effects = execute(&state, text)
        case .search: effects = Searching.start(&state, text)
        case .sql: effects = text.isEmpty ? [] : Results.sql(&state, text)
        case .find: effects = text.isEmpty ? [] : Results.find(&state, text)
        case .exportPath: effects = Exporting.setPath(&state, text)
        case .exportSteps: effects = text.isEmpty ? [] : Exporting.setSteps(&state, text)
        case .exportUnredacted: effects = Exporting.confirmUnredacted(&state, text)
        }
        return effects + Navigation.afterChange(&state)
    }

    /// Runs a line such as `sort duration` or `set theme light`; a leading `:` is allowed.
    static func execute(_ state: inout AppState, _ line: String) -> [Effect] {
        let text = line.hasPrefix(":") ? String(line.dropFirst()).trimmed : line.trimmed
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: " ", maxSplits: 1)
        let name = String(parts[0])
        let argument = parts.count > 1 ? parts[1].trimmed : ""
        return Keys.run(&state, name, argument)
    }

    private static func recall(_ prompt: inout PromptState, _ history: [String], by step: Int) {
        let depth = max(0, min(history.count, prompt.historyDepth + step))
        guard depth != prompt.historyDepth else { return }
        if prompt.historyDepth == 0 { prompt.draft = prompt.text }
        prompt.historyDepth = depth
        prompt.set(depth == 0 ? prompt.draft : history[history.count - depth])
    }

    /// Takes in the stored values of a field, and filters by the first that fits.
    static func offer(_ state: inout AppState, _ page: FacetPage) -> [Effect] {
        let before = state.prompt?.text
        Completing.offer(&state, page)
        return state.prompt?.text == before ? [] : changed(&state)
    }
}
