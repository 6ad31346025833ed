import TraceQuery

/// Completion at the prompt: commands from their table, filter fields from theirs, values from the database.
enum Completing {
    static func complete(_ state: inout AppState, backwards: Bool) -> [Effect] {
        guard let prompt = state.prompt else { return [] }
        if !prompt.completions.isEmpty {
            cycle(&state, backwards: backwards)
            return []
        }
        switch prompt.kind {
        case .command:
            let (candidates, range) = commandCandidates(state, prompt)
            show(&state, candidates, range)
            return []
        case .filter: return completeFilter(&state, prompt)
        case .search, .sql, .find, .exportPath, .exportSteps, .exportUnredacted: return []
        }
    }

    private static func commandCandidates(_ state: AppState, _ prompt: PromptState) -> ([String], Range<Int>) {
        let typed = String(prompt.characters.prefix(prompt.position))
        let words = typed.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count > 1, let name = words.first else {
            let names = CommandTable.all.filter { $0.works(in: Keys.context(state)) && $0.missing(state) == nil }
                .map(\.name)
            return (unique(names).filter { $0.hasPrefix(typed) }, 0..<prompt.position)
        }
        let last = words.last ?? ""
        let range = (prompt.position - last.count)..<prompt.position
        var choices: [String] = []
        if name == "set" {
            choices = words.count == 2 ? ["theme"] : state.themes.map(\.name)
        } else if case .choice(let list)? = CommandTable.command(name, in: Keys.context(state))?.argument {
            choices = list
        }
        return (choices.filter { $0.hasPrefix(last) }, range)
    }

    private static func completeFilter(_ state: inout AppState, _ prompt: PromptState) -> [Effect] {
        let completion = FilterCompletion(text: prompt.text, position: prompt.position)
        let missing = state.capabilities.missingFields.keys
        let candidates = completion.candidates.filter { candidate in
            !missing.contains { candidate == $0 || candidate == $0 + ":" || candidate == $0 + ">" }
        }
        show(&state, candidates, completion.range)
        guard let field = completion.valueField, completion.candidates.isEmpty,
            state.capabilities.answers(FacetRequest.self)
        else { return [] }
        state.prompt?.completionRange = completion.range
        return state.requests.send(
            FacetRequest(field: field, countsTraces: true, limit: 200), for: .completion)
    }

    /// Takes in the values of a field and offers those that go on from what is typed.
    static func offer(_ state: inout AppState, _ page: FacetPage) {
        guard let prompt = state.prompt, prompt.kind == .filter else { return }
        let completion = FilterCompletion(text: prompt.text, position: prompt.position)
        guard completion.valueField == page.field else { return }
        let typed = completion.prefix.lowercased()
        let values = page.values.compactMap(\.value).filter { $0.lowercased().hasPrefix(typed) }
            .map { FilterCompletion.quoted($0) }
        show(&state, values, completion.range)
        if values.isEmpty { state.notice = .information("no stored value of \(page.field) begins so") }
    }

    private static func show(_ state: inout AppState, _ candidates: [String], _ range: Range<Int>) {
        guard !candidates.isEmpty else { return }
        state.prompt?.completions = candidates
        state.prompt?.completionRange = range
        state.prompt?.chosenCompletion = nil
        cycle(&state, backwards: false)
        if candidates.count == 1 { state.prompt?.completions = [] }
    }

    private static func cycle(_ state: inout AppState, backwards: Bool) {
        guard var prompt = state.prompt, !prompt.completions.isEmpty else { return }
        let count = prompt.completions.count
        let index =
            prompt.chosenCompletion.map { ($0 + (backwards ? count - 1 : 1)) % count } ?? (backwards ? count - 1 : 0)
        let text = prompt.completions[index]
        prompt.replace(prompt.completionRange, with: text)
        prompt.completionRange = prompt.completionRange.lowerBound..<(prompt.completionRange.lowerBound + text.count)
        prompt.chosenCompletion = index
        prompt.fault = nil
        state.prompt = prompt
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
