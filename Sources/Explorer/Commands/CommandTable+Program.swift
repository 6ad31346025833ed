import TraceExport

extension CommandTable {
    /// The views with something under the cursor to copy.
    private static let copied = Set(ListView.all.map(\.view)).union([.traces, .trace, .span, .stream, .results])
    /// What the dialog is not opened over: itself, and the help.
    private static let exported = Set(View.allCases).subtracting([.export, .help])

    static let taking: [Command] = [
        Command(
            "copy-id", "copy the id of the trace or span", group: .take,
            views: copied, keys: ["y i"]
        ) { state, _ in
            Copying.copyID(&state)
        },
        Command(
            "copy-text", "copy the text under the cursor", group: .take,
            views: copied, keys: ["y t"]
        ) { state, _ in
            Copying.copyText(&state)
        },
        Command("copy-value", "copy the whole value under the cursor", group: .take, views: [.span], keys: ["y v"]) {
            state, _ in
            Copying.copyValue(&state)
        },
        Command(
            "copy-command", "copy the command line that prints these rows", group: .take,
            views: copied.union([.export]), keys: ["y c"]
        ) { state, _ in
            Copying.copyCommand(&state)
        },
        Command(
            "export", "export what is tagged, in focus or shown; counted and redacted first", group: .take,
            views: exported, keys: ["x"], argument: .choice(ExportFormat.allCases.map(\.rawValue)),
            hint: ("export", 48)
        ) { state, format in
            Exporting.open(&state, format: format)
        },
    ]

    static let program: [Command] = [
        Command("help", "keys and commands", group: .program, keys: ["?", "F1"], hint: ("help", 90)) { state, _ in
            Navigation.showHelp(&state)
        },
        Command("command", "run a command by name", group: .program, keys: [":"]) { state, _ in
            Prompting.open(&state, .command)
        },
        Command("set", "set theme NAME", group: .program, argument: .text("theme NAME")) { state, text in
            Settings.set(&state, text)
        },
        Command("mouse", "turn the mouse on or off", group: .program, keys: ["F2"]) { state, _ in
            state.isMouseOn.toggle()
            state.notice = .information(state.isMouseOn ? "mouse on" : "mouse off")
            return [.setMouse(state.isMouseOn)]
        },
        Command("redraw", "redraw the screen", group: .program, keys: ["^L"]) { _, _ in [.redraw] },
        Command("reload", "reload the database", group: .program, keys: ["R", "F5"]) { state, _ in
            Loading.reload(&state)
        },
        Command("suspend", "suspend to the shell", group: .program, keys: ["^Z"]) { _, _ in [.suspend] },
        Command("quit", "leave the program", group: .program, keys: ["Q", "^C"]) { state, _ in Exporting.quit(&state) },
    ]
}
