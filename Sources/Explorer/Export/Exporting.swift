import Canvas
import TraceExport

/// The export dialog: opening it, choosing, and an export on its way.
enum Exporting {
    /// Opens the dialog over the view on top, or shows the export that is under way.
    static func open(_ state: inout AppState, format word: String) -> [Effect] {
        if state.export?.hasNews == true {
            show(&state)
            return []
        }
        let wanted = ExportFormat(rawValue: word)
        guard word.isEmpty || wanted != nil else {
            state.notice = .error("export as one of \(ExportFormat.allCases.map(\.rawValue).joined(separator: ", "))")
            return []
        }
        let choices = ExportChoices.list(state)
        guard let first = choices.first else {
            state.notice = .information(
                state.view == .results
                    ? "rows of a statement: y c copies the command that prints them" : "nothing to export here")
            return []
        }
        let export = ExportState(
            choices: choices, format: wanted ?? state.exportFormat ?? proposed(first, in: state.view))
        state.export = export
        show(&state)
        return [.estimateExport(export.order)]
    }

    /// A report of one trace, lines that other programs read of many, and a recording where a stream is in sight.
    private static func proposed(_ choice: ExportChoice, in view: View) -> ExportFormat {
        if choice.traceID == nil { return .otlpJSON }
        return view == .stream ? .asciicast : .html
    }

    private static func show(_ state: inout AppState) {
        state.views.removeAll { $0 == .export }
        state.views.append(.export)
    }

    // MARK: Choosing

    static func move(_ state: inout AppState, by distance: Int) -> [Effect] {
        guard let export = state.export else { return [] }
        return move(&state, to: export.cursor + distance)
    }

    /// Chooses a row of the list in focus.
    static func move(_ state: inout AppState, to row: Int) -> [Effect] {
        change(&state) { export in
            switch export.field {
            case .scope: export.chosen = max(0, min(export.choices.count - 1, row))
            case .format:
                export.format = ExportFormat.allCases[max(0, min(ExportFormat.allCases.count - 1, row))]
            }
        }
    }

    static func nextField(_ state: inout AppState) -> [Effect] {
        guard let field = state.export?.field else { return [] }
        state.export?.field = field == .scope ? .format : .scope
        return []
    }

    static func nextRows(_ state: inout AppState) -> [Effect] {
        guard let export = state.export else { return [] }
        guard export.format.hasRows else {
            state.notice = .information("only tables (csv, ndjson) have rows to choose")
            return []
        }
        let all = ExportRows.allCases
        let index = all.firstIndex(of: export.rows) ?? 0
        return change(&state) { $0.rows = all[(index + 1) % all.count] }
    }

    static func setSteps(_ state: inout AppState, _ text: String) -> [Effect] {
        guard let export = state.export, let index = export.stepsIndex else {
            state.notice = .information("no steps are offered here")
            return []
        }
        guard let range = StepRange.parse(text, count: export.choices[index].stepCount) else {
            state.notice = .error(StepRange.help(count: export.choices[index].stepCount))
            return []
        }
        return change(&state) { export in
            export.chosen = index
            export.field = .scope
            export.choices[index].setSteps(range)
        }
    }

    /// What is wrong with a range of steps, while it is typed.
    static func stepsFault(_ state: AppState, _ text: String) -> (message: String, position: Int)? {
        guard let export = state.export, let index = export.stepsIndex else { return nil }
        let count = export.choices[index].stepCount
        return StepRange.parse(text, count: count) == nil ? (StepRange.help(count: count), 0) : nil
    }

    /// Opens the line in which a path or a range is typed, unless an export is under way.
    static func edit(_ state: inout AppState, _ kind: PromptState.Kind) -> [Effect] {
        state.export?.run == nil ? Prompting.open(&state, kind) : busy(&state)
    }

    static func setPath(_ state: inout AppState, _ text: String) -> [Effect] {
        guard !text.isEmpty, state.export?.run == nil else { return [] }
        state.export?.path = text
        state.export?.problem = nil
        return []
    }

    /// Switches redaction back on at once, and off only after the word was typed.
    static func toggleRedaction(_ state: inout AppState) -> [Effect] {
        guard let export = state.export, export.run == nil else { return busy(&state) }
        return export.isUnredacted
            ? change(&state) { $0.isUnredacted = false } : Prompting.open(&state, .exportUnredacted)
    }

    static func confirmUnredacted(_ state: inout AppState, _ text: String) -> [Effect] {
        guard text == "yes" else {
            state.notice = .information("the export stays redacted")
            return []
        }
        return change(&state) { $0.isUnredacted = true }
    }

    /// Changes the order; its estimate is requested again where that changes.
    private static func change(_ state: inout AppState, _ change: (inout ExportState) -> Void) -> [Effect] {
        guard var export = state.export, export.run == nil else { return busy(&state) }
        let before = export.order
        let proposal = export.choice.fileName(export.format)
        change(&export)
        let order = export.order
        if !order.hasContent(of: before) { export.problem = nil }
        export.follow(proposal, format: before.format)
        state.exportFormat = export.format == before.format ? state.exportFormat : export.format
        let isSame = order.hasContent(of: before)
        if !isSame {
            export.estimate = nil
            export.isEstimating = true
            export.remarks = []
        }
        state.export = export
        return isSame ? [] : [.estimateExport(export.order)]
    }

    /// True where a command does something while the dialog is as it is.
    static func offers(_ command: Command, _ state: AppState) -> Bool {
        guard state.view == .export, command.group == .export else { return true }
        return state.export?.run == nil ? command.name != "cancel" : ["cancel", "back"].contains(command.name)
    }

    private static func busy(_ state: inout AppState) -> [Effect] {
        if state.export?.run != nil { state.notice = .information("an export is under way; Esc stops it") }
        return []
    }

    // MARK: Writing

    static func write(_ state: inout AppState, replacesFile: Bool = false) -> [Effect] {
        guard var order = state.export?.order, state.export?.run == nil else { return busy(&state) }
        order.replacesFile = replacesFile
        state.export?.run = ExportState.Run(order)
        state.export?.problem = nil
        state.export?.remarks = []
        return [.export(order)]
    }

    /// Takes the answer to whether a file may be replaced.
    static func overwrite(_ state: inout AppState, _ answer: String) -> [Effect] {
        guard answer == "y" || answer == "Y" else {
            state.notice = .information("the file stays as it is; p changes the name")
            return []
        }
        return write(&state, replacesFile: true)
    }

    /// Stops the export under way; without one, closes the dialog.
    static func cancel(_ state: inout AppState) -> [Effect] {
        guard let run = state.export?.run else { return Navigation.back(&state) }
        if run.isStopping { return [] }
        state.export?.run?.isStopping = true
        return [.cancelExport]
    }

    /// The dialog was left; an export under way goes on.
    static func left(_ state: inout AppState) {
        if state.export?.run != nil {
            state.notice = .information("the export goes on; x shows it")
        } else {
            state.export = nil
        }
    }

    /// Leaves the program, an export under way only when asked twice.
    static func quit(_ state: inout AppState) -> [Effect] {
        guard let run = state.export?.run, !state.isQuittingExport else { return [.quit] }
        state.isQuittingExport = true
        state.notice = .error("\(run.order.path) is still being written; again leaves without it")
        return []
    }

    // MARK: Answers

    static func estimated(_ state: inout AppState, _ order: ExportOrder, _ estimate: ExportEstimate?) {
        guard let export = state.export, export.order.hasContent(of: order) else { return }
        state.export?.estimate = estimate
        state.export?.isEstimating = false
    }

    static func progressed(_ state: inout AppState, done: Int, total: Int) {
        state.export?.run?.done = done
        state.export?.run?.total = total
    }

    static func ended(_ state: inout AppState, _ outcome: ExportOutcome) {
        guard let run = state.export?.run else { return }
        state.export?.run = nil
        state.isQuittingExport = false
        let isOpen = state.views.contains(.export)
        switch outcome {
        case .success(let path, let traces, let spans, let bytes, let remarks):
            state.notice = .information(
                ExportWords.written(
                    run.order, path: path, traces: traces, spans: spans, bytes: bytes, remarks: remarks.count,
                    policy: state.redactionPolicy))
            state.export?.remarks = remarks
            // What the file leaves out is to be read before the dialog goes.
            guard remarks.isEmpty else { return }
            state.export = nil
            state.views.removeAll { $0 == .export }
        case .failure(let message, let fileExists):
            if run.isStopping {
                state.notice = .information("stopped; nothing was written")
                if !isOpen { state.export = nil }
            } else if fileExists, state.view == .export, state.prompt == nil {
                state.pendingCharacterCommand = "overwrite"
            } else {
                state.export?.problem = message
                // The dialog says it itself, and keeps saying it.
                if state.view != .export { state.notice = .error(message + "; x shows the export") }
            }
        }
    }
}
