import Canvas
import TraceQuery

/// The first line of a view: where am I, how much is shown, what is the clock.
enum Header {
    /// Draws a title, figures beside it, and a text at the right edge; what has no room is left out from the end.
    static func render(
        _ state: AppState, title: String, figures: [String], right: String, in rect: Rect, into canvas: inout Canvas
    ) {
        guard !rect.isEmpty else { return }
        let style = state.theme[.header]
        canvas.fill(rect, style: style)
        let rightWidth = canvas.metrics.width(of: right)
        let showsRight = rect.columns >= 60 && rightWidth + 20 < rect.columns
        let end = rect.endColumn - 1 - (showsRight ? rightWidth + 2 : 0)
        if showsRight {
            canvas.write(right, endingAt: rect.endColumn - 1, row: rect.row, style: state.theme[.headerFigure])
        }
        var kept = figures.filter { !$0.isEmpty }
        let titleWidth = canvas.metrics.width(of: title)
        func width(_ texts: [String]) -> Int { texts.reduce(0) { $0 + canvas.metrics.width(of: $1) + 2 } }
        while !kept.isEmpty, min(titleWidth, 24) + width(kept) > end - rect.column - 1 { kept.removeLast() }
        let titleRoom = end - rect.column - 1 - width(kept)
        var column = rect.column + 1
        column += canvas.write(
            title, in: Rect(column: column, row: rect.row, columns: titleRoom, rows: 1), style: style.adding(.bold))
        for figure in kept {
            column += 2
            column += canvas.write(
                figure, column: column, row: rect.row, style: state.theme[.headerFigure], limit: end - column)
        }
    }
}

/// The last line of a view: the prompt, a notice, or the keys that matter here.
enum Footer {
    static func render(_ state: AppState, into canvas: inout Canvas) {
        let rect = Rect(state.size).splitBottom(1).bottom
        if let prompt = state.prompt {
            PromptLine.render(state, prompt, in: rect, into: &canvas)
            return
        }
        let style = state.theme[.footer]
        canvas.fill(rect, style: style)
        let progress = state.view == .export ? nil : state.export?.run.map(ExportWords.progress)
        let position = [progress ?? "", position(state)].filter { !$0.isEmpty }.joined(separator: "  ")
        let end = canvas.write(position, endingAt: rect.endColumn - 1, row: rect.row, style: style) - 1
        if let notice = state.notice {
            let role: Role = notice.severity == .error ? .error : .notice
            let sign = notice.severity == .error ? Glyphs.error(ascii: state.isASCII) + " " : ""
            canvas.write(
                sign + notice.text,
                in: Rect(column: rect.column + 1, row: rect.row, columns: end - rect.column - 1, rows: 1),
                style: state.theme[role])
            return
        }
        if let pending = pendingText(state) {
            canvas.write(pending, column: rect.column + 1, row: rect.row, style: state.theme[.notice], limit: end)
            return
        }
        var column = rect.column + 1
        // The way to the help is always shown; of the others, as many as there is room for.
        var hints = hints(state)
        let help = hints.popLast()
        let helpWidth = help.map { canvas.metrics.width(of: $0.key) + 1 + $0.word.count + 2 } ?? 0
        var shown: [(key: String, word: String)] = []
        var free = end - column - helpWidth
        for hint in hints {
            free -= canvas.metrics.width(of: hint.key) + 1 + hint.word.count + 2
            if free < 0 { break }
            shown.append(hint)
        }
        for (key, word) in shown + (help.map { [$0] } ?? []) {
            if column + canvas.metrics.width(of: key) + 1 + word.count > end { break }
            column += canvas.write(key, column: column, row: rect.row, style: state.theme[.footerKey])
            column += 1
            column += canvas.write(word, column: column, row: rect.row, style: style)
            column += 2
        }
    }

    /// The keys of the view on top, most important first, help always among them.
    static func hints(_ state: AppState) -> [(key: String, word: String)] {
        let view = Keys.context(state)
        // The way to where one is already needs no mention.
        let commands = CommandTable.all.filter {
            $0.works(in: view) && $0.name != view.rawValue && Exporting.offers($0, state) && $0.missing(state) == nil
        }
        let ranked = commands.compactMap { command in
            command.hint.flatMap { hint in
                state.keymap.keys(of: command.name, in: view).first.map {
                    (rank: hint.rank, key: short($0, ascii: state.isASCII), word: hint.word)
                }
            }
        }
        return ranked.sorted { $0.rank < $1.rank }.map { ($0.key, $0.word) }
    }

    /// Keys as the footer writes them.
    private static func short(_ key: String, ascii: Bool) -> String {
        switch key {
        case "Enter": ascii ? "Enter" : "↵"
        case "Space": ascii ? "Space" : "␣"
        case "Right" where !ascii: "→"
        default: key
        }
    }

    private static func pendingText(_ state: AppState) -> String? {
        if state.pendingCharacterCommand == "overwrite" {
            return "\(state.export?.path ?? "the file") exists: overwrite? y/n"
        }
        if let name = state.pendingCharacterCommand { return "\(name): which letter?" }
        guard !state.pendingKeys.isEmpty else { return nil }
        let typed = state.pendingKeys.map(\.name).joined(separator: " ")
        let view = Keys.context(state)
        let continuations = CommandTable.all.filter { $0.works(in: view) }.flatMap { command in
            state.keymap.keys(of: command.name).compactMap { key -> String? in
                guard key.hasPrefix(typed + " ") else { return nil }
                return "\(key.dropFirst(typed.count + 1)) \(command.name.replacing("copy-", with: ""))"
            }
        }
        return "\(typed) …  " + continuations.joined(separator: "  ")
    }

    /// The place in the list, or what the view says there.
    private static func position(_ state: AppState) -> String {
        let record = ViewRecord.of(Keys.context(state))
        return record.position?(state) ?? record.rows(state)?.position ?? ""
    }
}

/// The line being typed, with the fault marked and completions beside it.
enum PromptLine {
    static func render(_ state: AppState, _ prompt: PromptState, in rect: Rect, into canvas: inout Canvas) {
        let style = state.theme[prompt.fault == nil ? .prompt : .promptInvalid]
        canvas.fill(rect, style: state.theme[.prompt])
        var column = rect.column
        column += canvas.write(prompt.kind.sign, column: column, row: rect.row, style: state.theme[.accent])
        let metrics = canvas.metrics
        let widths = prompt.characters.map { metrics.width(of: String($0)) }
        // A long line scrolls so that the cursor stays in sight.
        let room = max(1, rect.endColumn - column - 1)
        var first = 0
        var before = widths.prefix(prompt.position).reduce(0, +)
        while before >= room, first < prompt.position {
            before -= widths[first]
            first += 1
        }
        let start = column
        for index in first..<max(first, prompt.characters.count) {
            let isFault = prompt.fault.map { $0.position == index } ?? false
            column += canvas.write(
                String(prompt.characters[index]), column: column, row: rect.row,
                style: isFault ? style.adding(.underline) : style, limit: rect.endColumn - column)
        }
        canvas.cursor = (start + before, rect.row)
        column += 2
        let room2 = Rect(column: column, row: rect.row, columns: rect.endColumn - column - 1, rows: 1)
        if let fault = prompt.fault {
            canvas.write(
                Glyphs.error(ascii: state.isASCII) + " " + fault.message, in: room2, style: state.theme[.error])
        } else if !prompt.completions.isEmpty {
            renderCompletions(state, prompt, in: room2, into: &canvas)
        } else if let notice = state.notice {
            canvas.write(notice.text, in: room2, style: state.theme[.notice])
        }
    }

    private static func renderCompletions(
        _ state: AppState, _ prompt: PromptState, in rect: Rect, into canvas: inout Canvas
    ) {
        var column = rect.column
        let chosen = prompt.chosenCompletion ?? 0
        for (index, text) in prompt.completions.enumerated().dropFirst(max(0, chosen - 2)) {
            guard column < rect.endColumn else { break }
            column += canvas.write(
                text, column: column, row: rect.row, style: state.theme[index == chosen ? .accent : .dim],
                limit: rect.endColumn - column)
            column += 1
        }
    }
}
