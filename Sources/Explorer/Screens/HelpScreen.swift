import Canvas
import TraceModel
import TraceQuery

/// Keys and commands, as the table has them.
package enum HelpText {
    package enum Line: Equatable, Sendable {
        case heading(String)
        case command(keys: String, name: String, help: String)
        /// A command that the back end cannot do.
        case unavailable(keys: String, name: String, reason: String)
        case text(String)
        case blank
    }

    /// The lines for the view from which help was asked, its own commands first.
    package static func lines(_ state: AppState) -> [Line] {
        let below = state.views.last { $0 != .help } ?? .traces
        var lines: [Line] = [
            .text("Here: \(below.rawValue). Every command also runs by name at the : prompt."), .blank,
        ]
        for group in Command.Group.allCases {
            let commands = CommandTable.all.filter { $0.group == group && $0.works(in: below) }
            guard !commands.isEmpty else { continue }
            lines.append(.heading(group.rawValue))
            lines += commands.map { command in
                let keys = state.keymap.keys(of: command.name, in: below).joined(separator: "  ")
                guard let reason = command.missing(state) else {
                    return .command(keys: keys, name: command.name, help: command.help)
                }
                return .unavailable(keys: keys, name: command.name, reason: reason)
            }
            lines.append(.blank)
        }
        lines.append(.heading("Signs"))
        lines += signs(ascii: state.isASCII).map { .command(keys: $0.0, name: "", help: $0.1) }
        return lines
    }

    private static func signs(ascii: Bool) -> [(String, String)] {
        func kind(_ kind: SpanKind) -> String { Glyphs.kind(kind, ascii: ascii) }
        return [
            ("\(kind(.agent)) \(kind(.llm)) \(kind(.tool)) \(kind(.retrieval))", "agent, model call, tool, retrieval"),
            ("\(kind(.guardrail)) \(kind(.chain)) \(kind(.other))", "guardrail, chain or workflow, other"),
            (Glyphs.error(ascii: ascii) + " " + Glyphs.cancelled(ascii: ascii), "failed, cancelled"),
            (Glyphs.finding(ascii: ascii) + " " + Glyphs.unfinished(ascii: ascii), "finding, unfinished"),
            (Glyphs.placeholder(ascii: ascii), "a parent of which no record is stored"),
            (ascii ? ". m" : "░ ▓", "bar: model before its first chunk, model answering"),
            (ascii ? "# = -" : "█ ▒ ─", "bar: tool, own work of an agent or chain, a child at work"),
            (ascii ? ": # !" : "┊ ▌ !", "stream: reasoning, arguments of a call, refusal"),
            (ascii ? "m : # @" : "▓ ▒ █ ⟲", "timeline: text, reasoning, arguments, the same again"),
            (ascii ? ". - > |" : "░ ╌ » ┃", "timeline: before the first chunk, a stall, cut idle time, playhead"),
            ("(name) ~name", "agent inherited from an ancestor, agent inferred"),
        ]
    }
}

/// Draws the help.
enum HelpScreen {
    static let record = ViewRecord(
        view: .help, render: render, pageRows: { Layout.help($0).rows },
        move: { state, movement in
            movement.apply(to: &state.help.top)
            return []
        },
        id: { $0.trace?.selectedPath },
        text: { state in state.trace?.selectedSpan.flatMap { state.trace?.loaded?.text($0.name) } },
        command: TracesScreen.command)

    static func render(_ state: AppState, into canvas: inout Canvas) {
        let rect = Layout.help(state)
        let lines = HelpText.lines(state)
        Header.render(
            state, title: "Help", figures: [], right: "",
            in: Rect(column: 0, row: 0, columns: state.size.columns, rows: rect.row), into: &canvas)
        let keyWidth = min(16, state.size.columns / 3)
        let showsNames = state.size.columns >= 70
        for (offset, line) in lines.dropFirst(state.help.top).prefix(rect.rows).enumerated() {
            let row = rect.row + offset
            let whole = Rect(column: 1, row: row, columns: state.size.columns - 2, rows: 1)
            switch line {
            case .heading(let text): canvas.write(text, in: whole, style: state.theme[.header].adding(.bold))
            case .text(let text): canvas.write(text, in: whole, style: state.theme[.dim])
            case .blank: break
            case .command(let keys, let name, let help):
                let styles = (state.theme[.footerKey], state.theme[.accent], state.theme[.text])
                write(keys, name, help, styles, in: whole, keyWidth: keyWidth, showsNames: showsNames, &canvas)
            case .unavailable(let keys, let name, let reason):
                let dim = state.theme[.dim]
                write(
                    keys, name, "not available: " + reason, (dim, dim, dim), in: whole, keyWidth: keyWidth,
                    showsNames: showsNames, &canvas)
            }
        }
    }

    private static func write(
        _ keys: String, _ name: String, _ help: String, _ styles: (keys: Style, name: Style, help: Style),
        in line: Rect, keyWidth: Int, showsNames: Bool, _ canvas: inout Canvas
    ) {
        let (keyPlace, rest) = line.splitLeft(keyWidth)
        canvas.write(
            keys, in: Rect(column: keyPlace.column, row: line.row, columns: keyWidth - 1, rows: 1), style: styles.keys)
        let (namePlace, helpPlace) = rest.splitLeft(showsNames && !name.isEmpty ? 20 : 0)
        canvas.write(name, in: namePlace, style: styles.name)
        canvas.write(help, in: helpPlace, style: styles.help)
    }
}
